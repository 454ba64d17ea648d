package dev.reckoner.reconcile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a part of the bill passed through the proxy.
 *
 * @param id which part: a key, workspace, model or day; null where the bill names none
 * @param name what people call it, where that is known
 * @param tokens tokens that passed
 * @param billedTokens tokens of the usage report
 * @param amount USD that passed
 * @param billedAmount USD of the cost report
 */
public record Passed(
        @Nullable String id,
        @Nullable String name,
        long tokens,
        long billedTokens,
        BigDecimal amount,
        BigDecimal billedAmount) {

    private static final int PLACES = 6;

    /** The share of tokens, 0 to 1; null where none were billed. */
    public @Nullable BigDecimal tokenShare() {
        return share(BigDecimal.valueOf(tokens), BigDecimal.valueOf(billedTokens));
    }

    /** The share of money, 0 to 1; null where none was billed. */
    public @Nullable BigDecimal amountShare() {
        return share(amount, billedAmount);
    }

    Passed named(Map<String, String> names) {
        return new Passed(id, id == null ? null : names.get(id), tokens, billedTokens, amount, billedAmount);
    }

    private static @Nullable BigDecimal share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.divide(whole, PLACES, RoundingMode.HALF_EVEN);
    }
}
