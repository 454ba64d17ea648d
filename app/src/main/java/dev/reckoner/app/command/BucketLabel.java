package dev.reckoner.app.command;

import dev.reckoner.ledger.Bucket;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A bucket's start as people write it: a day, a month, or a minute; all in UTC. */
final class BucketLabel {
    private static final DateTimeFormatter DAY = utc("uuuu-MM-dd");
    private static final DateTimeFormatter MONTH = utc("uuuu-MM");
    private static final DateTimeFormatter MINUTE = utc("uuuu-MM-dd HH:mm");

    private BucketLabel() {}

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    static String of(Bucket bucket, @Nullable Instant start) {
        if (start == null) {
            return "";
        }
        return switch (bucket) {
            case MONTH -> MONTH.format(start);
            case DAY, WEEK -> DAY.format(start);
            case MINUTE, HOUR -> MINUTE.format(start);
            case ALL -> "";
        };
    }

    static String title(Bucket bucket) {
        return switch (bucket) {
            case MONTH -> "Month";
            case WEEK -> "Week of";
            case DAY -> "Date";
            case MINUTE, HOUR -> "Time (UTC)";
            case ALL -> "";
        };
    }
}
