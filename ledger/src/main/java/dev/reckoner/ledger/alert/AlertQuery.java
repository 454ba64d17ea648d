package dev.reckoner.ledger.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are listed.
 *
 * @param since first instant at which they were raised last, inclusive, null for all
 * @param limit at most so many, those raised last first
 */
public record AlertQuery(@Nullable Instant since, int limit) {}
