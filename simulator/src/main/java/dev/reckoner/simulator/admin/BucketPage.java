package dev.reckoner.simulator.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.simulator.Problem;
import java.io.IOException;
import java.time.Instant;

/**
 * One page of a report that is paged by buckets.
 *
 * @param from the start of the first bucket
 * @param count how many buckets it has
 * @param more whether buckets follow
 */
record BucketPage(Width width, Instant from, int count, boolean more) {

    /** Writes the results of the bucket that starts then. */
    interface Results {
        void write(JsonGenerator json, Instant start) throws IOException;
    }

    /** The page asked for: buckets that begin at or after the start and end by the end (api-facts §4.1). */
    static BucketPage of(Query query, Width width, Paging paging, Instant now) {
        Instant start = width.start(query.start());
        Instant asked = query.instant("ending_at");
        if (asked != null && !asked.isAfter(query.start())) {
            throw Problem.invalid("ending_at: expected an instant after starting_at");
        }
        Instant end = asked == null ? width.plus(width.start(now), 1) : width.start(asked);
        int limit = paging.limit(query.limit(width.pageDefault(), width.pageMax()));
        Instant from = Instant.ofEpochSecond(paging.position(query.one("page"), start.getEpochSecond()));
        int count = 0;
        while (count < limit && width.plus(from, count).isBefore(end)) {
            count++;
        }
        return new BucketPage(width, from, count, width.plus(from, count).isBefore(end));
    }

    Instant until() {
        return width.plus(from, count);
    }

    byte[] json(Paging paging, Results results) {
        return Json.object(json -> {
            json.writeArrayFieldStart("data");
            for (int i = 0; i < count; i++) {
                Instant start = width.plus(from, i);
                json.writeStartObject();
                json.writeStringField("starting_at", start.toString());
                json.writeStringField("ending_at", width.plus(start, 1).toString());
                json.writeArrayFieldStart("results");
                results.write(json, start);
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            boolean goesOn = paging.more(more);
            json.writeBooleanField("has_more", goesOn);
            Json.string(json, "next_page", goesOn ? paging.cursor(until().getEpochSecond()) : null);
        });
    }
}
