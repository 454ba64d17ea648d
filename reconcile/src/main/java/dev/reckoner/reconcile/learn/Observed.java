package dev.reckoner.reconcile.learn;

import dev.reckoner.config.Rate;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.booked.CellPrices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a bill charged in one cell for how much.
 *
 * @param amount USD
 * @param quantity tokens, or web searches
 * @param row the row that the table has for it, null where it has none
 * @param list the table's price before any factor, per {@link #unit}; null where it has none
 * @param factor geography and discount, by the table
 */
record Observed(
        Cell cell,
        BigDecimal amount,
        long quantity,
        @Nullable Rate row,
        @Nullable BigDecimal list,
        BigDecimal factor) {

    /** Most places that a price has in a rate file. */
    private static final int PLACES = 6;

    private static final BigDecimal MILLION = new BigDecimal(1_000_000);
    private static final BigDecimal THOUSAND = new BigDecimal(1_000);

    /** How many of the quantity a price is for. */
    private BigDecimal unit() {
        return cell.costType().equals(Cell.TOKENS) ? MILLION : THOUSAND;
    }

    /** Whether the table's price times a further factor is what was billed, exactly. */
    boolean billedAt(BigDecimal further) {
        return list != null && billedAt(list, further);
    }

    /** How the amount compares with the table's price times a further factor; 0 where the table has none. */
    int compare(BigDecimal further) {
        return list == null ? 0 : compare(list, further);
    }

    private boolean billedAt(BigDecimal price, BigDecimal further) {
        return compare(price, further) == 0;
    }

    private int compare(BigDecimal price, BigDecimal further) {
        BigDecimal expected = price.multiply(factor).multiply(further).multiply(BigDecimal.valueOf(quantity));
        return amount.multiply(unit()).compareTo(expected);
    }

    /** The further factor that explains the amount, of at most four decimals; null where there is none. */
    @Nullable
    BigDecimal ratio(int places) {
        if (list == null || list.signum() == 0) {
            return null;
        }
        BigDecimal expected = list.multiply(factor).multiply(BigDecimal.valueOf(quantity));
        BigDecimal ratio = amount.multiply(unit()).divide(expected, places, RoundingMode.HALF_EVEN);
        return ratio.signum() > 0 && billedAt(ratio) ? plain(ratio) : null;
    }

    /** The price that was charged before the factors and a further one; null where it is none of a rate file. */
    @Nullable
    BigDecimal implied(BigDecimal further) {
        BigDecimal factors = factor.multiply(further).multiply(BigDecimal.valueOf(quantity));
        BigDecimal price = plain(amount.multiply(unit()).divide(factors, PLACES, RoundingMode.HALF_EVEN));
        return billedAt(price, further) ? price : null;
    }

    boolean batch() {
        return CellPrices.batch(cell);
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
