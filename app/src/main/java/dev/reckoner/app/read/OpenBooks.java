package dev.reckoner.app.read;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Corrections;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.credit.CreditBook;
import dev.reckoner.ledger.insight.Insights;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.limit.Limits;
import dev.reckoner.ledger.trail.Trail;

/**
 * Books open for reading, correcting and filing; close them after use.
 *
 * @param alerts the alerts that were kept
 * @param keys the door to virtual keys
 * @param credits what was said of prepaid credits
 * @param limits the limits that hold
 * @param insights what would have been cheaper
 * @param trail what was changed by whom
 * @param source where they are read from, in words
 * @param closing what closing them does
 */
public record OpenBooks(
        Reports reports,
        Corrections corrections,
        Archive archive,
        AlertBook alerts,
        Keys keys,
        CreditBook credits,
        Limits limits,
        Insights insights,
        Trail trail,
        String source,
        Runnable closing)
        implements AutoCloseable {

    /** The same books, which closing leaves open. */
    public OpenBooks unclosed() {
        return new OpenBooks(
                reports, corrections, archive, alerts, keys, credits, limits, insights, trail, source, () -> {});
    }

    @Override
    public void close() {
        closing.run();
    }
}
