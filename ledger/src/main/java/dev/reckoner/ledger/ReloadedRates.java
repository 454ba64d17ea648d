package dev.reckoner.ledger;

/**
 * What reading the rate files again has brought.
 *
 * @param version the rate table that holds now
 * @param rows how many rows it has
 * @param changed whether it differs from the one before
 * @param pending what became of the pending entries
 */
public record ReloadedRates(String version, int rows, boolean changed, RerateResult pending) {}
