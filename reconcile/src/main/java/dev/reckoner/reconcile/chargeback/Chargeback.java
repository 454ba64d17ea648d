package dev.reckoner.reconcile.chargeback;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.LargestRemainder;
import dev.reckoner.reconcile.Variance;
import dev.reckoner.reconcile.chargeback.Owed.Part;
import dev.reckoner.reconcile.match.Matcher;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Splits the bill over its owners, cell by cell: what is known to have gone past the proxy, and what is time, has rows of
 * its own; the rest of a cell goes to those who used it, by tokens. The rows sum to the bill exactly, for every cell is
 * split by {@link LargestRemainder}.
 */
public final class Chargeback {

    /** Places of a part, unless the bill itself has more; the vendor's amounts have eight (api-facts §6). */
    private static final int PLACES_MIN = 8;

    private final UnaryOperator<Cell> grain;
    private final Map<Cell, BigDecimal> billed = new LinkedHashMap<>();
    private final Map<Cell, BigDecimal> outside = new LinkedHashMap<>();
    private final Map<Cell, BigDecimal> time = new LinkedHashMap<>();
    private final Map<Cell, Map<String, BigInteger>> shares = new LinkedHashMap<>();
    private final Map<Cell, Long> outsideTokens = new HashMap<>();
    private final Map<Owed.Kind, Map<String, Account>> owed = new TreeMap<>();

    private Chargeback(UnaryOperator<Cell> grain) {
        this.grain = grain;
    }

    /**
     * The rows, owners by amount, the other kinds last.
     *
     * @param costs the bill
     * @param variances what matching found in it
     */
    public static List<Owed> split(List<BilledCost> costs, List<Variance> variances, List<Share> shares) {
        Chargeback chargeback = new Chargeback(Matcher.grain(costs));
        chargeback.take(costs, variances, shares);
        chargeback.billed.forEach(chargeback::split);
        return chargeback.rows();
    }

    private void take(List<BilledCost> costs, List<Variance> variances, List<Share> used) {
        for (BilledCost cost : costs) {
            billed.merge(grain.apply(cost.cell()), cost.amount(), BigDecimal::add);
        }
        for (Variance variance : variances) {
            if (variance.cause() == Cause.BYPASSED) {
                outside.merge(variance.cell(), variance.difference(), BigDecimal::add);
                outsideTokens.merge(variance.cell(), variance.billedTokens() - variance.ledgerTokens(), Long::sum);
            } else if (variance.cause() == Cause.CONTAINER || variance.cause() == Cause.SESSION_TIME) {
                time.merge(variance.cell(), variance.difference(), BigDecimal::add);
            }
        }
        Map<Cell, Cell> grains = new HashMap<>();
        for (Share share : used) {
            if (share.quantity() > 0) {
                Cell cell = grains.computeIfAbsent(share.cell(), grain);
                shares.computeIfAbsent(cell, none -> new TreeMap<>())
                        .merge(share.owner(), BigInteger.valueOf(share.quantity()), BigInteger::add);
            }
        }
    }

    private void split(Cell cell, BigDecimal amount) {
        int places = Math.max(PLACES_MIN, amount.stripTrailingZeros().scale());
        BigDecimal past = outside.getOrDefault(cell, BigDecimal.ZERO).setScale(places, RoundingMode.HALF_EVEN);
        BigDecimal timed = time.getOrDefault(cell, BigDecimal.ZERO).setScale(places, RoundingMode.HALF_EVEN);
        owe(Owed.Kind.OUTSIDE, "", cell, outsideTokens.getOrDefault(cell, 0L), past);
        owe(Owed.Kind.TOOLS_AND_TIME, "", cell, 0, timed);
        BigDecimal rest = amount.subtract(past).subtract(timed).setScale(places);
        Map<String, BigInteger> owners = shares.get(cell);
        if (owners == null) {
            owe(Owed.Kind.NOT_ATTRIBUTABLE, "", cell, 0, rest);
            return;
        }
        List<BigDecimal> parts = LargestRemainder.split(rest, new ArrayList<>(owners.values()), places);
        int i = 0;
        for (Map.Entry<String, BigInteger> owner : owners.entrySet()) {
            Owed.Kind kind = owner.getKey().isEmpty() ? Owed.Kind.NOT_STATED : Owed.Kind.OWNER;
            owe(kind, owner.getKey(), cell, owner.getValue().longValueExact(), parts.get(i++));
        }
    }

    private void owe(Owed.Kind kind, String owner, Cell cell, long quantity, BigDecimal amount) {
        if (amount.signum() != 0 || quantity != 0) {
            owed.computeIfAbsent(kind, none -> new TreeMap<>())
                    .computeIfAbsent(owner, none -> new Account())
                    .add(cell, quantity, amount);
        }
    }

    private List<Owed> rows() {
        List<Owed> rows = new ArrayList<>();
        owed.forEach((kind, owners) -> owners.forEach((owner, account) -> rows.add(account.row(kind, owner))));
        rows.sort(Comparator.comparing(Owed::kind)
                .thenComparing(Owed::amount, Comparator.reverseOrder())
                .thenComparing(Owed::owner));
        return rows;
    }

    /** What one owner owes, under construction. */
    private static final class Account {
        private static final Comparator<Part> ORDER = Comparator.comparing(Part::amount)
                .reversed()
                .thenComparing(Part::model, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Part::type);

        private final Map<List<@Nullable String>, Part> parts = new HashMap<>();
        private BigDecimal sum = BigDecimal.ZERO;

        void add(Cell cell, long quantity, BigDecimal amount) {
            String tokenType = cell.tokenType();
            String type = tokenType == null ? cell.costType() : tokenType;
            sum = sum.add(amount);
            parts.merge(
                    Arrays.asList(cell.model(), type),
                    new Part(cell.model(), type, quantity, amount),
                    (a, b) -> new Part(
                            a.model(),
                            a.type(),
                            Math.addExact(a.quantity(), b.quantity()),
                            a.amount().add(b.amount())));
        }

        Owed row(Owed.Kind kind, String owner) {
            return new Owed(
                    kind,
                    owner,
                    null,
                    sum,
                    parts.values().stream().sorted(ORDER).toList());
        }
    }
}
