package dev.reckoner.console.vendor;

import java.math.BigDecimal;

/** Amounts as the vendor writes them: decimal strings in cents, exact, no exponent, no padding (api-facts §4.2). */
final class Cents {
    private static final int PLACES = 2;

    private Cents() {}

    /** USD in cents. */
    static String text(BigDecimal usd) {
        return number(usd).toPlainString();
    }

    /** USD in cents, for where the vendor writes a number. */
    static BigDecimal number(BigDecimal usd) {
        BigDecimal cents = usd.movePointRight(PLACES);
        return cents.signum() == 0 ? BigDecimal.ZERO : cents.stripTrailingZeros();
    }
}
