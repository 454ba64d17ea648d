package dev.reckoner.reconcile.vendor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two requests; a test's own doesn't. */
@FunctionalInterface
public interface Waiter {

    /** Returns after that time. */
    void pause(Duration time) throws InterruptedException;

    /** A waiter that really waits. */
    static Waiter real() {
        CountDownLatch never = new CountDownLatch(1);
        return time -> {
            boolean counted = never.await(time.toNanos(), TimeUnit.NANOSECONDS);
            assert !counted : "nothing counts this latch down";
        };
    }
}
