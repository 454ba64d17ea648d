package dev.reckoner.ledger.rating;

import dev.reckoner.config.RatingRules.CacheWriteLifetime;
import dev.reckoner.ledger.TokenCounts;
import org.jspecify.annotations.Nullable;

/**
 * Cache writes by how long they live (api-facts §1.1, §1.3).
 *
 * <p>The total is the newer fact: in a stream the split comes once, at the start, while the total is restated at the
 * end. A total without a split (old responses) is at 5 minutes, and so is what a total has beyond its split (server-tool
 * loops) unless {@code rating.cache_writes_beyond_split} says otherwise, for the vendor doesn't state it (§8). A total
 * below the split (compaction, fallback credit) takes from a split with one lifetime; from a split with both it
 * can't be known which was lowered, so the cheaper 5 minutes are filled first and {@code uncertain} is set. Without a
 * total the split stands.
 */
record CacheWrites(long fiveMinutes, long oneHour, boolean uncertain) {

    static CacheWrites of(TokenCounts tokens, CacheWriteLifetime beyondSplit) {
        long fiveMinutes = orZero(tokens.ephemeral5mInputTokens());
        long oneHour = orZero(tokens.ephemeral1hInputTokens());
        Long total = tokens.cacheCreationInputTokens();
        if (total == null) {
            return new CacheWrites(fiveMinutes, oneHour, false);
        }
        if (total >= fiveMinutes + oneHour) {
            boolean split = fiveMinutes + oneHour > 0;
            return split && beyondSplit == CacheWriteLifetime.ONE_HOUR
                    ? new CacheWrites(fiveMinutes, total - fiveMinutes, false)
                    : new CacheWrites(total - oneHour, oneHour, false);
        }
        long kept = Math.min(fiveMinutes, total);
        boolean uncertain = total > 0 && fiveMinutes > 0 && oneHour > 0;
        return new CacheWrites(kept, total - kept, uncertain);
    }

    static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
