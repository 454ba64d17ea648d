package dev.reckoner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Token counts in the vendor's own fields, null where not stated (api-facts §1.1).
 *
 * @param inputTokens uncached input only
 * @param cacheCreationInputTokens all cache writes
 * @param ephemeral5mInputTokens the writes that live 5 minutes
 * @param ephemeral1hInputTokens the writes that live 1 hour
 */
public record TokenCounts(
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable Long cacheCreationInputTokens,
        @Nullable Long cacheReadInputTokens,
        @Nullable Long ephemeral5mInputTokens,
        @Nullable Long ephemeral1hInputTokens) {

    /** Nothing stated. */
    public static final TokenCounts NONE = new TokenCounts(null, null, null, null, null, null);
}
