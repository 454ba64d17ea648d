package dev.reckoner.reconcile.chargeback;

import dev.reckoner.ledger.Dimension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a closed month has to be adjusted by: its bill split anew, minus what was frozen, minus the adjustments of it that
 * were frozen in other closed months. The rows sum to the bill of now minus what was charged of it, exactly, for both
 * splits sum to their bills. An owner who vanished gets back what was charged.
 */
final class Adjustments {

    private Adjustments() {}

    /**
     * The rows, owners by amount; none of zero.
     *
     * @param frozen the month as it was closed
     * @param now the month's own rows as they would be today
     * @param others closed months that may hold adjustments of it
     */
    static List<Owed> of(MonthSplit frozen, List<Owed> now, Collection<MonthSplit> others, Dimension by) {
        Map<Whose, BigDecimal> open = new LinkedHashMap<>();
        now.forEach(row -> open.merge(Whose.of(row), row.amount(), BigDecimal::add));
        frozen.by(by).stream().filter(row -> row.adjusts() == null).forEach(row -> take(open, row));
        for (MonthSplit other : others) {
            other.by(by).stream()
                    .filter(row -> frozen.month().equals(row.adjusts()))
                    .forEach(row -> take(open, row));
        }
        List<Owed> rows = new ArrayList<>();
        open.forEach((whose, amount) -> {
            if (amount.signum() != 0) {
                rows.add(new Owed(whose.kind, whose.owner, frozen.month(), amount, List.of()));
            }
        });
        rows.sort(Comparator.comparing(Owed::kind)
                .thenComparing(Owed::amount, Comparator.reverseOrder())
                .thenComparing(Owed::owner));
        return rows;
    }

    private static void take(Map<Whose, BigDecimal> open, Owed row) {
        open.merge(Whose.of(row), row.amount().negate(), BigDecimal::add);
    }

    private record Whose(Owed.Kind kind, String owner) {
        static Whose of(Owed row) {
            return new Whose(row.kind(), row.owner());
        }
    }
}
