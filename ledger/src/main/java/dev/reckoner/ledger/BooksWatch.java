package dev.reckoner.ledger;

/**
 * Is told what happens in the books, as it happens: what metrics are counted from. Never blocks. What it throws is logged
 * and changes nothing (P8).
 */
public interface BooksWatch {

    /** Takes no notice. */
    BooksWatch NOBODY = new BooksWatch() {};

    /** This one and another. */
    default BooksWatch and(BooksWatch second) {
        return new BothWatch(this, second);
    }

    /** An entry was made, a moment before it is on disk; on the journal's writer thread. */
    default void made(Entry entry) {}

    /** The store has taken an entry in the place of another; on the applier's thread. */
    default void corrected(Entry replaced, Entry by) {}

    /** Bytes were written to the journal; on its writer thread. */
    default void written(long bytes) {}

    /** The journal was synced, which took so long; on its writer thread. */
    default void synced(long nanos) {}
}
