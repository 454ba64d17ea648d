package dev.reckoner.reconcile.learn;

import dev.reckoner.reconcile.Cell;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A factor that every price of a bill is off by from a day on: the mark of a discount, which a price of a single model
 * doesn't have.
 */
record SharedFactor(LocalDate from, BigDecimal factor) {

    /** A rate file has four decimals for a discount. */
    static final int PLACES = 4;

    private static final int MODELS_MIN = 2;

    /** The factor, null where the bill has none. */
    static @Nullable SharedFactor of(List<Observed> observed) {
        Map<BigDecimal, Set<String>> models = new HashMap<>();
        Map<BigDecimal, LocalDate> first = new HashMap<>();
        for (Observed one : observed) {
            BigDecimal ratio = tokens(one) ? one.ratio(PLACES) : null;
            if (ratio != null && ratio.compareTo(BigDecimal.ONE) != 0) {
                models.computeIfAbsent(ratio, none -> new HashSet<>())
                        .add(String.valueOf(one.cell().model()));
                first.merge(ratio, one.cell().day(), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return models.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= MODELS_MIN)
                .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
                .map(entry -> new SharedFactor(
                        Objects.requireNonNull(first.get(entry.getKey()), "counted above"), entry.getKey()))
                .filter(shared -> observed.stream().noneMatch(shared::contradicted))
                .orElse(null);
    }

    /** The factor on a day. */
    static BigDecimal on(@Nullable SharedFactor shared, Observed one) {
        return shared == null || one.cell().day().isBefore(shared.from) ? BigDecimal.ONE : shared.factor;
    }

    private boolean contradicted(Observed one) {
        return tokens(one) && !one.cell().day().isBefore(from) && one.billedAt(BigDecimal.ONE);
    }

    private static boolean tokens(Observed one) {
        return one.cell().costType().equals(Cell.TOKENS);
    }
}
