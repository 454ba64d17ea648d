package dev.reckoner.ledger;

/**
 * How the journal stands now.
 *
 * @param bytes what its files hold that the store has not let go of
 * @param framesWaiting frames that wait to be written
 * @param framesSynced frames that were synced since the start
 * @param writable whether it could be written the last time it was tried
 */
public record JournalState(long bytes, int framesWaiting, long framesSynced, boolean writable) {}
