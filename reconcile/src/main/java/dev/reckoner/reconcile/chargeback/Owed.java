package dev.reckoner.reconcile.chargeback;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a chargeback: what an owner owes of the bill.
 *
 * @param owner user, team or project; for the other kinds empty
 * @param adjusts the closed month that the row corrects, null where it is of the month's own bill
 * @param amount USD, exact
 * @param parts what the amount is made of, the largest first; they sum to it. A row that adjusts has none
 */
public record Owed(Kind kind, String owner, @Nullable YearMonth adjusts, BigDecimal amount, List<Part> parts) {

    public Owed {
        parts = List.copyOf(parts);
    }

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

    /**
     * What of a row stands for one model and token class.
     *
     * @param model null where the bill names none
     * @param type the vendor's name of the token class, or the cost type
     * @param quantity tokens, or web searches; 0 for time
     * @param amount USD, exact
     */
    public record Part(@Nullable String model, String type, long quantity, BigDecimal amount) {}
}
