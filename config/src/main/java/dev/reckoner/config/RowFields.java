package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one record of a rate file, each read as what its column has to be; notes every bad one and goes on. */
final class RowFields {

    static final int ID_CHARS_MAX = 200;

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e&&[^,;\"]]{1," + ID_CHARS_MAX + "}");

    private final String origin;
    private final Map<RateColumn, String> fields;
    private final List<Problem> problems;

    /**
     * Takes what one record says.
     *
     * @param origin file and line
     * @param fields the columns that the file has
     * @param problems where problems go
     */
    RowFields(String origin, Map<RateColumn, String> fields, List<Problem> problems) {
        this.origin = origin;
        this.fields = fields;
        this.problems = problems;
    }

    /** Whether a text can be a model's id. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    String origin() {
        return origin;
    }

    int problems() {
        return problems.size();
    }

    /** The text of a column, "" where the file hasn't got it. */
    String field(RateColumn column) {
        return fields.getOrDefault(column, "").strip();
    }

    boolean stated(RateColumn column) {
        return !field(column).isEmpty();
    }

    /** Adds a problem with a column's value. */
    void add(RateColumn column, String expected) {
        add(column, field(column), expected, null);
    }

    void add(RateColumn column, String found, String expected, @Nullable String suggestion) {
        problems.add(new Problem(origin, column.header(), found.isEmpty() ? null : found, expected, suggestion));
    }

    /** An exact id, as the column says it or a part of what it says. */
    String id(RateColumn column, String value) {
        if (!isId(value)) {
            String expected = "an exact model id of 1 to " + ID_CHARS_MAX
                    + " visible ASCII characters without comma, semicolon or quote";
            add(column, value, expected, null);
        }
        return value;
    }

    /** The first day, and a check that the last one comes after it. */
    @Nullable
    Instant from() {
        Instant from = date(RateColumn.EFFECTIVE_FROM_UTC);
        Instant to = to();
        if (from != null && to != null && !to.isAfter(from)) {
            add(RateColumn.EFFECTIVE_TO_UTC_EXCLUSIVE, "a day after effective_from_utc");
        }
        return from;
    }

    @Nullable
    Instant to() {
        return date(RateColumn.EFFECTIVE_TO_UTC_EXCLUSIVE);
    }

    private @Nullable Instant date(RateColumn column) {
        String value = field(column);
        if (value.isEmpty()) {
            return null;
        }
        try {
            if (DATE.matcher(value).matches()) {
                return LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
        } catch (DateTimeException e) {
            // falls through to the same sentence: a day that no calendar has is as bad as no day
        }
        add(column, "a UTC day as YYYY-MM-DD, or nothing for an open end");
        return null;
    }

    /** One of an enum's names in lower case, the standard one where nothing is said. */
    <E extends Enum<E>> E choice(RateColumn column, E standard) {
        String value = field(column);
        if (value.isEmpty()) {
            return standard;
        }
        E[] all = standard.getDeclaringClass().getEnumConstants();
        List<String> names =
                Arrays.stream(all).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
        int at = names.indexOf(value);
        if (at >= 0) {
            return all[at];
        }
        add(column, value, "one of " + String.join(", ", names), Nearest.to(value, names));
        return standard;
    }

    /** A price: 0 or more, of at most six decimals; null where nothing is said or it was bad. */
    @Nullable
    BigDecimal price(RateColumn column) {
        return decimal(column, DECIMAL, "a decimal number of 0 or more such as 3.75, with at most six decimals");
    }

    /** A decimal of that form, null where nothing is said or it was bad. */
    @Nullable
    BigDecimal decimal(RateColumn column, Pattern form, String expected) {
        String value = field(column);
        if (value.isEmpty()) {
            return null;
        }
        if (form.matcher(value).matches()) {
            return new BigDecimal(value);
        }
        add(column, expected);
        return null;
    }

    static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    /** One spelling per number, so that 5 and 5.00 are the same version. */
    static String plain(@Nullable BigDecimal number) {
        return number == null ? "-" : number.stripTrailingZeros().toPlainString();
    }
}
