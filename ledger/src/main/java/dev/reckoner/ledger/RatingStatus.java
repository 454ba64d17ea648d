package dev.reckoner.ledger;

/** How far the amount of a charge can be relied on. */
public enum RatingStatus {
    /** Every line has an exact amount. */
    RATED,
    /** At least one line has no rate yet; its tokens are kept and its amount is unknown, not zero (P5). */
    PENDING,
    /** More than one rate could be meant; the amount is the lower one and the reason says why. */
    AMBIGUOUS,
    /** The vendor doesn't bill it; the reason says why. */
    NOT_BILLED
}
