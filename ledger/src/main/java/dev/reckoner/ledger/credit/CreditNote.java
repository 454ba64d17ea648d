package dev.reckoner.ledger.credit;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an operator says of the prepaid credits.
 *
 * @param at from when on it is so
 * @param amount USD: the balance, what was added, or the threshold; null where a rule or a warning ends
 * @param upTo what an automatic reload fills up to, null for every other kind
 * @param source where it was said
 */
public record CreditNote(
        Kind kind,
        Instant at,
        @Nullable BigDecimal amount,
        @Nullable BigDecimal upTo,
        String source) {

    public CreditNote {
        boolean whole = amount != null || kind == Kind.AUTO_RELOAD || kind == Kind.WARN;
        boolean signed = (amount == null || amount.signum() >= 0) && (upTo == null || upTo.signum() >= 0);
        boolean rule = kind == Kind.AUTO_RELOAD
                ? (amount == null) == (upTo == null) && (amount == null || amount.compareTo(upTo) < 0)
                : upTo == null;
        if (!whole || !signed || !rule) {
            throw new IllegalArgumentException("found " + kind + " of " + amount + " up to " + upTo
                    + ", expected an amount of 0 or more, and for a reload a larger one to fill up to");
        }
    }

    /** What is said. */
    public enum Kind {
        /** The balance at an instant. */
        SET,
        /** Something was added. */
        ADDED,
        /** The vendor adds by itself, whenever less is left than so much, up to so much. */
        AUTO_RELOAD,
        /** An alert is wanted when less is left than so much. */
        WARN
    }
}
