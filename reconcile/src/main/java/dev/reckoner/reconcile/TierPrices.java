package dev.reckoner.reconcile;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Knows the list prices of a cell whose model has two prompt tiers that the vendor's reports don't tell apart. */
@FunctionalInterface
public interface TierPrices {

    /** No model has two. */
    TierPrices NONE = cell -> null;

    /** The two prices of a cell; null where its model has one. */
    @Nullable
    Pair of(Cell cell);

    /** USD per million tokens below and above the threshold, factors included. */
    record Pair(BigDecimal low, BigDecimal high) {}
}
