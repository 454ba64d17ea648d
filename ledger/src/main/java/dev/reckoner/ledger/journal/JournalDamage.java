package dev.reckoner.ledger.journal;

/**
 * A stretch of the journal that was once synced and can't be read any more.
 *
 * @param file name of the segment file
 * @param offset where the stretch begins
 * @param bytes its length, 0 where not known
 * @param what what was found there
 */
public record JournalDamage(String file, long offset, long bytes, String what) {}
