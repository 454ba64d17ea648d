package dev.reckoner.app.command;

import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.SessionQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the words of the command line become values; each says what it found and what it expected. */
public final class Converters {
    private static final Map<String, Bucket> BUCKETS = buckets();

    private Converters() {}

    private static Map<String, Bucket> buckets() {
        Map<String, Bucket> buckets = new LinkedHashMap<>();
        buckets.put("1m", Bucket.MINUTE);
        buckets.put("1h", Bucket.HOUR);
        buckets.put("1d", Bucket.DAY);
        buckets.put("1w", Bucket.WEEK);
        buckets.put("1mo", Bucket.MONTH);
        return buckets;
    }

    private static TypeConversionException wrong(String found, String expected) {
        return new TypeConversionException("found \"" + found + "\", expected " + expected);
    }

    /** A UTC day. */
    public static final class Day implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String value) {
            boolean basic = value.length() == 8;
            try {
                return LocalDate.parse(
                        value, basic ? DateTimeFormatter.BASIC_ISO_DATE : DateTimeFormatter.ISO_LOCAL_DATE);
            } catch (DateTimeParseException e) {
                throw wrong(value, "a UTC day such as 2026-11-21 or 20261121");
            }
        }
    }

    /** An instant, or the start of a UTC day. */
    public static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String value) {
            try {
                return value.indexOf('T') < 0
                        ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeParseException e) {
                throw wrong(value, "an instant such as 2026-11-01T00:00Z, or a UTC day such as 2026-11-01");
            }
        }
    }

    /** A UTC month. */
    public static final class Month implements ITypeConverter<YearMonth> {
        @Override
        public YearMonth convert(String value) {
            try {
                return YearMonth.parse(value);
            } catch (DateTimeParseException e) {
                throw wrong(value, "a UTC month such as 2026-11");
            }
        }
    }

    /** An amount of USD. */
    public static final class Usd implements ITypeConverter<BigDecimal> {
        private static final Pattern FORM = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,18})?");

        @Override
        public BigDecimal convert(String value) {
            if (!FORM.matcher(value).matches()) {
                throw wrong(value, "an amount of USD of 0 or more, such as 0.05");
            }
            return new BigDecimal(value);
        }
    }

    /** A span of time up to now. */
    static final class Last implements ITypeConverter<Span> {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})(m|h|d|w|mo)");

        @Override
        public Span convert(String value) {
            Matcher form = FORM.matcher(value);
            if (!form.matches()) {
                throw wrong(value, "a number and m, h, d, w or mo, such as 24h, 7d or 3mo");
            }
            return new Span(Integer.parseInt(form.group(1)), form.group(2));
        }
    }

    /** A bucket width. */
    static final class Width implements ITypeConverter<Bucket> {
        @Override
        public Bucket convert(String value) {
            Bucket bucket = BUCKETS.get(value);
            if (bucket == null) {
                throw wrong(value, "one of " + String.join(", ", BUCKETS.keySet()));
            }
            return bucket;
        }
    }

    /** A dimension by its name in lower case. */
    public static final class By implements ITypeConverter<Dimension> {
        @Override
        public Dimension convert(String value) {
            String name = value.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            return Stream.of(Dimension.values())
                    .filter(dimension -> dimension.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> wrong(value, "one of " + dimensions()));
        }

        private static String dimensions() {
            return Stream.of(Dimension.values()).map(Names::of).collect(Collectors.joining(", "));
        }
    }

    /** A choice of batches by its name in lower case. */
    static final class Batches implements ITypeConverter<BatchQuery.Which> {
        @Override
        public BatchQuery.Which convert(String value) {
            return Stream.of(BatchQuery.Which.values())
                    .filter(which -> Names.of(which).equals(value))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            value,
                            "one of "
                                    + Stream.of(BatchQuery.Which.values())
                                            .map(Names::of)
                                            .collect(Collectors.joining(", "))));
        }
    }

    /** How an exchange ended. */
    static final class OutcomeWord implements ITypeConverter<Outcome> {
        @Override
        public Outcome convert(String value) {
            return Stream.of(Outcome.values())
                    .filter(outcome -> Names.of(outcome).equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            value,
                            "one of "
                                    + Stream.of(Outcome.values()).map(Names::of).collect(Collectors.joining(", "))));
        }
    }

    /** Which sessions come first. */
    static final class SessionOrder implements ITypeConverter<SessionQuery.Order> {
        @Override
        public SessionQuery.Order convert(String value) {
            return Stream.of(SessionQuery.Order.values())
                    .filter(order -> Names.of(order).equals(value))
                    .findFirst()
                    .orElseThrow(() -> wrong(value, "cost or last"));
        }
    }

    /** A filter such as user=ada. */
    static final class Filter implements ITypeConverter<Where> {
        @Override
        public Where convert(String value) {
            int equals = value.indexOf('=');
            if (equals < 0) {
                throw wrong(value, "a dimension and a value, such as user=ada");
            }
            return new Where(new By().convert(value.substring(0, equals)), value.substring(equals + 1));
        }
    }
}
