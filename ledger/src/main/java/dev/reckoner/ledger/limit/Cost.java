package dev.reckoner.ledger.limit;

import java.math.BigDecimal;

/**
 * What exchanges count for a budget, USD.
 *
 * @param amount what the books have, exact
 * @param pending what is counted in the place of amounts that the books don't know yet
 */
record Cost(BigDecimal amount, BigDecimal pending) {
    static final Cost ZERO = new Cost(BigDecimal.ZERO, BigDecimal.ZERO);

    BigDecimal total() {
        return pending.signum() == 0 ? amount : amount.add(pending);
    }

    Cost plus(Cost other) {
        return new Cost(amount.add(other.amount), pending.add(other.pending));
    }

    Cost minus(Cost other) {
        return new Cost(amount.subtract(other.amount), pending.subtract(other.pending));
    }

    /** The smaller of both, each by itself. */
    Cost min(Cost other) {
        return new Cost(amount.min(other.amount), pending.min(other.pending));
    }
}
