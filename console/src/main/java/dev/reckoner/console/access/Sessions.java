package dev.reckoner.console.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The browsers that have logged in, each until it logs out or its time is over. In memory only. Safe on any thread. */
final class Sessions {

    /** Sessions at once; the oldest ends for a new one. */
    static final int SESSIONS_MAX = 1_000;

    private final SecureRandom random;
    private final Clock clock;
    private final Duration time;
    private final Map<String, Session> byCookie = new LinkedHashMap<>();

    /** One of them. */
    record Session(String name, Role role, String csrf, Instant until) {}

    /**
     * None yet.
     *
     * @param time how long one lasts
     */
    Sessions(SecureRandom random, Clock clock, Duration time) {
        this.random = random;
        this.clock = clock;
        this.time = time;
    }

    /** Begins one; returns what its cookie has to say. */
    synchronized String begin(String name, Role role) {
        String cookie = Secret.random(random);
        if (byCookie.size() >= SESSIONS_MAX) {
            byCookie.remove(byCookie.keySet().iterator().next());
        }
        Instant until = clock.instant().plus(time);
        byCookie.put(Secret.of(cookie).index(), new Session(name, role, Secret.random(random), until));
        return cookie;
    }

    /** The one whose cookie that is, while it lasts. */
    synchronized @Nullable Session find(String cookie) {
        String index = Secret.of(cookie).index();
        Session session = byCookie.get(index);
        if (session != null && !clock.instant().isBefore(session.until())) {
            byCookie.remove(index);
            return null;
        }
        return session;
    }

    /** Whether the one with that token for its changes goes on. */
    synchronized boolean lasts(String csrf) {
        Instant now = clock.instant();
        return byCookie.values().stream()
                .anyMatch(session -> session.csrf().equals(csrf) && now.isBefore(session.until()));
    }

    /** Ends the one with that token for its changes. */
    synchronized void end(String csrf) {
        byCookie.values().removeIf(session -> session.csrf().equals(csrf));
    }
}
