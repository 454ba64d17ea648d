package dev.reckoner.console;

import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes report rows by hand. */
final class Rows {

    private final Map<TokenType, Long> quantities = new EnumMap<>(TokenType.class);
    private final Map<TokenType, BigDecimal> amounts = new EnumMap<>(TokenType.class);
    private long pending;
    private long estimated;

    static Rows of(TokenType type, long quantity, String usd) {
        return new Rows().and(type, quantity, usd);
    }

    /** Adds tokens; an empty amount stands for one that is not known. */
    Rows and(TokenType type, long quantity, String usd) {
        quantities.put(type, quantity);
        if (!usd.isEmpty()) {
            amounts.put(type, new BigDecimal(usd));
        }
        return this;
    }

    Rows pending(long exchanges) {
        pending = exchanges;
        return this;
    }

    Rows estimated(long exchanges) {
        estimated = exchanges;
        return this;
    }

    ReportRow at(String start, String... group) {
        Instant instant = Instant.parse(start);
        return new ReportRow(
                instant, List.of(group), new Sums(5, 1, pending, estimated, quantities, amounts), instant, instant);
    }
}
