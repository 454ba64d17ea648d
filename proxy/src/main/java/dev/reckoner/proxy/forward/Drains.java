package dev.reckoner.proxy.forward;

import dev.reckoner.config.Settings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The exchanges whose client is lost while their upstream is read on: how many there may be at once, since no client's
 * connection counts for them any more, and their end at a shutdown. Any thread.
 */
public final class Drains {

    /** How long ended drains may take to be booked. */
    private static final Duration END_MAX = Duration.ofSeconds(5);

    private final Semaphore free;
    private final Set<Draining> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;

    public Drains(Settings.Aborts settings) {
        free = new Semaphore(settings.drainsMax());
    }

    /** Lets the drains go on for a while, then ends them, and returns when all are booked. */
    public void close(Duration limit) {
        closing = true;
        if (!await(limit)) {
            open.forEach(Draining::shutdown);
            await(END_MAX);
        }
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    /** Takes a place for one more drain; false where there is none. */
    boolean take() {
        return !closing && free.tryAcquire();
    }

    void begun(Draining draining) {
        open.add(draining);
    }

    /** Gives its place back; its entry is on its way. */
    void ended(Draining draining) {
        open.remove(draining);
        free.release();
        if (closing && open.isEmpty()) {
            ended.countDown();
        }
    }

    private boolean await(Duration limit) {
        try {
            return open.isEmpty() || ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
