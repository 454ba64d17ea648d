package dev.reckoner.ledger;

import java.time.Instant;

/**
 * The first record of an exchange, durable before the first response byte reaches the client (P3).
 *
 * @param path the path sent upstream without its query
 */
public record Opening(
        ExchangeId id,
        Instant startedAt,
        Route route,
        String method,
        String path,
        Attribution attribution,
        Asked asked) {}
