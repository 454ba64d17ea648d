package dev.reckoner.reconcile;

import java.time.Instant;

/**
 * A line of the ledger in the hour that it is booked in.
 *
 * @param hour the hour's start
 */
public record HourlyLine(Instant hour, LedgerLine line) {}
