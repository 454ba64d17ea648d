package dev.reckoner.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What to reconcile.
 *
 * @param from first day, UTC
 * @param to last day, inclusive
 * @param tolerance USD, zero or more
 */
public record ReconcileRequest(LocalDate from, LocalDate to, BigDecimal tolerance) {

    /** The day after the last. */
    public LocalDate until() {
        return to.plusDays(1);
    }

    /** Whether a day is one of those. */
    public boolean within(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
