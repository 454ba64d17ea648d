package dev.reckoner.ledger.rating;

import dev.reckoner.config.Rate;
import org.jspecify.annotations.Nullable;

/** The vendor reports' two context windows (api-facts §4.1), by prompt size; the 100,000 tier has no name there. */
final class ContextWindow {
    static final String UP_TO_200K = "0-200k";
    static final String UP_TO_1M = "200k-1M";

    private ContextWindow() {}

    /** Null where the prompt is a sum that tells nothing of a single prompt's size. */
    static @Nullable String of(Attempt attempt, @Nullable Rate row) {
        if (Rate.PromptTier.LE_200K.holds(attempt.promptTokens())) {
            return UP_TO_200K;
        }
        if (row != null && row.promptTier() == Rate.PromptTier.LE_200K) {
            return UP_TO_200K;
        }
        return attempt.summed() ? null : UP_TO_1M;
    }
}
