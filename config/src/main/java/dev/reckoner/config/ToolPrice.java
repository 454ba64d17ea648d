package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The dated price of a server tool (api-facts §3.4).
 *
 * @param tool its name, one of {@link RateTable#WEB_SEARCH} and its like
 * @param from first instant at which it holds, null for always
 * @param to first instant at which it no longer holds, null for open
 * @param perThousand USD per thousand requests; null where requests aren't what is billed
 * @param origin file and line it was read from
 * @param version short stable digest of its content, kept on every line it prices
 */
public record ToolPrice(
        String tool,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable BigDecimal perThousand,
        String sources,
        String note,
        String origin,
        String version)
        implements Dated {}
