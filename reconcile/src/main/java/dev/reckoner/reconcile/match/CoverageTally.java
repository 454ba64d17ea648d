package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Coverage;
import dev.reckoner.reconcile.LargestRemainder;
import dev.reckoner.reconcile.Passed;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up, cell by cell, what of the bill passed through the proxy. What didn't is valued by its variances; the rest of a
 * cell's amount goes to its keys by the tokens that passed on them, so that the keys sum to the bill.
 */
final class CoverageTally {

    /** Places of a key's part of a cell, unless the amount itself has more; a variance has as many. */
    private static final int PLACES_MIN = 12;

    private static final Comparator<Passed> BY_AMOUNT = Comparator.comparing(Passed::billedAmount)
            .reversed()
            .thenComparing(Comparator.comparing(Passed::billedTokens).reversed())
            .thenComparing(Passed::id, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final boolean usageKnown;
    private final Sum whole = new Sum();
    private final Map<String, Sum> keys = new HashMap<>();
    private final Map<String, Sum> workspaces = new HashMap<>();
    private final Map<String, Sum> models = new HashMap<>();
    private final SortedMap<String, Sum> days = new TreeMap<>();
    private final Map<String, Past> bypassing = new HashMap<>();

    CoverageTally(boolean usageKnown) {
        this.usageKnown = usageKnown;
    }

    /** Adds a cell with its variances. */
    void add(CellFacts facts, List<Variance> variances) {
        Cell cell = facts.cell;
        boolean tokens = cell.costType().equals(Cell.TOKENS);
        SortedMap<String, Sum> parts = new TreeMap<>();
        for (String key : facts.keys()) {
            part(parts, key).used = facts.used(key);
            part(parts, key).weight = facts.used(key);
        }
        for (Variance variance : variances) {
            take(variance, parts, tokens);
        }
        share(facts.billed(), parts);
        Sum all = new Sum();
        parts.forEach((key, part) -> {
            part.countTokens(tokens);
            of(keys, key).add(part);
            all.add(part);
        });
        whole.add(all);
        of(workspaces, CellFacts.key(cell.workspaceId())).add(all);
        of(models, CellFacts.key(cell.model())).add(all);
        of(days, cell.day().toString()).add(all);
    }

    /** What a variance says of the tokens of its key: that they didn't pass, or that they cost nothing. */
    private void take(Variance variance, SortedMap<String, Sum> parts, boolean tokens) {
        long quantity = variance.billedTokens() - variance.ledgerTokens();
        String key = CellFacts.key(variance.apiKeyId());
        if (variance.cause() == Cause.NOT_BILLED) {
            part(parts, key).weight -= quantity;
        } else if (variance.cause() == Cause.BYPASSED && usageKnown) {
            part(parts, key).leave(quantity, variance.difference());
            bypassing
                    .computeIfAbsent(key, none -> new Past())
                    .add(variance.cell().day(), tokens ? quantity : 0, variance.difference());
        } else if (Coverage.outside(variance.cause())) {
            part(parts, Coverage.NOT_BY_KEY).leave(0, variance.difference());
        }
    }

    /** Shares what passed of a cell's amount over its keys. */
    private static void share(BigDecimal billed, SortedMap<String, Sum> parts) {
        BigDecimal passed = billed;
        List<Sum> users = new ArrayList<>();
        for (Sum part : parts.values()) {
            passed = passed.subtract(part.outside);
            if (part.weight > 0) {
                users.add(part);
            }
        }
        if (passed.signum() == 0) {
            return;
        }
        if (users.isEmpty()) {
            part(parts, Coverage.NOT_BY_KEY).passed = passed;
            return;
        }
        int places = Math.max(PLACES_MIN, passed.stripTrailingZeros().scale());
        List<BigInteger> weights =
                users.stream().map(part -> BigInteger.valueOf(part.weight)).toList();
        List<BigDecimal> shares = LargestRemainder.split(passed, weights, places);
        for (int i = 0; i < shares.size(); i++) {
            users.get(i).passed = shares.get(i);
        }
    }

    Coverage coverage() {
        return new Coverage(
                whole.passed(null),
                ranked(keys),
                ranked(workspaces),
                ranked(models),
                days.entrySet().stream()
                        .map(entry -> entry.getValue().passed(entry.getKey()))
                        .toList(),
                bypassing.entrySet().stream()
                        .map(entry -> entry.getValue().bypass(named(entry.getKey())))
                        .sorted(Comparator.comparing(Coverage.Bypass::amount)
                                .thenComparing(Coverage.Bypass::tokens)
                                .reversed()
                                .thenComparing(
                                        Coverage.Bypass::apiKeyId, Comparator.nullsFirst(Comparator.naturalOrder())))
                        .toList());
    }

    private static List<Passed> ranked(Map<String, Sum> sums) {
        return sums.entrySet().stream()
                .filter(entry -> !entry.getValue().empty())
                .map(entry -> entry.getValue().passed(named(entry.getKey())))
                .sorted(BY_AMOUNT)
                .toList();
    }

    private static @Nullable String named(String key) {
        return key.isEmpty() ? null : key;
    }

    private static Sum part(SortedMap<String, Sum> parts, String key) {
        return of(parts, key);
    }

    private static Sum of(Map<String, Sum> sums, String key) {
        return sums.computeIfAbsent(key, none -> new Sum());
    }

    /** A part of the bill under construction. */
    private static final class Sum {
        private long used;
        private long left;
        private long weight;
        private BigDecimal passed = BigDecimal.ZERO;
        private BigDecimal outside = BigDecimal.ZERO;

        void leave(long quantity, BigDecimal amount) {
            left += quantity;
            weight -= quantity;
            outside = outside.add(amount);
        }

        /** Keeps the quantities where they are tokens, and forgets them where they are something else. */
        void countTokens(boolean tokens) {
            used = tokens ? used : 0;
            left = tokens ? left : 0;
        }

        void add(Sum other) {
            used += other.used;
            left += other.left;
            passed = passed.add(other.passed);
            outside = outside.add(other.outside);
        }

        boolean empty() {
            return used == 0 && left == 0 && passed.signum() == 0 && outside.signum() == 0;
        }

        Passed passed(@Nullable String id) {
            return new Passed(id, null, used - left, used, passed, passed.add(outside));
        }
    }

    /** What went past the proxy on a key, under construction. */
    private static final class Past {
        private LocalDate first = LocalDate.MAX;
        private long tokens;
        private BigDecimal amount = BigDecimal.ZERO;

        void add(LocalDate day, long quantity, BigDecimal value) {
            first = day.isBefore(first) ? day : first;
            tokens += quantity;
            amount = amount.add(value);
        }

        Coverage.Bypass bypass(@Nullable String key) {
            return new Coverage.Bypass(key, null, tokens, amount, first, /* news= */ false);
        }
    }
}
