package dev.reckoner.ledger.store;

import java.time.Duration;

/** Pauses between attempts on a store that is away: doubling from the first to the longest. */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(50);
    static final Duration LONGEST = Duration.ofSeconds(10);

    private int failures;

    /** Notes a failure; how long to pause before the next attempt. */
    Duration failed() {
        long factor = 1L << Math.min(failures++, 16);
        Duration pause = FIRST.multipliedBy(factor);
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    /** Notes a success; whether failures came before it. */
    boolean succeeded() {
        boolean recovered = failures > 0;
        failures = 0;
        return recovered;
    }

    boolean failing() {
        return failures > 0;
    }
}
