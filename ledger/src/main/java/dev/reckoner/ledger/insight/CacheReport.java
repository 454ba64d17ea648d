package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import java.time.Instant;
import java.util.List;

/**
 * Whether caching pays.
 *
 * @param by what tells apps apart
 * @param rates version of the rate table that plain input's price is from
 * @param total the sum over all rows, with an empty group
 * @param rows those that cached anything, the largest loss first
 */
public record CacheReport(
        Instant from, Instant until, List<Dimension> by, String rates, CacheRow total, List<CacheRow> rows) {

    public CacheReport {
        by = List.copyOf(by);
        rows = List.copyOf(rows);
    }
}
