package dev.reckoner.ledger.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Books;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An answer that is waited for; counts how often it came. */
final class Acks implements Books.Done {
    private final CountDownLatch came = new CountDownLatch(1);
    private final AtomicInteger times = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    @Override
    public void done(@Nullable Throwable failure) {
        this.failure = failure;
        times.incrementAndGet();
        came.countDown();
    }

    /** Waits for the answer and tells whether the frame is on disk. */
    boolean ok() {
        try {
            assertTrue(came.await(20, TimeUnit.SECONDS), "no answer within 20 s");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return failure == null;
    }

    int times() {
        return times.get();
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean came() {
        return times.get() > 0;
    }

    /** Appends one frame after the other, waiting for each: each is a group of its own. */
    static void all(Journal journal, List<? extends Frame> frames) {
        for (Frame frame : frames) {
            Acks ack = new Acks();
            journal.append(frame, ack);
            assertTrue(ack.ok(), () -> "on disk: " + ack.failure());
        }
    }

    static List<Frame> read(Journal journal, Position from) {
        List<Frame> frames = new ArrayList<>();
        Position at = from;
        while (true) {
            List<Positioned> some = journal.read(at, 300);
            if (some.isEmpty()) {
                return frames;
            }
            for (Positioned one : some) {
                frames.add(one.frame());
                assertTrue(one.next().compareTo(at) > 0, "places go forward");
                at = one.next();
            }
        }
    }
}
