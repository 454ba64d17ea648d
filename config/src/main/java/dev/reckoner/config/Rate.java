package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dated row of the rate table.
 *
 * @param model the canonical id, matched exactly
 * @param aliases other exact ids of the same model
 * @param from first instant at which the row holds, null for always
 * @param to first instant at which it no longer holds, null for open
 * @param prices standard prices
 * @param batch prices of the batch tier, null where the model or speed has none
 * @param usMultiplier factor on every token class for inference_geo "us"
 * @param origin file and line the row was read from, for messages and for {@code explain}
 * @param version short stable digest of the row's content, kept on every line it prices
 */
public record Rate(
        String model,
        List<String> aliases,
        @Nullable Instant from,
        @Nullable Instant to,
        Speed speed,
        PromptTier promptTier,
        @Nullable Prices prices,
        @Nullable Prices batch,
        BigDecimal usMultiplier,
        String status,
        String confidence,
        String sources,
        String note,
        String origin,
        String version)
        implements Dated {

    public Rate {
        aliases = List.copyOf(aliases);
    }

    /** Served speed that a row is for. */
    public enum Speed {
        STANDARD,
        FAST
    }

    /** Prompt sizes (input + cache creation + cache read) that a row is for; bounds are in tokens. */
    public enum PromptTier {
        ALL(0, Long.MAX_VALUE),
        LE_100K(0, 100_000),
        GT_100K(100_001, Long.MAX_VALUE),
        LE_200K(0, 200_000),
        GT_200K(200_001, Long.MAX_VALUE);

        private final long least;
        private final long most;

        PromptTier(long least, long most) {
            this.least = least;
            this.most = most;
        }

        /** Whether a prompt of that many tokens falls into this tier. */
        public boolean holds(long promptTokens) {
            return promptTokens >= least && promptTokens <= most;
        }

        /** Whether some prompt falls into both tiers. */
        public boolean overlaps(PromptTier other) {
            return least <= other.most && other.least <= most;
        }
    }
}
