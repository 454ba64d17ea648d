package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An insight in the making: adds up its arithmetic, and whose it is. For one thread. */
final class Draft {
    private final Kind kind;
    private final Map<StepKey, Sum> steps = new HashMap<>();
    private final Map<Map<Dimension, String>, Sum> owners = new HashMap<>();
    private final Map<String, String> facts = new TreeMap<>();
    private long exchanges;
    private long leftOut;

    Draft(Kind kind) {
        this.kind = kind;
    }

    private record StepKey(
            String what,
            @Nullable TokenType type,
            @Nullable BigDecimal rate,
            @Nullable BigDecimal insteadRate) {}

    /** Quantity and amounts in the making. */
    private static final class Sum {
        private long quantity;
        private BigDecimal paid = BigDecimal.ZERO;
        private BigDecimal instead = BigDecimal.ZERO;

        void add(long more, BigDecimal morePaid, BigDecimal moreInstead) {
            quantity = Math.addExact(quantity, more);
            paid = paid.add(morePaid);
            instead = instead.add(moreInstead);
        }

        BigDecimal saving() {
            return paid.subtract(instead);
        }
    }

    /** Tokens that cost something, and would have cost something else. */
    void tokens(
            String what,
            TokenType type,
            long quantity,
            BigDecimal paid,
            BigDecimal instead,
            Map<Dimension, String> group) {
        StepKey key = new StepKey(what, type, PriceBook.rate(quantity, paid), PriceBook.rate(quantity, instead));
        steps.computeIfAbsent(key, none -> new Sum()).add(quantity, paid, instead);
        owner(group, paid, instead);
    }

    /** An exchange that cost something for nothing. */
    void exchange(String what, BigDecimal paid, Map<Dimension, String> group) {
        steps.computeIfAbsent(new StepKey(what, null, null, null), none -> new Sum())
                .add(1, paid, BigDecimal.ZERO);
        owner(group, paid, BigDecimal.ZERO);
        exchanges++;
    }

    void exchanges(long more) {
        exchanges += more;
    }

    void leftOut(long more) {
        leftOut += more;
    }

    void fact(String name, String value) {
        facts.put(name, value);
    }

    private void owner(Map<Dimension, String> group, BigDecimal paid, BigDecimal instead) {
        Map<Dimension, String> owner = new EnumMap<>(Dimension.class);
        for (Dimension dimension : kind.owners()) {
            owner.put(dimension, group.getOrDefault(dimension, ""));
        }
        owners.computeIfAbsent(owner, none -> new Sum()).add(0, paid, instead);
    }

    /** The insight; empty where nothing would have been saved. */
    Optional<Insight> insight() {
        Sum total = new Sum();
        steps.values().forEach(step -> total.add(0, step.paid, step.instead));
        if (total.saving().signum() <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Insight(
                kind,
                kind.certainty(),
                kind.basis(),
                kind.title(),
                kind.assumption(),
                exchanges,
                leftOut,
                total.paid,
                total.instead,
                total.saving(),
                steps(),
                owners(),
                Math.max(0, owners.size() - Insight.OWNERS_MAX),
                facts));
    }

    private List<Insight.Step> steps() {
        return steps.entrySet().stream()
                .map(entry -> new Insight.Step(
                        entry.getKey().what(),
                        entry.getKey().type(),
                        entry.getValue().quantity,
                        entry.getKey().rate(),
                        entry.getKey().insteadRate(),
                        entry.getValue().paid,
                        entry.getValue().instead,
                        entry.getValue().saving()))
                .sorted(Comparator.comparing(Insight.Step::what)
                        .thenComparing(Insight.Step::type, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(
                                Comparator.comparing(Insight.Step::saving).reversed()))
                .toList();
    }

    private List<Insight.Owner> owners() {
        return owners.entrySet().stream()
                .map(entry -> new Insight.Owner(
                        entry.getKey(),
                        entry.getValue().paid,
                        entry.getValue().instead,
                        entry.getValue().saving()))
                .sorted(Comparator.comparing(Insight.Owner::saving)
                        .reversed()
                        .thenComparing(owner -> owner.group().toString()))
                .limit(Insight.OWNERS_MAX)
                .toList();
    }
}
