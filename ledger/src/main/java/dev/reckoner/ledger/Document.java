package dev.reckoner.ledger;

import java.time.Instant;

/**
 * A document that was kept.
 *
 * @param body its text; empty in a list
 */
public record Document(String kind, String name, Instant keptAt, String body) {}
