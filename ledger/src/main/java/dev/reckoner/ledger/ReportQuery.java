package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question to the books. Bounds are snapped down to the bucket's width: to the hour for {@link Bucket#ALL}, and to the day
 * for weeks and months, of which the first and the last hold only what lies within the bounds.
 *
 * @param from first instant, inclusive
 * @param until last instant, exclusive
 * @param where values allowed per dimension; the empty string stands for "not stated"
 * @param top how many groups are told apart, null for all
 */
public record ReportQuery(
        Instant from,
        Instant until,
        Bucket bucket,
        List<Dimension> by,
        Map<Dimension, List<String>> where,
        @Nullable Top top) {

    /** A question for all groups. */
    public ReportQuery(
            Instant from, Instant until, Bucket bucket, List<Dimension> by, Map<Dimension, List<String>> where) {
        this(from, until, bucket, by, where, null);
    }

    public ReportQuery {
        by = List.copyOf(by);
        where = Map.copyOf(where);
    }
}
