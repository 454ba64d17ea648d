package dev.reckoner.reconcile.booked;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.reconcile.Cell;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the rate table says of the prices of a cell. */
public final class CellPrices {

    private static final String LONG_CONTEXT = "200k-1M";

    private final RateTable rates;

    /** Prices of that table. */
    public CellPrices(RateTable rates) {
        this.rates = rates;
    }

    /**
     * The rows that a cell's tokens can be priced by: none where the table has none, two where the vendor's reports don't
     * tell the row's prompt tiers apart (api-facts §3.3).
     */
    public List<Rate> rows(Cell cell) {
        String model = cell.model();
        if (model == null) {
            return List.of();
        }
        List<Rate> rows = rates.find(model, speed(cell), at(cell));
        Rate.PromptTier other =
                LONG_CONTEXT.equals(cell.contextWindow()) ? Rate.PromptTier.LE_200K : Rate.PromptTier.GT_200K;
        return rows.size() < 2
                ? rows
                : rows.stream().filter(row -> row.promptTier() != other).toList();
    }

    /** The speed that a cell's tokens were served at. */
    public static Rate.Speed speed(Cell cell) {
        return "fast".equals(cell.speed()) ? Rate.Speed.FAST : Rate.Speed.STANDARD;
    }

    /** Whether a cell's tokens are those of batches. */
    public static boolean batch(Cell cell) {
        return "batch".equals(cell.serviceTier());
    }

    /** The token class of a cell, null where it has none that is known. */
    public static @Nullable TokenType type(Cell cell) {
        return Stream.of(TokenType.values())
                .filter(type -> type.vendorName().equals(cell.tokenType()))
                .findFirst()
                .orElse(null);
    }

    /** USD per million of a cell's tokens by a row, before any factor; null where the row has no such price. */
    public static @Nullable BigDecimal list(Rate row, Cell cell) {
        Prices prices = batch(cell) ? row.batch() : row.prices();
        TokenType type = type(cell);
        return prices == null || type == null ? null : price(prices, type);
    }

    /** The price of a token class, null where there is none. */
    public static @Nullable BigDecimal price(Prices prices, TokenType type) {
        return switch (type) {
            case INPUT -> prices.input();
            case CACHE_WRITE_5M -> prices.cacheWrite5m();
            case CACHE_WRITE_1H -> prices.cacheWrite1h();
            case CACHE_READ -> prices.cacheRead();
            case OUTPUT -> prices.output();
            case WEB_SEARCH -> null;
        };
    }

    /** The factor of a cell's geography on a row's prices. */
    public static BigDecimal geography(Rate row, Cell cell) {
        boolean us = "us".equals(String.valueOf(cell.inferenceGeo()).toLowerCase(Locale.ROOT));
        return us ? row.usMultiplier() : BigDecimal.ONE;
    }

    /** The operator's discount on a model or server tool on a cell's day, 1 where there is none. */
    public BigDecimal discount(String modelOrTool, Cell cell) {
        return rates.discount(modelOrTool, at(cell)).map(Discount::factor).orElse(BigDecimal.ONE);
    }

    /** Prices change at midnight, so that any instant of a day stands for it. */
    static Instant at(Cell cell) {
        return cell.day().atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    }
}
