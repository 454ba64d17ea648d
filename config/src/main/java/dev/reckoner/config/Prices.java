package dev.reckoner.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Prices of the five token classes in USD per million tokens, exact decimals of at most six places; null where the
 * model has no such class (for instance no caching).
 */
public record Prices(
        @Nullable BigDecimal input,
        @Nullable BigDecimal cacheWrite5m,
        @Nullable BigDecimal cacheWrite1h,
        @Nullable BigDecimal cacheRead,
        @Nullable BigDecimal output) {}
