package dev.reckoner.reconcile.booked;

import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.TierPrices;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prompt tiers of the rate table that the vendor's reports have no name for: those of 100,000 tokens (api-facts §3.3). */
public final class TableTiers implements TierPrices {

    private final CellPrices prices;

    public TableTiers(RateTable rates) {
        this.prices = new CellPrices(rates);
    }

    @Override
    public @Nullable Pair of(Cell cell) {
        List<Rate> rows = prices.rows(cell);
        BigDecimal low = price(rows, Rate.PromptTier.LE_100K, cell);
        BigDecimal high = price(rows, Rate.PromptTier.GT_100K, cell);
        return low == null || high == null ? null : new Pair(low, high);
    }

    private static @Nullable BigDecimal price(List<Rate> rows, Rate.PromptTier tier, Cell cell) {
        for (Rate row : rows) {
            BigDecimal list = row.promptTier() == tier ? CellPrices.list(row, cell) : null;
            if (list != null) {
                return list.multiply(CellPrices.geography(row, cell));
            }
        }
        return null;
    }
}
