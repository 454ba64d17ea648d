package dev.reckoner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What the request asked for, read from a copy of its body as it streamed by; null where the body didn't say or could
 * not be read. Rating never uses it where the response states the fact (P4).
 *
 * @param billTo {@code billing_policy.bill_to}: whose bill the request goes on (api-facts §1.5)
 * @param textBytes bytes of text in the body, media left out, once the body is whole; the basis of an estimate
 */
public record Asked(
        @Nullable String model,
        @Nullable Boolean stream,
        @Nullable Long maxTokens,
        @Nullable String serviceTier,
        @Nullable String speed,
        @Nullable String inferenceGeo,
        @Nullable String betas,
        @Nullable String billTo,
        @Nullable Long textBytes) {

    /** Nothing known. */
    public static final Asked NOTHING = new Asked(null, null, null, null, null, null, null, null, null);
}
