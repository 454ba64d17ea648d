package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question about sessions. Bounds are widened to whole UTC days. A filter on the model leaves the rest of a session out.
 *
 * @param from first instant, inclusive
 * @param until last instant, exclusive
 * @param where values allowed per dimension: session, user, team, project, model
 * @param limit at most this many, 1 to {@link #LIMIT_MAX}
 * @param cursor where an earlier page ended ({@link SessionPage#next}), null for the first page
 */
public record SessionQuery(
        Instant from,
        Instant until,
        Map<Dimension, List<String>> where,
        Order order,
        int limit,
        @Nullable String cursor) {

    /** The most sessions of one page. */
    public static final int LIMIT_MAX = 10_000;

    private static final Set<Dimension> KNOWN =
            Set.of(Dimension.SESSION, Dimension.USER, Dimension.TEAM, Dimension.PROJECT, Dimension.MODEL);

    /** Which sessions come first. */
    public enum Order {
        /** The dearest. */
        COST,
        /** Those whose last exchange was booked last. */
        LAST
    }

    public SessionQuery {
        where = Map.copyOf(where);
        if (cursor != null) {
            SessionCursor.parse(cursor);
        }
        for (Dimension dimension : where.keySet()) {
            if (!KNOWN.contains(dimension)) {
                throw new IllegalArgumentException(
                        "found a filter on " + dimension + ", expected session, user, team, project or model");
            }
        }
    }
}
