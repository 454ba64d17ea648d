package dev.reckoner.ledger.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an exchange may not go upstream.
 *
 * @param limitId {@code spl_…}
 * @param message which limit, of how much, and when there is room again; shown to the client
 * @param retryAfter how long until there is room again, null where waiting doesn't help
 */
public record Refusal(
        Kind kind, String limitId, String message, @Nullable Duration retryAfter) {

    /** What kind of limit it is. */
    public enum Kind {
        /** Money in a calendar window. */
        BUDGET,
        /** Tokens or requests per minute. */
        RATE,
        /** Exchanges at once. */
        CONCURRENCY,
        /** A model that isn't allowed. */
        MODEL
    }
}
