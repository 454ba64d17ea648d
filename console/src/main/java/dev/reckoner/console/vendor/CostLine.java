package dev.reckoner.console.vendor;

import dev.reckoner.ledger.ReportRow;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One result of the cost report.
 *
 * @param row the row of our books it stems from, for its groups
 * @param usd the exact amount
 * @param costType tokens or web_search; null where not grouped by description
 * @param tokenType the vendor's name; null where it is not a line of tokens
 * @param estimated exchanges behind it with an estimated quantity
 * @param pending exchanges behind it whose amount is not known yet
 */
record CostLine(
        ReportRow row,
        BigDecimal usd,
        @Nullable String costType,
        @Nullable String tokenType,
        @Nullable String description,
        long estimated,
        long pending) {

    /** The amount in cents as the vendor writes it. */
    String cents() {
        return Cents.text(usd);
    }
}
