package dev.reckoner.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One token class of one line of the vendor's usage report by the hour.
 *
 * @param hour the hour's start
 * @param apiKeyId the vendor's id of the key, null for traffic without one
 * @param quantity tokens, or web searches
 */
public record HourlyUsage(Instant hour, Cell cell, @Nullable String apiKeyId, long quantity) {}
