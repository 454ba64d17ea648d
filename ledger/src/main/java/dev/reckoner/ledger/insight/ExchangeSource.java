package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where the exchanges of a time come from, one by one. */
@FunctionalInterface
public interface ExchangeSource {

    /**
     * Hands them over in the order of their booking.
     *
     * @param from first instant, inclusive
     * @param until last instant, exclusive
     * @param where values allowed per dimension
     */
    void read(Instant from, Instant until, Map<Dimension, List<String>> where, Consumer<ExchangeFact> to);
}
