package dev.reckoner.ledger.insight;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What would have been cheaper. Insights overlap: the same exchange may be dear for several reasons, so that their
 * savings don't add up.
 *
 * @param exchanges metered exchanges of the whole time
 * @param spent what they cost, USD, exact
 * @param rates version of the rate table that the other prices are from
 * @param read which exchanges were looked at one by one
 */
public record InsightReport(
        Instant from,
        Instant until,
        long exchanges,
        BigDecimal spent,
        String rates,
        ReadWindow read,
        List<Insight> insights) {

    public InsightReport {
        insights = List.copyOf(insights);
    }
}
