package dev.reckoner.console.vendor;

import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** The sums of several rows of our books, exact. */
final class Total {
    private final Map<TokenType, Long> quantities = new EnumMap<>(TokenType.class);
    private final Map<TokenType, BigDecimal> amounts = new EnumMap<>(TokenType.class);
    private long exchanges;
    private long failed;
    private long pending;
    private long estimated;

    void add(Sums sums) {
        exchanges += sums.exchanges();
        failed += sums.failed();
        pending += sums.pending();
        estimated += sums.estimated();
        sums.quantities().forEach((type, quantity) -> quantities.merge(type, quantity, Math::addExact));
        sums.amounts().forEach((type, amount) -> amounts.merge(type, amount, BigDecimal::add));
    }

    /** Takes away what was added as a part of something larger. */
    void subtract(Sums sums) {
        exchanges -= sums.exchanges();
        failed -= sums.failed();
        pending -= sums.pending();
        estimated -= sums.estimated();
        sums.quantities().forEach((type, quantity) -> quantities.merge(type, -quantity, Math::addExact));
        sums.amounts().forEach((type, amount) -> amounts.merge(type, amount.negate(), BigDecimal::add));
    }

    /** Whether nothing is left of it. */
    boolean empty() {
        return exchanges == 0
                && quantities.values().stream().allMatch(quantity -> quantity == 0)
                && amounts.values().stream().allMatch(amount -> amount.signum() == 0);
    }

    Sums sums() {
        return new Sums(exchanges, failed, pending, estimated, quantities, amounts);
    }
}
