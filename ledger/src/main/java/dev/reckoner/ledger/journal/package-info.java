/**
 * The append-only file that is the first durable thing and the store's outbox at once: checksummed frames in segment
 * files, synced in groups, read back by the applier, recovered after a crash. Open
 * {@link dev.reckoner.ledger.journal.Journal} first.
 */
@NullMarked
package dev.reckoner.ledger.journal;

import org.jspecify.annotations.NullMarked;
