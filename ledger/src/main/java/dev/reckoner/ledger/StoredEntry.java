package dev.reckoner.ledger;

/**
 * An entry as it stands in the store.
 *
 * @param sequence order of arrival in the store, for following
 */
public record StoredEntry(long sequence, Entry entry) {}
