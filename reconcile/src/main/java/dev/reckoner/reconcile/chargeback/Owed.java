package dev.reckoner.reconcile.chargeback;

import java.math.BigDecimal;

/**
 * One row of a chargeback: what an owner owes of the bill.
 *
 * @param owner user, team or project; for the other kinds empty
 * @param amount USD, exact
 */
public record Owed(Kind kind, String owner, BigDecimal amount) {

    /** Whose row it is. */
    public enum Kind {
        /** A user, team or project. */
        OWNER,
        /** Passed through the proxy, and nobody said who caused it. */
        NOT_STATED,
        /** Billed for traffic that didn't pass through the proxy. */
        OUTSIDE,
        /** Container and session time, which no response states. */
        TOOLS_AND_TIME,
        /** Billed in a cell of which the ledger has no share to split by. */
        NOT_ATTRIBUTABLE
    }
}
