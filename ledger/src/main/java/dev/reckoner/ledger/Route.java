package dev.reckoner.ledger;

/** How a path is treated. Reports count the metered ones; every exchange is booked. */
public enum Route {
    /** A message is asked for. */
    MESSAGES,
    COUNT_TOKENS,
    /** A batch is created. */
    BATCHES,
    /** A batch, or a page of them, is looked at, or a batch is canceled. */
    BATCH_STATUS,
    /** The results of a batch are downloaded. */
    BATCH_RESULTS,
    /** An item of a batch: a line of its results, booked under an id of its own. */
    BATCH_ITEM,
    PASSED;

    /** Whether the vendor bills what is served here. */
    public boolean metered() {
        return this == MESSAGES || this == BATCH_ITEM;
    }
}
