package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group of one bucket.
 *
 * @param start start of the bucket, null for {@link Bucket#ALL}
 * @param group values in the order of the query's {@code by}; the empty string where not stated, none for all others
 * @param others how many groups are added up in this one; 0 for a group of its own
 * @param first earliest booked instant of the group (hour precision where read from rollups)
 * @param last latest booked instant of the group
 */
public record ReportRow(
        @Nullable Instant start, List<String> group, int others, Sums sums, Instant first, Instant last) {

    /** A group of its own. */
    public ReportRow(@Nullable Instant start, List<String> group, Sums sums, Instant first, Instant last) {
        this(start, group, 0, sums, first, last);
    }

    public ReportRow {
        group = List.copyOf(group);
    }
}
