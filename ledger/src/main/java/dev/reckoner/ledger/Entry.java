package dev.reckoner.ledger;

import java.time.Instant;

/**
 * The record of an exchange in the ledger: its closing facts and its charge. Never changed afterwards (P7): a
 * {@link Correction} puts another one in its place.
 *
 * @param bookedAt the instant that decides bucket and rate, start or end as configured
 */
public record Entry(Closing closing, Charge charge, Instant bookedAt) {

    /** Our own id of the exchange. */
    public ExchangeId id() {
        return closing.opening().id();
    }
}
