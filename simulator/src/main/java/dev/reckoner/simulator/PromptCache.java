package dev.reckoner.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which prompt prefixes are cached and until when; the oldest give way at the limit. Thread-safe. */
final class PromptCache {
    private static final int PREFIXES_MAX = 50_000;

    private record Held(Duration lifetime, Instant until) {}

    private final Clock clock;
    private final Map<String, Held> prefixes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
            return size() > PREFIXES_MAX;
        }
    };

    PromptCache(Clock clock) {
        this.clock = clock;
    }

    /** Whether the prefix is held; a hit starts its lifetime anew. */
    synchronized boolean hit(String prefix) {
        Held held = prefixes.get(prefix);
        if (held == null || !clock.instant().isBefore(held.until)) {
            return false;
        }
        hold(prefix, held.lifetime);
        return true;
    }

    synchronized void hold(String prefix, Duration lifetime) {
        prefixes.put(prefix, new Held(lifetime, clock.instant().plus(lifetime)));
    }
}
