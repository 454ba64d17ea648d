package dev.reckoner.app.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/**
 * Numbers for people: thousands separators, and money rounded once, half-even, from its exact value (P6). A table
 * shows all its amounts to the same places, cents where its total is ten dollars or more, else hundredths of a cent.
 */
public final class Numbers {
    private static final BigDecimal CENTS_FROM = BigDecimal.TEN;
    private static final int PLACES_OF_CENTS = 2;
    private static final int PLACES_BELOW = 4;

    private Numbers() {}

    /** A count such as 1,234,567. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The places in which a table with that total shows its amounts. */
    public static int places(BigDecimal total) {
        return total.abs().compareTo(CENTS_FROM) >= 0 ? PLACES_OF_CENTS : PLACES_BELOW;
    }

    /** An amount such as $1,234.57; one that isn't zero is never shown as zero. */
    public static String usd(BigDecimal amount, int places) {
        BigDecimal rounded = amount.setScale(places, RoundingMode.HALF_EVEN);
        if (rounded.signum() == 0 && amount.signum() != 0) {
            return (amount.signum() < 0 ? ">-$" : "<$")
                    + BigDecimal.ONE.movePointLeft(places).toPlainString();
        }
        String digits = String.format(Locale.ROOT, "%,." + places + "f", rounded.abs());
        return (rounded.signum() < 0 ? "-$" : "$") + digits;
    }

    /** A span of time such as 6h 33m 10.2s, its tenths cut off. */
    public static String duration(Duration duration) {
        String seconds = duration.toSecondsPart() + "." + duration.toMillisPart() / 100 + "s";
        if (duration.toHours() > 0) {
            return duration.toHours() + "h " + duration.toMinutesPart() + "m " + seconds;
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + "m " + seconds : seconds;
    }

    /** An exact decimal without trailing zeros and without an exponent. */
    public static String exact(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
