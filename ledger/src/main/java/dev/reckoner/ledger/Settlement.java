package dev.reckoner.ledger;

/**
 * What an exchange used by the vendor's own count, where the ledger had not wholly seen it.
 *
 * @param replaces the revision of its entry that this is about; where that isn't the latest any more, nothing is settled
 * @param model the model that served
 * @param usage final, whole
 * @param reason the evidence, in a few words, with the name of the reconciliation that found it
 */
public record Settlement(ExchangeId id, int replaces, String model, Usage usage, String reason) {}
