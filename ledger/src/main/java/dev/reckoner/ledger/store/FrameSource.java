package dev.reckoner.ledger.store;

import dev.reckoner.ledger.journal.Journal;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.journal.Positioned;
import java.time.Duration;
import java.util.List;

/** The journal as the applier sees it: synced frames behind a place. */
interface FrameSource {

    /** Frames behind a place, in order, only those that are synced; empty where there are none yet. */
    List<Positioned> read(Position from, int max);

    /** Waits until there is a frame behind a place, at most so long. */
    void await(Position after, Duration max) throws InterruptedException;

    /** Allows what lies before a place to be deleted. */
    void release(Position upTo);

    /** The place behind the last synced frame. */
    Position end();

    /** How many synced frames there are behind the mark that the journal was opened with. */
    long frames();

    /** The journal's own frames. */
    static FrameSource of(Journal journal) {
        return new FrameSource() {
            @Override
            public List<Positioned> read(Position from, int max) {
                return journal.read(from, max);
            }

            @Override
            public void await(Position after, Duration max) throws InterruptedException {
                journal.await(after, max);
            }

            @Override
            public void release(Position upTo) {
                journal.release(upTo);
            }

            @Override
            public Position end() {
                return journal.end();
            }

            @Override
            public long frames() {
                return journal.frames();
            }
        };
    }
}
