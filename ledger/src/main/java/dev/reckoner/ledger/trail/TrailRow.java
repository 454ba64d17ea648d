package dev.reckoner.ledger.trail;

import java.time.Instant;

/**
 * A change as it is kept.
 *
 * @param number changes are numbered in their order
 */
public record TrailRow(long number, Instant at, Actor actor, Change change) {}
