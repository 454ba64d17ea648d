package dev.reckoner.ledger;

/**
 * An entry as it stands in the store.
 *
 * @param sequence order of arrival in the store, for following
 * @param revision 0 as booked first, then one more with each correction
 */
public record StoredEntry(long sequence, int revision, Entry entry) {}
