package dev.reckoner.simulator.admin;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the simulator's own bill in exact decimals of USD.
 *
 * @param from the start of the bucket
 * @param kind null where no tokens are charged
 * @param quantity tokens, searches or hours
 * @param publishedUsd what the published prices come to
 * @param listUsd what the vendor's prices of the day come to, before discounts
 * @param amountUsd what is billed
 */
public record BillLine(
        Instant from,
        CostType costType,
        @Nullable TokenKind kind,
        Terms terms,
        BigDecimal quantity,
        BigDecimal publishedUsd,
        BigDecimal listUsd,
        BigDecimal amountUsd) {}
