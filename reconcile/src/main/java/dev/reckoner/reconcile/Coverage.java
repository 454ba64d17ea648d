package dev.reckoner.reconcile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How much of the bill passed through the proxy.
 *
 * @param tokens tokens that did
 * @param billedTokens tokens of the usage report
 * @param amount USD that did
 * @param billedAmount USD of the cost report
 */
public record Coverage(long tokens, long billedTokens, BigDecimal amount, BigDecimal billedAmount) {

    private static final int PLACES = 6;

    /** Whether what a cause explains never passed through the proxy. */
    public static boolean outside(Cause cause) {
        return cause == Cause.BYPASSED || cause == Cause.CONTAINER || cause == Cause.SESSION_TIME;
    }

    /** The share of tokens, 0 to 1; null where none were billed. */
    public @Nullable BigDecimal tokenShare() {
        return share(BigDecimal.valueOf(tokens), BigDecimal.valueOf(billedTokens));
    }

    /** The share of money, 0 to 1; null where none was billed. */
    public @Nullable BigDecimal amountShare() {
        return share(amount, billedAmount);
    }

    private static @Nullable BigDecimal share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.divide(whole, PLACES, RoundingMode.HALF_EVEN);
    }
}
