package dev.reckoner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The door through which exchanges enter the books. Every method may be called on an event loop: nothing blocks, the
 * work is handed to the journal's writer through one bounded queue.
 */
public interface Books {

    /** Books that keep nothing: for what is served unbooked, and to measure what the rest costs. */
    Books NONE = new NoBooks();

    /** Whether new exchanges can be booked: the journal is writable and its queue has room. */
    boolean accepting();

    /** Books the opening; {@code done} follows once it is on disk or can't be. */
    void open(Opening opening, Done done);

    /**
     * Notes what is known so far of an exchange in flight, so that a crash keeps it; {@code done} follows once it is on
     * disk or can't be. Later notes replace earlier ones.
     */
    void note(Closing soFar, Done done);

    /**
     * Books the one terminal event; {@code done} follows once the entry is on disk or can't be. While the journal can't
     * be written the entry is kept in memory and written as soon as it can be (P8).
     */
    void close(Closing closing, Done done);

    /**
     * Called exactly once, on the journal's writer thread, or at once on the caller's own where the frame can't be
     * taken: hand over, don't work here.
     */
    @FunctionalInterface
    interface Done {

        /** Asks for nothing. */
        Done NOTHING = failure -> {};

        /**
         * Tells how the write ended.
         *
         * @param failure null where the frame is on disk
         */
        void done(@Nullable Throwable failure);
    }
}
