package dev.reckoner.reconcile.match;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A unit price as people write it: USD per million tokens, from an amount and its tokens. */
final class UnitPrice {

    private static final int MILLION = 6;
    private static final int PLACES = 9;

    private UnitPrice() {}

    static String of(BigDecimal amount, long tokens) {
        if (tokens == 0) {
            return "no price";
        }
        return "$" + perMillion(amount, tokens).toPlainString() + "/M";
    }

    /** USD per million, to nine places. */
    static BigDecimal perMillion(BigDecimal amount, long tokens) {
        BigDecimal price = amount.movePointRight(MILLION)
                .divide(BigDecimal.valueOf(tokens), PLACES, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return price.scale() < 0 ? price.setScale(0) : price;
    }
}
