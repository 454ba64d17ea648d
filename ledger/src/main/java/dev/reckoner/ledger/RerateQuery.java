package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which entries to rate again by the rates that hold now, each at its own instant.
 *
 * @param from first instant at which one is booked, inclusive
 * @param until last instant, exclusive
 * @param where values allowed per dimension; the empty string stands for "not stated"
 * @param apply whether the corrections are booked; otherwise it is only said what they would be
 */
public record RerateQuery(Instant from, Instant until, Map<Dimension, List<String>> where, boolean apply) {

    public RerateQuery {
        where = Map.copyOf(where);
    }
}
