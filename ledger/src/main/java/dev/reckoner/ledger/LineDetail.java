package dev.reckoner.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sum over lines that share their dimensions, their token type and how far they can be relied on: what a difference to
 * the vendor's bill is explained by.
 *
 * @param group workspace, key, model, service tier, context window, geography and speed; empty where not stated
 * @param otherDay start of the UTC day of the instant that the exchanges were not booked by; null where it is the same day
 * @param amount USD, exact; without lines that have no rate
 */
public record LineDetail(
        Map<Dimension, String> group,
        TokenType type,
        Kind kind,
        @Nullable Instant otherDay,
        long quantity,
        BigDecimal amount) {

    public LineDetail {
        group = Map.copyOf(group);
    }

    /** How far lines can be relied on. */
    public enum Kind {
        /** Counted and priced. */
        EXACT,
        /** The quantity is an estimate. */
        ESTIMATED,
        /** The quantity is an estimate because a crash cut the exchange off. */
        INTERRUPTED,
        /** Counted, and not billed by a rule. */
        WAIVED,
        /** Counted, without a rate. */
        PENDING
    }
}
