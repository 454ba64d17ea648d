package dev.reckoner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The first record of an exchange, durable before the first response byte reaches the client (P3).
 *
 * @param path the path sent upstream without its query
 * @param item which request of a batch it is, null for an exchange of its own
 */
public record Opening(
        ExchangeId id,
        Instant startedAt,
        Route route,
        String method,
        String path,
        Attribution attribution,
        Asked asked,
        @Nullable BatchItem item) {}
