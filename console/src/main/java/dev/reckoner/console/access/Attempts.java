package dev.reckoner.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong tokens by the address they came from, so that nobody can try one after the other. Safe on any thread. */
final class Attempts {

    /** So many wrong ones within the time, and the address has to wait until it is over. */
    static final int WRONG_MAX = 10;

    static final Duration WITHIN = Duration.ofMinutes(5);

    /** Addresses that are remembered; the one heard of first is forgotten for a new one. */
    private static final int ADDRESSES_MAX = 10_000;

    private final Clock clock;
    private final Map<String, Wrong> wrong = new LinkedHashMap<>();

    private record Wrong(Instant since, int count) {}

    Attempts(Clock clock) {
        this.clock = clock;
    }

    /** How long an address has to wait before it may try again; zero where it may. */
    synchronized Duration pause(String address) {
        Wrong so = current(address);
        return so.count() < WRONG_MAX
                ? Duration.ZERO
                : Duration.between(clock.instant(), so.since().plus(WITHIN));
    }

    /** Counts one; whether it is the last that is looked at. */
    synchronized boolean failed(String address) {
        Wrong so = current(address);
        if (!wrong.containsKey(address) && wrong.size() >= ADDRESSES_MAX) {
            wrong.remove(wrong.keySet().iterator().next());
        }
        wrong.put(address, new Wrong(so.since(), so.count() + 1));
        return so.count() + 1 == WRONG_MAX;
    }

    private Wrong current(String address) {
        Instant now = clock.instant();
        Wrong so = wrong.get(address);
        return so == null || !now.isBefore(so.since().plus(WITHIN)) ? new Wrong(now, 0) : so;
    }
}
