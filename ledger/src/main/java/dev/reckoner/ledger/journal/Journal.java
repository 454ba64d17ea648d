package dev.reckoner.ledger.journal;

import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The append-only journal of one ledger directory. */
@SuppressWarnings("DoNotCallSuggester")
public final class Journal implements AutoCloseable {

    private Journal() {}

    /**
     * Opens the journal, recovers what a crash left, and starts the writer.
     *
     * @param directory holds the segment files; made where it is missing
     * @param mark how far the store has taken frames, {@link Position#START} for a new store
     * @param booking makes the entry of a closing; called on the writer's thread only
     */
    public static Journal open(
            Path directory, LedgerSettings settings, Position mark, Function<Closing, Entry> booking) {
        throw new UnsupportedOperationException();
    }

    /** Whether new exchanges can be booked. */
    public boolean accepting() {
        throw new UnsupportedOperationException();
    }

    /** Appends a frame; never blocks. */
    public void append(Frame frame, Books.Done done) {
        throw new UnsupportedOperationException();
    }

    /** Appends the entry of a closing, made on the writer's thread; never blocks. */
    public void book(Closing closing, Books.Done done) {
        throw new UnsupportedOperationException();
    }

    /** Frames behind a place, in order, only those that are synced; empty where there are none yet. */
    public List<Positioned> read(Position from, int max) {
        throw new UnsupportedOperationException();
    }

    /** Waits until there is a frame behind a place, at most so long, or until the journal is closed. */
    public void await(Position after, Duration max) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Allows segments that lie wholly before a place to be deleted. */
    public void release(Position upTo) {
        throw new UnsupportedOperationException();
    }

    /** The place behind the last synced frame. */
    public Position end() {
        throw new UnsupportedOperationException();
    }

    /** How many synced frames there are behind the mark that the journal was opened with. */
    public long frames() {
        throw new UnsupportedOperationException();
    }

    /** What could not be read, for the audit. */
    public List<JournalDamage> damage() {
        throw new UnsupportedOperationException();
    }

    /** Writes what waits, syncs, and stops the writer. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
