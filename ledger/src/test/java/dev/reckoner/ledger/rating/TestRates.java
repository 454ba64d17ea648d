package dev.reckoner.ledger.rating;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Problem;
import dev.reckoner.config.Rate;
import dev.reckoner.config.Rate.PromptTier;
import dev.reckoner.config.Rate.Speed;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.ToolPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A small rate table with one row of every kind that the rules tell apart; prices from api-facts §3. */
final class TestRates implements RateTable {
    /** Model, alias, from, to, speed, prompt tier, five prices ("-" for none), batch factor, US factor. */
    private static final String ROWS = """
            claude-opus-5|||||ALL|5 6.25 10 0.5 25|0.5|1.1
            claude-opus-5||||FAST|ALL|10 12.5 20 1 50||1.1
            claude-opus-4-8|||||ALL|5 6.25 10 0.5 25|0.5|1.1
            claude-opus-4-8||||FAST|ALL|10 12.5 20 1 50||1.1
            claude-fable-5|||||ALL|10 12.5 20 1 50|0.5|1.1
            claude-sonnet-5|||||ALL|2 2.5 4 0.2 10|0.5|1.1
            claude-sonnet-5-5|||2026-10-07||ALL|2 2.5 4 0.2 10|0.5|1.1
            claude-sonnet-5-5||2026-10-07|||ALL|2 2.5 4 0.1 10|0.5|1.1
            claude-sonnet-4-5-20250929|claude-sonnet-4-5||||LE_200K|3 3.75 6 0.3 15|0.5|1
            claude-sonnet-4-5-20250929|claude-sonnet-4-5||2026-04-30||GT_200K|6 7.5 12 0.6 22.5|0.5|1
            claude-sonnet-4-6|||||LE_200K|3 3.75 6 0.3 15|0.5|1.1
            claude-sonnet-4-6|||||GT_200K|3 3.75 6 0.30 15|0.5|1.1
            claude-haiku-5-5|||||LE_100K|0.1 0.125 0.2 0.01 0.5|0.5|1.1
            claude-haiku-5-5|||||GT_100K|0.5 0.625 1 0.05 2.5|0.5|1.1
            claude-2.1|||||ALL|8 - - - 24||1
            claude-unpriced|||||ALL|||1
            """;

    private final List<Rate> rates;
    private final List<ToolPrice> tools;

    TestRates() {
        this(List.of(new ToolPrice(WEB_SEARCH, null, null, BigDecimal.TEN, "test", "", "test", "search")));
    }

    TestRates(List<ToolPrice> tools) {
        this.rates = ROWS.lines().map(TestRates::row).toList();
        this.tools = tools;
    }

    private static Rate row(String text) {
        String[] cells = text.split("\\|", -1);
        return new Rate(
                cells[0],
                cells[1].isEmpty() ? List.of() : List.of(cells[1]),
                day(cells[2]),
                day(cells[3]),
                cells[4].isEmpty() ? Speed.STANDARD : Speed.valueOf(cells[4]),
                PromptTier.valueOf(cells[5]),
                cells[6].isEmpty() ? null : prices(cells[6], "1"),
                cells[7].isEmpty() ? null : prices(cells[6], cells[7]),
                new BigDecimal(cells[8]),
                "active",
                "high",
                "test",
                "",
                "test",
                cells[4].isEmpty() ? cells[0] : cells[0] + "-fast");
    }

    private static @Nullable Instant day(String text) {
        return text.isEmpty() ? null : Instant.parse(text + "T00:00:00Z");
    }

    private static Prices prices(String five, String factor) {
        BigDecimal[] values = new BigDecimal[5];
        String[] texts = five.split(" ", -1);
        for (int i = 0; i < texts.length; i++) {
            values[i] = texts[i].equals("-") ? null : new BigDecimal(texts[i]).multiply(new BigDecimal(factor));
        }
        return new Prices(values[0], values[1], values[2], values[3], values[4]);
    }

    @Override
    public List<Rate> rates() {
        return rates;
    }

    @Override
    public Optional<String> canonicalModel(String idOrAlias) {
        return rates.stream()
                .filter(rate -> names(rate, idOrAlias))
                .map(Rate::model)
                .findFirst();
    }

    @Override
    public List<Rate> find(String idOrAlias, Speed speed, Instant at) {
        return rates.stream()
                .filter(rate -> names(rate, idOrAlias) && rate.speed() == speed)
                .filter(rate -> rate.from() == null || !at.isBefore(rate.from()))
                .filter(rate -> rate.to() == null || at.isBefore(rate.to()))
                .toList();
    }

    @Override
    public List<Discount> discounts() {
        return List.of();
    }

    @Override
    public Optional<Discount> discount(String modelOrTool, Instant at) {
        return Optional.empty();
    }

    @Override
    public List<ToolPrice> toolPrices() {
        return tools;
    }

    @Override
    public Optional<ToolPrice> toolPrice(String tool, Instant at) {
        return tools.stream().filter(price -> price.tool().equals(tool)).findFirst();
    }

    @Override
    public List<Problem> warnings() {
        return List.of();
    }

    private static boolean names(Rate rate, String idOrAlias) {
        return rate.model().equals(idOrAlias) || rate.aliases().contains(idOrAlias);
    }

    @Override
    public String version() {
        return "test";
    }
}
