package dev.reckoner.reconcile.statement;

import dev.reckoner.reconcile.Cause;

/** What each cause means, for whoever reads a statement without knowing the program. */
public final class CauseWords {

    private CauseWords() {}

    /** A sentence. */
    public static String of(Cause cause) {
        return switch (cause) {
            case BYPASSED -> "Billed for traffic that did not pass through the proxy.";
            case RATE -> "The tokens agree; the vendor's unit price is not the one of the rate table.";
            case DISCOUNT -> "Every price of the bill is the list price times one factor.";
            case ESTIMATE -> "The ledger had to estimate; the bill has the count.";
            case INTERRUPTED -> "A crash cut the exchange off; the bill has what was missing.";
            case BOUNDARY -> "Exchanges across midnight that the bill counts on the other day.";
            case LATE -> "The vendor's report of these days is not complete yet.";
            case PRIORITY -> "Priority tier: a commitment without lines in the cost report.";
            case CONTAINER -> "Container time of code execution, which no response states.";
            case SESSION_TIME -> "Running time of managed sessions, which no response states.";
            case BATCH_UNCOLLECTED -> "Batches that have ended and whose results nobody has fetched.";
            case NOT_BILLED -> "Refusals before output, which the ledger holds at no charge.";
            case TIER -> "The tokens agree; more or fewer of them are at the long prompt's price.";
            case UNKNOWN -> "Nothing that was seen explains it.";
        };
    }
}
