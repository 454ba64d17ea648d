package dev.reckoner.reconcile;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A difference between bill and ledger in one cell, for one reason. The differences of a cell's variances sum to the
 * cell's difference, exactly.
 *
 * @param apiKeyId the key it is about, null where it is about all of the cell or about traffic without a key
 * @param ledgerTokens what the ledger counts of the tokens that the variance is about
 * @param billedTokens what the vendor counts of them
 * @param evidence what decided the cause, in a sentence
 */
public record Variance(
        Cell cell,
        @Nullable String apiKeyId,
        long ledgerTokens,
        long billedTokens,
        BigDecimal ledgerAmount,
        BigDecimal billedAmount,
        Cause cause,
        String evidence) {

    /** Billed minus ledger, USD. */
    public BigDecimal difference() {
        return billedAmount.subtract(ledgerAmount);
    }
}
