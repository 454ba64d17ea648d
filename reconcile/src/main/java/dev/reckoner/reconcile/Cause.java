package dev.reckoner.reconcile;

import java.util.Locale;

/** Why the vendor's bill and the ledger differ. Each is decided by evidence that the variance carries. */
public enum Cause {
    /** Billed on a key that the ledger never saw, without a key (the vendor's Console), or beyond what passed a key. */
    BYPASSED,
    /** The tokens agree, their unit price doesn't. */
    RATE,
    /** Every unit price is lower by one and the same factor. */
    DISCOUNT,
    /** The ledger estimated: the end of the response, or its input, was not seen. */
    ESTIMATE,
    /** The ledger knows the exchange only as cut off by a crash. */
    INTERRUPTED,
    /** The exchange began on one day and ended on the next, and the vendor counts it on the other. */
    BOUNDARY,
    /** The bucket is younger than the vendor's reports are complete. */
    LATE,
    /** Priority tier: in usage reports, never in the cost report. */
    PRIORITY,
    /** Container time of code execution: in no response. */
    CONTAINER,
    /** Running time of managed sessions: in no response. */
    SESSION_TIME,
    /** Results of a batch that nobody has fetched through the proxy. */
    BATCH_UNCOLLECTED,
    /** Refusals before output: the ledger holds them at no charge, the vendor reports them, and should not bill them. */
    NOT_BILLED,
    /** The tokens agree, their split over two prompt tiers doesn't. */
    TIER,
    /** No evidence explains it. */
    UNKNOWN;

    /** The word in files and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
