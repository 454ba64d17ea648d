package dev.reckoner.app.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The time a report is about, from an instant to before another. */
public record Period(Instant from, Instant until) {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The whole UTC days that it touches. */
    Period wholeDays() {
        Instant first = from.truncatedTo(ChronoUnit.DAYS);
        Instant last = until.truncatedTo(ChronoUnit.DAYS);
        return new Period(first, last.equals(until) ? until : last.plus(1, ChronoUnit.DAYS));
    }

    /** The period in words: days where it is made of whole ones. */
    public String words() {
        if (!wholeDay(from) || !wholeDay(until)) {
            return MINUTE.format(from) + " to " + MINUTE.format(until) + " UTC";
        }
        LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(until, ZoneOffset.UTC).minusDays(1);
        return first.equals(last) ? first + " UTC" : first + " to " + last + " UTC";
    }

    private static boolean wholeDay(Instant instant) {
        return instant.getEpochSecond() % 86_400 == 0 && instant.getNano() == 0;
    }
}
