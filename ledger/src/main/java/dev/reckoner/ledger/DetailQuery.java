package dev.reckoner.ledger;

import java.time.Instant;

/**
 * Which details to sum.
 *
 * @param from first booked instant, inclusive
 * @param until last booked instant, exclusive
 */
public record DetailQuery(Instant from, Instant until) {}
