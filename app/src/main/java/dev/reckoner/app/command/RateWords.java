package dev.reckoner.app.command;

import dev.reckoner.app.output.Numbers;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
}
