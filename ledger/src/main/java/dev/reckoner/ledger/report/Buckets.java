package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** The arithmetic of time buckets: all in UTC, weeks from Monday (ISO 8601). */
final class Buckets {

    private Buckets() {}

    /** The start of the bucket that an instant falls in; of its hour for {@link Bucket#ALL}. */
    static Instant start(Instant instant, Bucket bucket) {
        ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
        LocalDate day = utc.toLocalDate();
        return switch (bucket) {
            case MINUTE -> utc.truncatedTo(ChronoUnit.MINUTES).toInstant();
            case ALL, HOUR -> utc.truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAY -> start(day);
            case WEEK -> start(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTH -> start(day.withDayOfMonth(1));
        };
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
