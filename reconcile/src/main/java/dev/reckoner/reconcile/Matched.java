package dev.reckoner.reconcile;

import java.math.BigDecimal;
import java.util.List;

/**
 * What matching found.
 *
 * @param ledger USD booked
 * @param billed USD billed
 * @param otherInstant whether the bill counts exchanges by the instant that the ledger doesn't book them by
 */
public record Matched(
        BigDecimal ledger, BigDecimal billed, List<Variance> variances, Coverage coverage, boolean otherInstant) {

    public Matched {
        variances = List.copyOf(variances);
    }

    /** The same with another coverage. */
    public Matched with(Coverage other) {
        return new Matched(ledger, billed, variances, other, otherInstant);
    }

    /** Billed minus ledger, USD. */
    public BigDecimal difference() {
        return billed.subtract(ledger);
    }
}
