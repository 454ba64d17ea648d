package dev.reckoner.reconcile.chargeback;

import dev.reckoner.ledger.Dimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A month's bill split over its owners, with what earlier months that are closed still have to be adjusted by. Under each
 * dimension the rows sum to the bill and the adjustments, exactly.
 *
 * @param to the last day that is in it; earlier than the month's last where the month isn't over
 * @param billed USD of the month's own bill
 * @param days those that the bill has lines of
 * @param rows by user, team or project: those of the month's own bill first, then the adjustments
 * @param notes what could not be adjusted, each a sentence
 * @param inputsSha256 hash over everything that the month's own rows are decided from, in hexadecimal
 * @param closedAt when the month was closed, null where it is open
 */
public record MonthSplit(
        YearMonth month,
        LocalDate to,
        BigDecimal billed,
        SortedSet<LocalDate> days,
        Map<Dimension, List<Owed>> rows,
        List<String> notes,
        String inputsSha256,
        @Nullable Instant closedAt) {

    public MonthSplit {
        days = new TreeSet<>(days);
        Map<Dimension, List<Owed>> copy = new EnumMap<>(Dimension.class);
        rows.forEach((by, list) -> copy.put(by, List.copyOf(list)));
        rows = copy;
        notes = List.copyOf(notes);
    }

    /** The rows of a dimension. */
    public List<Owed> by(Dimension dimension) {
        return rows.getOrDefault(dimension, List.of());
    }

    /** What the rows of a dimension sum to, USD. */
    public BigDecimal total(Dimension dimension) {
        return sum(by(dimension));
    }

    /** The same as closed at an instant. */
    MonthSplit closed(Instant at) {
        return new MonthSplit(month, to, billed, days, rows, notes, inputsSha256, at);
    }

    /** The sum of rows, USD. */
    public static BigDecimal sum(List<Owed> rows) {
        return rows.stream().map(Owed::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
