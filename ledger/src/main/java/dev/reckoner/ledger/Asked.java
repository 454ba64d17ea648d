package dev.reckoner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What the request asked for, read from a copy of its body as it streamed by; null where the body didn't say or could
 * not be read. Rating never uses it where the response states the fact (P4).
 */
public record Asked(
        @Nullable String model,
        @Nullable Boolean stream,
        @Nullable Long maxTokens,
        @Nullable String serviceTier,
        @Nullable String speed,
        @Nullable String inferenceGeo,
        @Nullable String betas) {

    /** Nothing known. */
    public static final Asked NOTHING = new Asked(null, null, null, null, null, null, null);
}
