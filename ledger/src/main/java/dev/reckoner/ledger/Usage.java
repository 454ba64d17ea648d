package dev.reckoner.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one message, merged over its stream by the SDK's rule: a field of a later event overwrites when it is
 * not null, never added, never the maximum (api-facts §1.3).
 *
 * @param codeExecutionRequests shown on the pricing page, in no recorded response yet (api-facts §1.1)
 * @param iterations empty where the response has none
 */
public record Usage(
        TokenCounts tokens,
        @Nullable Long thinkingTokens,
        @Nullable Long webSearchRequests,
        @Nullable Long webFetchRequests,
        @Nullable Long codeExecutionRequests,
        @Nullable String serviceTier,
        @Nullable String inferenceGeo,
        @Nullable String speed,
        List<Iteration> iterations) {

    public Usage {
        iterations = List.copyOf(iterations);
    }
}
