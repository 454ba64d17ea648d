package dev.reckoner.console.vendor;

import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the analytics.
 *
 * @param values one for each key of the question, "" where not stated; an actor is its type and its id
 */
record AnalyticsRow(Instant start, List<String> values, Sums sums) {

    /** Everything but the figures: what tells it from other rows of the same answer. */
    List<String> identity() {
        List<String> identity = new ArrayList<>(List.of(start.toString()));
        identity.addAll(values);
        return identity;
    }

    /** Tokens of all types. */
    long tokens() {
        long tokens = 0;
        for (TokenType type : TokenType.values()) {
            tokens += type == TokenType.WEB_SEARCH ? 0 : sums.quantity(type);
        }
        return tokens;
    }

    /** What rows can be ordered by. */
    BigDecimal figure(String name) {
        return switch (name) {
            case "amount", "list_amount" -> sums.amount();
            case "uncached_input_tokens" -> BigDecimal.valueOf(sums.quantity(TokenType.INPUT));
            case "output_tokens" -> BigDecimal.valueOf(sums.quantity(TokenType.OUTPUT));
            case "requests" -> BigDecimal.valueOf(sums.exchanges());
            default -> BigDecimal.valueOf(tokens());
        };
    }
}
