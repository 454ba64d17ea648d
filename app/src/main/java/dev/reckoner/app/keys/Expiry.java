package dev.reckoner.app.keys;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * When something ends: so long from now, or at the end of a UTC day.
 *
 * @param after null where a day was named
 * @param day null where a time from now was
 */
record Expiry(@Nullable Duration after, @Nullable LocalDate day) {

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})(m|h|d)");

    /** The instant from which it holds no longer. */
    Instant instant(Instant now) {
        if (day != null) {
            return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return after == null ? now : now.plus(after);
    }

    private static @Nullable Duration span(String text) {
        Matcher form = SPAN.matcher(text);
        if (!form.matches()) {
            return null;
        }
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** Such as 30d or 2026-12-31. */
    static final class Converter implements ITypeConverter<Expiry> {
        @Override
        public Expiry convert(String value) {
            Duration span = span(value);
            if (span != null) {
                return new Expiry(span, null);
            }
            try {
                return new Expiry(null, LocalDate.parse(value));
            } catch (DateTimeException e) {
                throw new TypeConversionException("found \"" + value
                        + "\", expected a number and m, h or d, such as 30d, or the last UTC day, such as 2026-12-31");
            }
        }
    }

    /** Such as 24h, or 0 for at once. */
    static final class Grace implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            Duration span = value.equals("0") ? Duration.ZERO : span(value);
            if (span == null) {
                throw new TypeConversionException(
                        "found \"" + value + "\", expected a number and m, h or d, such as 24h, or 0 for at once");
            }
            return span;
        }
    }
}
