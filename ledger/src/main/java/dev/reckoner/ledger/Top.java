package dev.reckoner.ledger;

/**
 * The largest groups of a report, over its whole time; all others are added up, so that nothing is lost however many there
 * are.
 *
 * @param most how many groups, those that are added up counted as one
 */
public record Top(int most, Order order) {

    /** What makes a group large. */
    public enum Order {
        /** What it cost, then its tokens. */
        COST,
        /** Its tokens, then what it cost. */
        TOKENS
    }

    public Top {
        if (most < 1) {
            throw new IllegalArgumentException("found " + most + " groups, expected at least one");
        }
    }
}
