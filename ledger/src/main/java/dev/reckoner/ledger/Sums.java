package dev.reckoner.ledger;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Sums over exchanges, exact.
 *
 * @param exchanges metered exchanges
 * @param failed those whose outcome was not ok
 * @param pending those with a rating status of pending: their amounts are not in the sums
 * @param estimated those with an estimated quantity
 * @param quantities tokens (or requests of a server tool) per type
 * @param amounts USD per type
 */
public record Sums(
        long exchanges,
        long failed,
        long pending,
        long estimated,
        Map<TokenType, Long> quantities,
        Map<TokenType, BigDecimal> amounts) {

    public Sums {
        quantities = Map.copyOf(quantities);
        amounts = Map.copyOf(amounts);
    }

    /** Quantity of one type, 0 where none. */
    public long quantity(TokenType type) {
        return quantities.getOrDefault(type, 0L);
    }

    /** Amount of one type in USD, 0 where none. */
    public BigDecimal amount(TokenType type) {
        return amounts.getOrDefault(type, BigDecimal.ZERO);
    }

    /** Sum of all amounts, USD. */
    public BigDecimal amount() {
        return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
