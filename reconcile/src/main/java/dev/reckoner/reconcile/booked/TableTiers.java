package dev.reckoner.reconcile.booked;

import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.TierPrices;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The prompt tiers of the rate table that the vendor's reports have no name for: those of 100,000 tokens (api-facts §3.3). */
public final class TableTiers implements TierPrices {

    private final RateTable rates;

    public TableTiers(RateTable rates) {
        this.rates = rates;
    }

    @Override
    public @Nullable Pair of(Cell cell) {
        String model = cell.model();
        String type = cell.tokenType();
        if (model == null || type == null) {
            return null;
        }
        Rate.Speed speed = "fast".equals(cell.speed()) ? Rate.Speed.FAST : Rate.Speed.STANDARD;
        List<Rate> rows =
                rates.find(model, speed, cell.day().atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
        BigDecimal low = null;
        BigDecimal high = null;
        for (Rate row : rows) {
            if (row.promptTier() == Rate.PromptTier.LE_100K) {
                low = price(row, cell, type);
            } else if (row.promptTier() == Rate.PromptTier.GT_100K) {
                high = price(row, cell, type);
            }
        }
        return low == null || high == null ? null : new Pair(low, high);
    }

    private static @Nullable BigDecimal price(Rate row, Cell cell, String type) {
        Prices prices = "batch".equals(cell.serviceTier()) ? row.batch() : row.prices();
        BigDecimal price = prices == null ? null : price(prices, type);
        if (price == null) {
            return null;
        }
        boolean us = "us".equals(String.valueOf(cell.inferenceGeo()).toLowerCase(Locale.ROOT));
        return us ? price.multiply(row.usMultiplier()) : price;
    }

    private static @Nullable BigDecimal price(Prices prices, String type) {
        return switch (type) {
            case "uncached_input_tokens" -> prices.input();
            case "cache_creation.ephemeral_5m_input_tokens" -> prices.cacheWrite5m();
            case "cache_creation.ephemeral_1h_input_tokens" -> prices.cacheWrite1h();
            case "cache_read_input_tokens" -> prices.cacheRead();
            case "output_tokens" -> prices.output();
            default -> null;
        };
    }
}
