package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which exchanges to look at.
 *
 * @param from first instant, inclusive
 * @param until last instant, exclusive
 * @param where values allowed per dimension
 */
public record InsightQuery(Instant from, Instant until, Map<Dimension, List<String>> where) {

    public InsightQuery {
        where = Map.copyOf(where);
    }
}
