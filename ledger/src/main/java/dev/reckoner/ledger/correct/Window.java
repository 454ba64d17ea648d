package dev.reckoner.ledger.correct;

import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.LedgerException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Corrections on their way to the disk, a limited number at once, so that they never fill the queue that exchanges wait
 * in. The journal's writer answers; one thread books and waits.
 */
final class Window implements AutoCloseable {
    private final Rerating.Outlet outlet;
    private final Semaphore room;
    private final AtomicLong booked = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Window(Rerating.Outlet outlet) {
        this.outlet = outlet;
        this.room = new Semaphore(outlet.window());
    }

    /**
     * Books a correction, and waits for room before.
     *
     * @throws LedgerException where an earlier one couldn't be booked
     */
    void book(Correction correction) {
        room.acquireUninterruptibly();
        Throwable failed = failure.get();
        if (failed != null) {
            room.release();
            throw failed(failed);
        }
        outlet.sink().correct(correction, this::answered);
    }

    /**
     * Waits until all are on disk.
     *
     * @throws LedgerException where one couldn't be booked
     */
    void finish() {
        waitForAll();
        Throwable failed = failure.get();
        if (failed != null) {
            throw failed(failed);
        }
    }

    /** Waits until all are answered. */
    @Override
    public void close() {
        waitForAll();
    }

    private void waitForAll() {
        room.acquireUninterruptibly(outlet.window());
        room.release(outlet.window());
    }

    private void answered(@Nullable Throwable failed) {
        if (failed == null) {
            booked.incrementAndGet();
        } else {
            failure.compareAndSet(null, failed);
        }
        room.release();
    }

    private LedgerException failed(Throwable cause) {
        return new LedgerException(
                "corrections can't be booked any more (" + cause.getMessage() + "); " + booked.get()
                        + " are and stay so: do the same again, what is booked is not booked twice",
                cause);
    }
}
