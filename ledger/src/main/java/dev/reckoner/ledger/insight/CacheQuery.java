package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Whose caching to look at.
 *
 * @param from first instant, inclusive
 * @param until last instant, exclusive
 * @param by what tells apps apart
 * @param where values allowed per dimension
 */
public record CacheQuery(Instant from, Instant until, List<Dimension> by, Map<Dimension, List<String>> where) {

    /** What an app is where nothing else is said. */
    public static final List<Dimension> APP = List.of(Dimension.PROJECT, Dimension.KEY, Dimension.MODEL);

    public CacheQuery {
        by = List.copyOf(by);
        where = Map.copyOf(where);
    }
}
