package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to list, newest first (oldest first with {@code after}).
 *
 * @param where values allowed per dimension
 * @param after only entries applied to the store after the one with this sequence number; null for no such bound
 * @param metered only exchanges of metered routes
 * @param limit at most this many, 1 to 1,000
 */
public record EntryQuery(
        @Nullable Instant from,
        @Nullable Instant until,
        Map<Dimension, List<String>> where,
        @Nullable Long after,
        boolean metered,
        int limit) {

    public EntryQuery {
        where = Map.copyOf(where);
    }
}
