package dev.reckoner.ledger;

/** How a path is treated. Only {@link #MESSAGES} is metered; every exchange is booked. */
public enum Route {
    MESSAGES,
    COUNT_TOKENS,
    BATCHES,
    BATCH_RESULTS,
    PASSED
}
