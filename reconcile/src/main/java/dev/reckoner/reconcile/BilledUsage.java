package dev.reckoner.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * One token class of one line of the vendor's usage report.
 *
 * @param apiKeyId the vendor's id of the key, null for traffic without one
 * @param account who used it where no key was, as the vendor's id or a name for people; null with a key, and where nobody
 *     is stated
 * @param quantity tokens, or web searches
 */
public record BilledUsage(
        Cell cell, @Nullable String apiKeyId, @Nullable String account, long quantity) {

    /** Usage of which no account is stated. */
    public BilledUsage(Cell cell, @Nullable String apiKeyId, long quantity) {
        this(cell, apiKeyId, null, quantity);
    }
}
