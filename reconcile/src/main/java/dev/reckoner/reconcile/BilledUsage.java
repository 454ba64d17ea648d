package dev.reckoner.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * One token class of one line of the vendor's usage report.
 *
 * @param apiKeyId the vendor's id of the key, null for the Console's own traffic
 * @param quantity tokens, or web searches
 */
public record BilledUsage(Cell cell, @Nullable String apiKeyId, long quantity) {}
