package dev.reckoner.console.vendor;

import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.ledger.Bucket;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The vendor's bucket widths, each with how many buckets a page has by default and at most (api-facts §4.1). */
enum BucketWidth {
    DAY("1d", Bucket.DAY, Duration.ofDays(1), 7, 31),
    HOUR("1h", Bucket.HOUR, Duration.ofHours(1), 24, 168),
    MINUTE("1m", Bucket.MINUTE, Duration.ofMinutes(1), 60, 1_440);

    private final String text;
    private final Bucket bucket;
    private final Duration width;
    private final int pageByDefault;
    private final int pageMax;

    BucketWidth(String text, Bucket bucket, Duration width, int pageByDefault, int pageMax) {
        this.text = text;
        this.bucket = bucket;
        this.width = width;
        this.pageByDefault = pageByDefault;
        this.pageMax = pageMax;
    }

    /** Reads {@code bucket_width} for the usage report. */
    static BucketWidth of(Params params) {
        BucketWidth width = of(params, "bucket_width");
        return width == null ? DAY : width;
    }

    /** Reads a width under that name; null where there is none. */
    static @Nullable BucketWidth of(Params params, String name) {
        String found = params.one(name);
        if (found == null) {
            return null;
        }
        for (BucketWidth width : values()) {
            if (width.text.equals(found)) {
                return width;
            }
        }
        throw Problem.parameter(name, found, "1d, 1h or 1m");
    }

    /** Reads {@code bucket_width} for the cost report, which knows days only (api-facts §4.2). */
    static BucketWidth dayOnly(Params params) {
        String found = params.one("bucket_width");
        if (found != null && !found.equals(DAY.text)) {
            throw Problem.parameter("bucket_width", found, "1d");
        }
        return DAY;
    }

    Bucket bucket() {
        return bucket;
    }

    Duration width() {
        return width;
    }

    /** The time on a page where nothing else is asked for. */
    Duration usualPage() {
        return width.multipliedBy(pageByDefault);
    }

    long limit(Params params) {
        return params.number("limit", pageByDefault, 1, pageMax);
    }

    /** The start of the bucket that holds the instant; buckets are aligned in UTC. */
    Instant snap(Instant instant) {
        long seconds = width.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
    }
}
