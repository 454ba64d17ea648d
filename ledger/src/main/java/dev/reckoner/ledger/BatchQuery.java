package dev.reckoner.ledger;

/**
 * Which batches to list, those heard of last first.
 *
 * @param which which of them
 * @param limit at most this many, 1 to 1,000
 */
public record BatchQuery(Which which, int limit) {

    /** A choice of batches. */
    public enum Which {
        ALL,
        /** Not ended, as far as was seen. */
        OPEN,
        /** Ended; collected or not. */
        ENDED,
        /** The results were downloaded whole and booked. */
        COLLECTED,
        /** Ended, and the results were not downloaded whole yet: what they cost is not in the books. */
        UNCOLLECTED
    }
}
