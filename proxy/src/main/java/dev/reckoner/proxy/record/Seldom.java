package dev.reckoner.proxy.record;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one warning of a condition through per minute, so that a broken disk doesn't also fill the log. Any thread. */
final class Seldom {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final AtomicLong next;

    Seldom(LongSupplier nanos) {
        this.nanos = nanos;
        next = new AtomicLong(nanos.getAsLong());
    }

    /** Whether this warning may be logged. */
    boolean now() {
        long time = nanos.getAsLong();
        long due = next.get();
        return time - due >= 0 && next.compareAndSet(due, time + PAUSE);
    }
}
