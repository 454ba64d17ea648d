package dev.reckoner.reconcile;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A sum over lines of the ledger that share cell, key and kind.
 *
 * @param apiKeyId the vendor's id of the key, or its hint where the vendor's list doesn't have it; null without a key
 * @param quantity tokens, or web searches
 * @param amount USD, exact; without the lines that have no rate yet
 */
public record LedgerLine(Cell cell, @Nullable String apiKeyId, Kind kind, long quantity, BigDecimal amount) {

    /** How far a line can be relied on. */
    public enum Kind {
        /** Counted and priced. */
        EXACT,
        /** The quantity is an estimate. */
        ESTIMATED,
        /** Known only as cut off by a crash. */
        INTERRUPTED,
        /** Counted, and not billed by a rule. */
        WAIVED,
        /** Counted, without a rate. */
        PENDING
    }
}
