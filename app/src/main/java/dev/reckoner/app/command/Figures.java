package dev.reckoner.app.command;

import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** The figures of a report's row as people know them: five token classes told as four, their total, and the cost. */
record Figures(Sums sums) {
    static final Figures NONE = new Figures(new Sums(0, 0, 0, 0, Map.of(), Map.of()));

    long input() {
        return sums.quantity(TokenType.INPUT);
    }

    long output() {
        return sums.quantity(TokenType.OUTPUT);
    }

    long cacheCreate() {
        return sums.quantity(TokenType.CACHE_WRITE_5M) + sums.quantity(TokenType.CACHE_WRITE_1H);
    }

    long cacheRead() {
        return sums.quantity(TokenType.CACHE_READ);
    }

    long totalTokens() {
        return input() + output() + cacheCreate() + cacheRead();
    }

    BigDecimal cacheCreateAmount() {
        return sums.amount(TokenType.CACHE_WRITE_5M).add(sums.amount(TokenType.CACHE_WRITE_1H));
    }

    BigDecimal cost() {
        return sums.amount();
    }

    /** Marks before a figure: "?" where exchanges are pending, "~" where an output is estimated. */
    String marks(boolean money) {
        String pending = money && sums.pending() > 0 ? "?" : "";
        return pending + (sums.estimated() > 0 ? "~" : "");
    }

    Figures plus(Figures other) {
        Map<TokenType, Long> quantities = new EnumMap<>(TokenType.class);
        Map<TokenType, BigDecimal> amounts = new EnumMap<>(TokenType.class);
        for (TokenType type : TokenType.values()) {
            quantities.put(type, Math.addExact(sums.quantity(type), other.sums.quantity(type)));
            amounts.put(type, sums.amount(type).add(other.sums.amount(type)));
        }
        return new Figures(new Sums(
                sums.exchanges() + other.sums.exchanges(),
                sums.failed() + other.sums.failed(),
                sums.pending() + other.sums.pending(),
                sums.estimated() + other.sums.estimated(),
                quantities,
                amounts));
    }
}
