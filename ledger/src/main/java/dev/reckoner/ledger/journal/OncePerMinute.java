package dev.reckoner.ledger.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets a log line about a lasting condition through once a minute. Not thread-safe. */
final class OncePerMinute {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private final Map<String, Long> last = new HashMap<>();

    OncePerMinute(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean mayLog(String condition) {
        long now = nanos.getAsLong();
        Long before = last.get(condition);
        if (before != null && now - before < MINUTE) {
            return false;
        }
        last.put(condition, now);
        return true;
    }
}
