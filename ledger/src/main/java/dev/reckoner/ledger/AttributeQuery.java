package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which entries to attribute where nobody said who caused them, and to whom.
 *
 * @param from first instant at which one is booked, inclusive
 * @param until last instant, exclusive
 * @param where values allowed per dimension; the empty string stands for "not stated"
 * @param rules tried in their order; each fills what is still missing
 * @param apply whether the corrections are booked; otherwise it is only said what they would be
 */
public record AttributeQuery(
        Instant from, Instant until, Map<Dimension, List<String>> where, List<AttributionRule> rules, boolean apply) {

    public AttributeQuery {
        where = Map.copyOf(where);
        rules = List.copyOf(rules);
    }
}
