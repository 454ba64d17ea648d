package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How near one group came to the vendor's rate limits in one bucket. Input and requests count in the minute in which an
 * exchange began, output in the one in which it ended. Batches, fast and priority traffic have limits of their own and are
 * left out.
 *
 * @param start start of the bucket
 * @param group the model, user or key; the empty string where not stated
 * @param peakInput the most tokens of input in one minute, without cache reads
 * @param peakOutput the most tokens of output in one minute
 * @param peakRequests the most requests in one minute
 * @param input tokens of input of the whole bucket without cache reads
 * @param cacheRead tokens read from the cache
 * @param output tokens of output of the whole bucket
 * @param requests requests of the whole bucket
 * @param throttled requests that the vendor refused with 429
 * @param limits the limits that the vendor stated last in the bucket; one is null where it stated none, or several that differ
 * @param throttledUsers whose requests were refused, most of them first
 */
public record RateLimitRow(
        Instant start,
        String group,
        Peak peakInput,
        Peak peakOutput,
        Peak peakRequests,
        long input,
        long cacheRead,
        long output,
        long requests,
        long throttled,
        VendorLimits limits,
        List<Throttled> throttledUsers) {

    public RateLimitRow {
        throttledUsers = List.copyOf(throttledUsers);
    }

    /** The most in one minute, and the first minute that had it; null where there was nothing. */
    public record Peak(long most, @Nullable Instant at) {

        /** Nothing. */
        public static final Peak NONE = new Peak(0, null);
    }

    /** So many refused requests of one user; the empty string where not stated. */
    public record Throttled(String user, long requests) {}
}
