package dev.reckoner.ledger.rating;

import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;

/**
 * The output of a response whose end was not seen: estimated from the bytes of output that passed, three to a token,
 * and never less than what was stated last, be it the placeholder of {@code message_start} (api-facts §2.5). The input
 * stands as stated.
 *
 * <p>Three, because the usual four characters to a token are a floor, and models since 4.7 make about 30 % more tokens
 * of the same text (api-facts §2.5, §3.5). How far that is off is measured by a test and stated in docs/configuration.md.
 */
final class OutputEstimate {
    static final String METHOD = "bytes_per_token_v2";

    private static final long BYTES_PER_TOKEN = 3;

    private OutputEstimate() {}

    /** The token counts with the estimated output in place of the placeholder. */
    static TokenCounts complete(Reading reading, Usage usage) {
        TokenCounts stated = usage.tokens();
        Long placeholder = stated.outputTokens();
        long passed = tokens(reading.outputTextBytes());
        long output = placeholder == null ? passed : Math.max(placeholder, passed);
        return new TokenCounts(
                stated.inputTokens(),
                output,
                stated.cacheCreationInputTokens(),
                stated.cacheReadInputTokens(),
                stated.ephemeral5mInputTokens(),
                stated.ephemeral1hInputTokens());
    }

    /** The tokens of so many bytes of text. */
    static long tokens(long textBytes) {
        return (Math.max(0, textBytes) + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
