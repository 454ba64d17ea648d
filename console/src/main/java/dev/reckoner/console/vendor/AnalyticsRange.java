package dev.reckoner.console.vendor;

import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time that an analytics question is about (api-facts §4.3).
 *
 * @param from start of the first bucket, or of the hour
 * @param until end of the last bucket, or of the hour
 * @param width of the buckets; null for one row over the whole time
 */
record AnalyticsRange(Instant from, Instant until, @Nullable BucketWidth width) {
    private static final Duration SPAN_MAX = Duration.ofDays(31);
    private static final Duration MINUTES_SPAN_MAX = Duration.ofHours(24);

    /** Reads {@code starting_at}, {@code ending_at} and {@code time_bucket_width}. */
    static AnalyticsRange of(Params params, Instant now) {
        BucketWidth width = BucketWidth.of(params, "time_bucket_width");
        Instant start = Page.start(params);
        Instant end = end(params, width, start, now);
        if (width != null) {
            Instant last = width.snap(end);
            return new AnalyticsRange(width.snap(start), last.isBefore(end) ? last.plus(width.width()) : last, width);
        }
        Instant from = BucketWidth.HOUR.snap(start);
        Instant until = BucketWidth.HOUR.snap(end);
        return new AnalyticsRange(from, until.isBefore(from) ? from : until, null);
    }

    private static Instant end(Params params, @Nullable BucketWidth width, Instant start, Instant now) {
        String text = params.one("ending_at");
        if (text == null) {
            if (width != null) {
                throw Problem.missing("ending_at", "an RFC 3339 date and time, which time_bucket_width needs");
            }
            Instant latest = start.plus(SPAN_MAX);
            return now.isBefore(latest) ? now : latest;
        }
        Instant end = Page.instant("ending_at", text);
        Duration most = width == BucketWidth.MINUTE ? MINUTES_SPAN_MAX : SPAN_MAX;
        if (!end.isAfter(start) || Duration.between(start, end).compareTo(most) > 0) {
            throw Problem.parameter(
                    "ending_at", text, "an instant after starting_at, at most " + most.toHours() + " hours later");
        }
        return end;
    }

    /** The end of the row that starts there. */
    Instant end(Instant start) {
        return width == null ? until : start.plus(width.width());
    }

    /** It in pieces of a page's usual length, in the order of time; of one piece where there are no buckets. */
    List<AnalyticsRange> pieces() {
        if (width == null) {
            return List.of(this);
        }
        List<AnalyticsRange> pieces = new ArrayList<>();
        Instant start = from;
        while (start.isBefore(until)) {
            Instant end = start.plus(width.usualPage());
            end = end.isBefore(until) ? end : until;
            pieces.add(new AnalyticsRange(start, end, width));
            start = end;
        }
        return pieces;
    }

    boolean holds(Instant start) {
        return !start.isBefore(from) && start.isBefore(until);
    }

    boolean nothing() {
        return !from.isBefore(until);
    }
}
