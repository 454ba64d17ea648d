package dev.reckoner.ledger;

import dev.reckoner.ledger.correct.Rerating;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * The rating that holds now. A change of the rate table replaces it whole, while exchanges go on being rated: each by one
 * table. Safe on any thread.
 */
final class CurrentRating implements BiFunction<Closing, Instant, Charge> {
    private volatile Rerating.Rates rates;

    CurrentRating(Rerating.Rates rates) {
        this.rates = rates;
    }

    void set(Rerating.Rates next) {
        rates = next;
    }

    Rerating.Rates get() {
        return rates;
    }

    @Override
    public Charge apply(Closing closing, Instant at) {
        return rates.rate().apply(closing, at);
    }
}
