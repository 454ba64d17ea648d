package dev.reckoner.ledger.rating;

import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.Rate.PromptTier;
import dev.reckoner.config.Rate.Speed;
import dev.reckoner.config.RateTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A small rate table with one row of every kind that the rules tell apart; prices from api-facts §3. */
final class TestRates implements RateTable {
    private final List<Rate> rates = new ArrayList<>();

    TestRates() {
        add("claude-opus-5", "", null, null, Speed.STANDARD, PromptTier.ALL, "5 6.25 10 0.5 25", true, "1.1");
        add("claude-opus-5", "", null, null, Speed.FAST, PromptTier.ALL, "10 12.5 20 1 50", false, "1.1");
        add("claude-opus-4-8", "", null, null, Speed.STANDARD, PromptTier.ALL, "5 6.25 10 0.5 25", true, "1.1");
        add("claude-fable-5", "", null, null, Speed.STANDARD, PromptTier.ALL, "10 12.5 20 1 50", true, "1.1");
        add("claude-sonnet-5", "", null, null, Speed.STANDARD, PromptTier.ALL, "2 2.5 4 0.2 10", true, "1.1");
        String cut = "2026-10-07T00:00:00Z";
        add("claude-sonnet-5-5", "", null, cut, Speed.STANDARD, PromptTier.ALL, "2 2.5 4 0.2 10", true, "1.1");
        add("claude-sonnet-5-5", "", cut, null, Speed.STANDARD, PromptTier.ALL, "2 2.5 4 0.1 10", true, "1.1");
        String old = "claude-sonnet-4-5-20250929";
        String alias = "claude-sonnet-4-5";
        String gone = "2026-04-30T00:00:00Z";
        add(old, alias, null, null, Speed.STANDARD, PromptTier.LE_200K, "3 3.75 6 0.3 15", true, "1");
        add(old, alias, null, gone, Speed.STANDARD, PromptTier.GT_200K, "6 7.5 12 0.6 22.5", true, "1");
        add("claude-sonnet-4-6", "", null, null, Speed.STANDARD, PromptTier.LE_200K, "3 3.75 6 0.3 15", true, "1.1");
        add("claude-sonnet-4-6", "", null, null, Speed.STANDARD, PromptTier.GT_200K, "3 3.75 6 0.30 15", true, "1.1");
        String small = "claude-haiku-5-5";
        add(small, "", null, null, Speed.STANDARD, PromptTier.LE_100K, "0.1 0.125 0.2 0.01 0.5", true, "1.1");
        add(small, "", null, null, Speed.STANDARD, PromptTier.GT_100K, "0.5 0.625 1 0.05 2.5", true, "1.1");
        add("claude-2.1", "", null, null, Speed.STANDARD, PromptTier.ALL, "8 - - - 24", false, "1");
        add("claude-unpriced", "", null, null, Speed.STANDARD, PromptTier.ALL, null, false, "1");
    }

    private void add(
            String model,
            String aliases,
            @Nullable String from,
            @Nullable String to,
            Speed speed,
            PromptTier tier,
            @Nullable String prices,
            boolean batch,
            String us) {
        Prices standard = prices == null ? null : prices(prices, "1");
        rates.add(new Rate(
                model,
                aliases.isEmpty() ? List.of() : List.of(aliases),
                from == null ? null : Instant.parse(from),
                to == null ? null : Instant.parse(to),
                speed,
                tier,
                standard,
                prices == null || !batch ? null : prices(prices, "0.5"),
                new BigDecimal(us),
                "active",
                "high",
                "test",
                "",
                "test:" + (rates.size() + 1),
                "v" + (rates.size() + 1)));
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

    private static boolean names(Rate rate, String idOrAlias) {
        return rate.model().equals(idOrAlias) || rate.aliases().contains(idOrAlias);
    }

    @Override
    public String version() {
        return "test";
    }
}
