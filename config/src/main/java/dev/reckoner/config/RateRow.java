package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One record of a rate file on its way to a {@link Rate}; notes every bad field and goes on. */
final class RateRow {

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
    RateRow(String origin, Map<RateColumn, String> fields, List<Problem> problems) {
        this.origin = origin;
        this.fields = fields;
        this.problems = problems;
    }

    /** The rate, null where any field was bad. */
    @Nullable
    Rate rate() {
        int before = problems.size();
        String model = id(RateColumn.MODEL_ID, field(RateColumn.MODEL_ID));
        List<String> aliases = aliases();
        Instant from = date(RateColumn.EFFECTIVE_FROM_UTC);
        Instant to = date(RateColumn.EFFECTIVE_TO_UTC_EXCLUSIVE);
        if (from != null && to != null && !to.isAfter(from)) {
            add(RateColumn.EFFECTIVE_TO_UTC_EXCLUSIVE, "a day after effective_from_utc");
        }
        Rate.Speed speed = choice(RateColumn.SPEED, Rate.Speed.STANDARD);
        Rate.PromptTier tier = choice(RateColumn.PROMPT_TIER, Rate.PromptTier.ALL);
        Prices prices = prices(RateColumn.PRICES);
        Prices batch = prices(RateColumn.BATCH_PRICES);
        if (batch != null && prices == null) {
            add(RateColumn.BATCH_INPUT, "no batch prices where the row has no standard prices");
        }
        BigDecimal usMultiplier = usMultiplier(prices != null || batch != null);
        if (problems.size() > before) {
            return null;
        }
        String version =
                Digest.of(model, text(from), text(to), speed, tier, text(prices), text(batch), plain(usMultiplier));
        return new Rate(
                model,
                aliases,
                from,
                to,
                speed,
                tier,
                prices,
                batch,
                usMultiplier,
                field(RateColumn.STATUS),
                field(RateColumn.CONFIDENCE),
                field(RateColumn.SOURCES),
                field(RateColumn.NOTE),
                origin,
                version);
    }

    /** Whether a text can be a model's id. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private String id(RateColumn column, String value) {
        if (!isId(value)) {
            problems.add(new Problem(
                    origin,
                    column.header(),
                    value.isEmpty() ? null : value,
                    "an exact model id of 1 to " + ID_CHARS_MAX
                            + " visible ASCII characters without comma, semicolon or quote"));
        }
        return value;
    }

    private List<String> aliases() {
        List<String> aliases = new ArrayList<>();
        if (field(RateColumn.ALIASES).isEmpty()) {
            return aliases;
        }
        for (String alias : field(RateColumn.ALIASES).split(";", -1)) {
            aliases.add(id(RateColumn.ALIASES, alias.strip()));
        }
        return aliases;
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

    private <E extends Enum<E>> E choice(RateColumn column, E standard) {
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
        problems.add(new Problem(
                origin, column.header(), value, "one of " + String.join(", ", names), Nearest.to(value, names)));
        return standard;
    }

    private @Nullable Prices prices(List<RateColumn> columns) {
        if (columns.stream().allMatch(column -> field(column).isEmpty())) {
            return null;
        }
        for (RateColumn column : List.of(columns.get(0), columns.get(4))) {
            if (field(column).isEmpty()) {
                add(column, "a price, since other classes of this row have one");
            }
        }
        return new Prices(
                decimal(columns.get(0)),
                decimal(columns.get(1)),
                decimal(columns.get(2)),
                decimal(columns.get(3)),
                decimal(columns.get(4)));
    }

    private BigDecimal usMultiplier(boolean priced) {
        BigDecimal factor = decimal(RateColumn.INFERENCE_GEO_US_MULTIPLIER);
        if (factor == null) {
            if (priced && field(RateColumn.INFERENCE_GEO_US_MULTIPLIER).isEmpty()) {
                add(RateColumn.INFERENCE_GEO_US_MULTIPLIER, "a factor such as 1 or 1.1");
            }
            return BigDecimal.ONE;
        }
        if (factor.signum() == 0) {
            add(RateColumn.INFERENCE_GEO_US_MULTIPLIER, "a factor above 0 such as 1 or 1.1");
        }
        return factor;
    }

    private @Nullable BigDecimal decimal(RateColumn column) {
        String value = field(column);
        if (value.isEmpty()) {
            return null;
        }
        if (DECIMAL.matcher(value).matches()) {
            return new BigDecimal(value);
        }
        add(column, "a decimal number of 0 or more such as 3.75, with at most six decimals");
        return null;
    }

    private String field(RateColumn column) {
        return fields.getOrDefault(column, "").strip();
    }

    private void add(RateColumn column, String expected) {
        String value = field(column);
        problems.add(new Problem(origin, column.header(), value.isEmpty() ? null : value, expected));
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    private static String text(@Nullable Prices prices) {
        return prices == null
                ? ""
                : String.join(
                        " ",
                        plain(prices.input()),
                        plain(prices.cacheWrite5m()),
                        plain(prices.cacheWrite1h()),
                        plain(prices.cacheRead()),
                        plain(prices.output()));
    }

    /** One spelling per number, so that 5 and 5.00 are the same version. */
    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "-" : number.stripTrailingZeros().toPlainString();
    }
}
