package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.TokenCounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What insights need to know of one metered exchange, as it stands after its corrections.
 *
 * @param group the dimensions it is counted under: user, project, session, key, model, service tier, speed and geography
 * @param streamed whether a stream was asked for, null where that isn't known
 * @param tools requests of server tools, which are billed beside the tokens
 * @param amount what it cost, USD
 */
public record ExchangeFact(
        Instant startedAt,
        Instant bookedAt,
        Outcome outcome,
        @Nullable Boolean streamed,
        Map<Dimension, String> group,
        TokenCounts tokens,
        long tools,
        BigDecimal amount) {

    public ExchangeFact {
        group = Map.copyOf(group);
    }

    String of(Dimension dimension) {
        return group.getOrDefault(dimension, "");
    }
}
