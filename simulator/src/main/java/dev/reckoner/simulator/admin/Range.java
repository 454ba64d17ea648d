package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The range of an analytics request, checked (api-facts §4.3).
 *
 * @param width null for one row over the whole range
 */
record Range(Instant from, Instant until, @Nullable Width width) {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration BACK_MAX = Duration.ofDays(365);
    private static final Duration SPAN_MAX = Duration.ofDays(31);
    private static final Duration MINUTES_SPAN_MAX = Duration.ofHours(24);

    static Range of(Query query, Instant now) {
        Instant start = query.start();
        Instant end = query.instant("ending_at");
        Width width = query.one("time_bucket_width") == null
                ? null
                : Width.named(query.choice("time_bucket_width", Width.NAMES));
        if (start.isBefore(FIRST) || start.isBefore(now.minus(BACK_MAX))) {
            throw Problem.invalid("starting_at: expected an instant within 365 days and not before " + FIRST);
        }
        if (width != null && end == null) {
            throw Problem.invalid("ending_at: required with time_bucket_width");
        }
        Instant until = end == null ? earlier(now, start.plus(SPAN_MAX)) : end;
        Duration span = width == Width.MINUTE ? MINUTES_SPAN_MAX : SPAN_MAX;
        if (!until.isAfter(start) || Duration.between(start, until).compareTo(span) > 0) {
            throw Problem.invalid("ending_at: expected an instant after starting_at and at most " + span + " later");
        }
        return width == null
                ? new Range(start.truncatedTo(ChronoUnit.HOURS), until.truncatedTo(ChronoUnit.HOURS), null)
                : new Range(width.start(start), until, width);
    }

    /** The start of the row in which a bucket is counted. */
    Instant rowStart(Instant bucket) {
        return width == null ? from : bucket;
    }

    Instant rowEnd(Instant rowStart) {
        return width == null ? until : width.plus(rowStart, 1);
    }

    /** The width of the buckets to read: never wider than a day, because prices hold for days. */
    Width read() {
        return width == null ? Width.DAY : width;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
