package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record of a rate file that is a {@link Rate}. */
final class RateRow {

    /** Two decimals, so that quantity × rate × both factors fits the eighteen decimals of an amount. */
    private static final Pattern MULTIPLIER = Pattern.compile("[0-9](\\.[0-9]{1,2})?");

    private final RowFields fields;

    RateRow(RowFields fields) {
        this.fields = fields;
    }

    /** The rate, null where any field was bad. */
    @Nullable
    Rate rate() {
        int before = fields.problems();
        String model = fields.id(RateColumn.MODEL_ID, fields.field(RateColumn.MODEL_ID));
        List<String> aliases = aliases();
        Instant from = fields.from();
        Instant to = fields.to();
        Rate.Speed speed = fields.choice(RateColumn.SPEED, Rate.Speed.STANDARD);
        Rate.PromptTier tier = fields.choice(RateColumn.PROMPT_TIER, Rate.PromptTier.ALL);
        Prices prices = prices(RateColumn.PRICES);
        Prices batch = prices(RateColumn.BATCH_PRICES);
        if (batch != null && prices == null) {
            fields.add(RateColumn.BATCH_INPUT, "no batch prices where the row has no standard prices");
        }
        BigDecimal usMultiplier = usMultiplier(prices != null || batch != null);
        if (fields.problems() > before) {
            return null;
        }
        String version = Digest.of(
                model,
                RowFields.text(from),
                RowFields.text(to),
                speed,
                tier,
                text(prices),
                text(batch),
                RowFields.plain(usMultiplier));
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
                fields.field(RateColumn.STATUS),
                fields.field(RateColumn.CONFIDENCE),
                fields.field(RateColumn.SOURCES),
                fields.field(RateColumn.NOTE),
                fields.origin(),
                version);
    }

    private List<String> aliases() {
        List<String> aliases = new ArrayList<>();
        if (!fields.stated(RateColumn.ALIASES)) {
            return aliases;
        }
        for (String alias : fields.field(RateColumn.ALIASES).split(";", -1)) {
            aliases.add(fields.id(RateColumn.ALIASES, alias.strip()));
        }
        return aliases;
    }

    private @Nullable Prices prices(List<RateColumn> columns) {
        if (columns.stream().noneMatch(fields::stated)) {
            return null;
        }
        for (RateColumn column : List.of(columns.get(0), columns.get(4))) {
            if (!fields.stated(column)) {
                fields.add(column, "a price, since other classes of this row have one");
            }
        }
        return new Prices(
                fields.price(columns.get(0)),
                fields.price(columns.get(1)),
                fields.price(columns.get(2)),
                fields.price(columns.get(3)),
                fields.price(columns.get(4)));
    }

    private BigDecimal usMultiplier(boolean priced) {
        RateColumn column = RateColumn.INFERENCE_GEO_US_MULTIPLIER;
        BigDecimal factor = fields.decimal(column, MULTIPLIER, "a factor such as 1 or 1.1, with at most two decimals");
        if (factor == null) {
            if (priced && !fields.stated(column)) {
                fields.add(column, "a factor such as 1 or 1.1");
            }
            return BigDecimal.ONE;
        }
        if (factor.signum() == 0) {
            fields.add(column, "a factor above 0 such as 1 or 1.1");
        }
        return factor;
    }

    private static String text(@Nullable Prices prices) {
        return prices == null
                ? ""
                : String.join(
                        " ",
                        RowFields.plain(prices.input()),
                        RowFields.plain(prices.cacheWrite5m()),
                        RowFields.plain(prices.cacheWrite1h()),
                        RowFields.plain(prices.cacheRead()),
                        RowFields.plain(prices.output()));
    }
}
