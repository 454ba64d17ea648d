package dev.reckoner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One attempt of {@code usage.iterations} (api-facts §1.4), token counts as stated.
 *
 * @param type message, compaction, advisor_message, fallback_message, or a value not known yet
 */
public record Iteration(String type, @Nullable String model, TokenCounts tokens) {}
