package dev.reckoner.bench.relay;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts the exchanges of one run and keeps the time of each. Counting is confined to the load's event loop; waiting and
 * the run are for the thread that asked for it, behind the latch.
 */
final class Tally {

    private final int exchanges;
    private final long[] nanos;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<String> failure = new AtomicReference<>();

    private int taken;
    private int done;
    private long bytes;
    private volatile long beganAt;
    private volatile long endedAt;

    Tally(int exchanges) {
        this.exchanges = exchanges;
        nanos = new long[exchanges];
    }

    void begin(long now) {
        beganAt = now;
    }

    /** Whether one more exchange is wanted. */
    boolean take() {
        if (taken == exchanges || failure.get() != null) {
            return false;
        }
        taken++;
        return true;
    }

    void bytes(int more) {
        bytes += more;
    }

    void done(long tookNanos) {
        nanos[done] = tookNanos;
        done++;
        if (done == exchanges) {
            endedAt = System.nanoTime();
            over.countDown();
        }
    }

    /** Ends the run; the first failure is the one that is told. */
    void fail(String why) {
        failure.compareAndSet(null, why);
        over.countDown();
    }

    void await(Duration timeMax) throws InterruptedException {
        boolean ended = over.await(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        String why = failure.get();
        if (why != null) {
            throw new LoadException(why);
        }
        if (!ended) {
            fail("the time is over");
            throw new LoadException(
                    "not all of " + exchanges + " exchanges were answered within " + timeMax.toSeconds() + " s");
        }
    }

    Run run() {
        Arrays.sort(nanos);
        return new Run(exchanges, endedAt - beganAt, percentile(50), percentile(90), bytes);
    }

    private long percentile(int percent) {
        return nanos[(int) ((exchanges - 1L) * percent / 100)];
    }
}
