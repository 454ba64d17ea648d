package dev.reckoner.ledger.limit;

import java.time.Instant;

/**
 * A change of a limit, as it stays in the books.
 *
 * @param number changes are numbered in their order
 * @param rule what the limit said from then on, or until then where it was removed
 * @param by from where it was made
 */
public record LimitChange(long number, Instant at, String limitId, Action action, String rule, String by) {

    /** What was done. */
    public enum Action {
        CREATED,
        CHANGED,
        REMOVED
    }
}
