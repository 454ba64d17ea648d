package dev.reckoner.ledger.rating;

import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;

/**
 * The output of a response whose end was not seen: estimated from the bytes of output that passed, four to a token,
 * and never less than what {@code message_start} stated, which is only a placeholder (api-facts §2.5). The input of
 * {@code message_start} stands as stated.
 */
final class OutputEstimate {
    static final String METHOD = "bytes_per_token_v1";

    private static final long BYTES_PER_TOKEN = 4;

    private OutputEstimate() {}

    /** The token counts with the estimated output in place of the placeholder. */
    static TokenCounts complete(Reading reading, Usage usage) {
        TokenCounts stated = usage.tokens();
        Long placeholder = stated.outputTokens();
        long passed = (Math.max(0, reading.outputTextBytes()) + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
        long output = placeholder == null ? passed : Math.max(placeholder, passed);
        return new TokenCounts(
                stated.inputTokens(),
                output,
                stated.cacheCreationInputTokens(),
                stated.cacheReadInputTokens(),
                stated.ephemeral5mInputTokens(),
                stated.ephemeral1hInputTokens());
    }
}
