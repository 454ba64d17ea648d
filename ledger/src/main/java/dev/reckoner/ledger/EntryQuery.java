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
 * @param only what became of them
 * @param before where an earlier page ended, null for the first one and with {@code after}
 */
public record EntryQuery(
        @Nullable Instant from,
        @Nullable Instant until,
        Map<Dimension, List<String>> where,
        @Nullable Long after,
        boolean metered,
        int limit,
        EntryFilter only,
        @Nullable EntryCursor before) {

    public EntryQuery {
        where = Map.copyOf(where);
        if (after != null && before != null) {
            throw new IllegalArgumentException("found after and before, expected one of them");
        }
    }

    /** Whatever became of them, from the first page on. */
    public EntryQuery(
            @Nullable Instant from,
            @Nullable Instant until,
            Map<Dimension, List<String>> where,
            @Nullable Long after,
            boolean metered,
            int limit) {
        this(from, until, where, after, metered, limit, EntryFilter.ANY, null);
    }
}
