package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Sums over exchanges that share their owner and their terms, within a time in which no price of theirs changed.
 *
 * @param group every dimension that was asked for
 */
record Cell(Map<Dimension, String> group, Terms terms, Sums sums) {

    long tokens(TokenType type) {
        return sums.quantity(type);
    }

    BigDecimal paid(TokenType type) {
        return sums.amount(type);
    }
}
