package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A question to the books. Bounds are snapped down to the bucket's width (to the hour for {@link Bucket#ALL}).
 *
 * @param from first instant, inclusive
 * @param until last instant, exclusive
 * @param where values allowed per dimension; the empty string stands for "not stated"
 */
public record ReportQuery(
        Instant from, Instant until, Bucket bucket, List<Dimension> by, Map<Dimension, List<String>> where) {

    public ReportQuery {
        by = List.copyOf(by);
        where = Map.copyOf(where);
    }
}
