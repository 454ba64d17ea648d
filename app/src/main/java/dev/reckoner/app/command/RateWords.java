package dev.reckoner.app.command;

import dev.reckoner.app.output.Numbers;
import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.ToolPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The rows of the rate table in words. */
final class RateWords {
    private static final String NONE = "-";

    private RateWords() {}

    /** Speed and prompt size, as short as they can be understood. */
    static String terms(Rate rate) {
        return terms(rate.speed(), rate.promptTier());
    }

    static String terms(Rate.Speed speed, Rate.PromptTier tier) {
        String size = size(tier);
        if (speed == Rate.Speed.FAST) {
            return size.isEmpty() ? "fast" : "fast " + size;
        }
        return size.isEmpty() ? "standard" : size;
    }

    private static String size(Rate.PromptTier tier) {
        return switch (tier) {
            case ALL -> "";
            case LE_100K -> "≤100k";
            case GT_100K -> ">100k";
            case LE_200K -> "≤200k";
            case GT_200K -> ">200k";
        };
    }

    static String from(@Nullable Instant instant) {
        return instant == null ? "ever" : day(instant);
    }

    static String to(@Nullable Instant instant) {
        return instant == null ? "open" : day(instant);
    }

    /** An instant to the minute. */
    static String instant(Instant instant) {
        return day(instant) + instant.toString().substring(10, 16).replace('T', ' ') + " UTC";
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    static String price(@Nullable BigDecimal price) {
        return price == null ? NONE : Numbers.exact(price);
    }

    /** The five classes in the order of an invoice. */
    static List<String> prices(Prices prices) {
        return List.of(
                price(prices.input()),
                price(prices.cacheWrite5m()),
                price(prices.cacheWrite1h()),
                price(prices.cacheRead()),
                price(prices.output()));
    }

    /** Where a line's rate comes from: the rows behind its version, or that no row of today has it. */
    static List<String> origins(RateTable table, String lineVersion) {
        List<String> origins = new ArrayList<>();
        for (String version : lineVersion.split("[" + RateTable.VERSIONS_JOINED_BY + "]", -1)) {
            origins.add(origin(table, version));
        }
        return origins;
    }

    private static String origin(RateTable table, String version) {
        for (Rate rate : table.rates()) {
            if (rate.version().equals(version)) {
                return origin(rate);
            }
        }
        for (Discount discount : table.discounts()) {
            if (discount.version().equals(version)) {
                return origin(discount);
            }
        }
        for (ToolPrice price : table.toolPrices()) {
            if (price.version().equals(version)) {
                return origin(price);
            }
        }
        return "version " + version + ", no row of today's rate table";
    }

    private static String origin(Rate rate) {
        StringJoiner row = row(rate.version(), rate.origin());
        row.add(rate.model() + " " + Names.of(rate.speed()) + " " + Names.of(rate.promptTier()));
        row.add("from " + from(rate.from()));
        if (!rate.confidence().isEmpty()) {
            row.add("confidence " + rate.confidence());
        }
        return sources(row, rate.sources(), rate.note());
    }

    private static String origin(Discount discount) {
        StringJoiner row = row(discount.version(), discount.origin());
        row.add("discount × " + price(discount.factor()) + " on " + discount.target());
        row.add("from " + from(discount.from()));
        return sources(row, discount.sources(), discount.note());
    }

    private static String origin(ToolPrice price) {
        StringJoiner row = row(price.version(), price.origin());
        row.add(price.tool());
        row.add("from " + from(price.from()));
        return sources(row, price.sources(), price.note());
    }

    private static StringJoiner row(String version, String origin) {
        return new StringJoiner(", ").add("version " + version).add(origin);
    }

    /** The source note; a row of the operator's that has none is its own source. */
    private static String sources(StringJoiner row, String sources, String note) {
        if (!sources.isEmpty()) {
            row.add("sources: " + sources);
        }
        if (!note.isEmpty()) {
            row.add("note: " + note);
        }
        return row.toString();
    }
}
