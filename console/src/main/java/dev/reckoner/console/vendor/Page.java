package dev.reckoner.console.vendor;

import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole UTC buckets of one page of a report.
 *
 * @param from start of the first bucket
 * @param until end of the last bucket; equal to {@code from} where there is none
 * @param next the cursor of the page after, null on the last page
 */
record Page(
        BucketWidth width,
        Instant from,
        Instant until,
        @Nullable String next) {

    private static final Instant LEAST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant MOST = Instant.parse("2200-01-01T00:00:00Z");

    /**
     * Reads {@code starting_at}, {@code ending_at}, {@code limit} and {@code page}. A report ends with the last bucket
     * that ends by {@code ending_at}, and in any case with the bucket of the present.
     */
    static Page of(Params params, BucketWidth width, String endpoint, Instant now) {
        Instant start = width.snap(start(params));
        Instant end = width.snap(now).plus(width.width());
        String endText = params.one("ending_at");
        if (endText != null) {
            Instant ending = instant("ending_at", endText);
            if (!ending.isAfter(start)) {
                throw Problem.parameter("ending_at", endText, "an instant after starting_at");
            }
            Instant snapped = width.snap(ending);
            end = snapped.isBefore(end) ? snapped : end;
        }
        Cursor cursor = new Cursor(endpoint, params);
        String page = params.one("page");
        Instant from = page == null ? start : width.snap(cursor.read(page));
        Instant full = from.plus(width.width().multipliedBy(width.limit(params)));
        if (full.isBefore(end)) {
            return new Page(width, from, full, cursor.write(full));
        }
        return new Page(width, from, end.isBefore(from) ? from : end, null);
    }

    /** Starts of the buckets, in order. */
    List<Instant> buckets() {
        List<Instant> starts = new ArrayList<>();
        for (Instant start = from; start.isBefore(until); start = start.plus(width.width())) {
            starts.add(start);
        }
        return starts;
    }

    /** {@code starting_at}, which every report needs. */
    static Instant start(Params params) {
        String text = params.one("starting_at");
        if (text == null) {
            throw Problem.missing("starting_at", "an RFC 3339 date and time such as 2026-11-01T00:00:00Z");
        }
        return instant("starting_at", text);
    }

    /**
     * An instant as the vendor writes them.
     *
     * @throws Problem where it is none, or far from any time of these books
     */
    static Instant instant(String name, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(LEAST) && instant.isBefore(MOST)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // Said below, like an instant out of bounds.
        }
        throw Problem.parameter(
                name, text, "an RFC 3339 date and time with an offset, such as 2026-11-01T00:00:00Z, from 2000 on");
    }
}
