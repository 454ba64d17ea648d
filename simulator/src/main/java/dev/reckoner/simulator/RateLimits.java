package dev.reckoner.simulator;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The rate-limit headers of a response: calendar minutes, remaining tokens in thousands (api-facts §2.3). */
final class RateLimits {
    private static final long REQUESTS = 4_000_000;
    private static final long INPUT = 2_000_000_000;
    private static final long OUTPUT = 400_000_000;

    private final Clock clock;
    private Instant minute = Instant.EPOCH;
    private long requests;
    private long input;
    private long output;

    RateLimits(Clock clock) {
        this.clock = clock;
    }

    /** Takes the counts of a message off and states what remains. */
    synchronized void state(HttpHeaders headers, Counts counts) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (!now.equals(minute)) {
            minute = now;
            requests = 0;
            input = 0;
            output = 0;
        }
        requests++;
        input += counts.input() + counts.cacheWrite5m() + counts.cacheWrite1h();
        output += counts.output();
        put(headers, "input-tokens", INPUT, thousands(INPUT - input));
        put(headers, "output-tokens", OUTPUT, thousands(OUTPUT - output));
        put(headers, "requests", REQUESTS, REQUESTS - requests);
        put(headers, "tokens", INPUT + OUTPUT, thousands(INPUT + OUTPUT - input - output));
    }

    private void put(HttpHeaders headers, String what, long limit, long remaining) {
        String prefix = "anthropic-ratelimit-" + what;
        headers.set(prefix + "-limit", limit);
        headers.set(prefix + "-remaining", Math.max(0, remaining));
        headers.set(prefix + "-reset", minute.plus(1, ChronoUnit.MINUTES).toString());
    }

    private static long thousands(long tokens) {
        return tokens / 1000 * 1000;
    }
}
