package dev.reckoner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to go through in the order of their arrival.
 *
 * @param from first booked instant, inclusive; null for no such bound
 * @param until last booked instant, exclusive; null for no such bound
 * @param after only entries that arrived after the one with this sequence number
 * @param limit at most this many, 1 to 1,000
 */
public record ArrivalQuery(@Nullable Instant from, @Nullable Instant until, long after, int limit) {}
