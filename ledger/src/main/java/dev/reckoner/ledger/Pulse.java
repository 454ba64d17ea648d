package dev.reckoner.ledger;

/**
 * What moves in the books, cheap enough to be asked every second.
 *
 * @param entry the number of the newest entry, 0 before the first; corrections count, for each makes an entry
 * @param inFlight openings without an entry
 * @param lag how far the store is behind
 */
public record Pulse(long entry, long inFlight, Lag lag) {}
