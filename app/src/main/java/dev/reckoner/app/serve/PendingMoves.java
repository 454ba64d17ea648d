package dev.reckoner.app.serve;

import dev.reckoner.ledger.BooksWatch;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.RatingStatus;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers that the number of pending entries may have moved, so that the books are asked for it only then. They are
 * asked twice: the first time the store may not have taken yet what moved it.
 */
final class PendingMoves implements BooksWatch {
    private static final int LOOKS = 2;

    private final AtomicInteger due = new AtomicInteger(LOOKS);

    @Override
    public void made(Entry entry) {
        if (pending(entry)) {
            due.set(LOOKS);
        }
    }

    @Override
    public void corrected(Entry replaced, Entry by) {
        if (pending(replaced) || pending(by)) {
            due.set(LOOKS);
        }
    }

    /** Whether it is time to ask; counts as asked. */
    boolean ask() {
        return due.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** What was asked for didn't come, or came too early. */
    void again() {
        due.set(LOOKS);
    }

    private static boolean pending(Entry entry) {
        return entry.charge().status() == RatingStatus.PENDING;
    }
}
