package dev.reckoner.ledger;

import java.time.Duration;

/** How far the store is behind the journal: frames not yet applied, and the age of the oldest of them. */
public record Lag(long frames, Duration age) {}
