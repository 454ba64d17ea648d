package dev.reckoner.ledger;

import java.math.BigDecimal;

/**
 * A batch as the store has it.
 *
 * @param itemsBooked how many of its items have an entry
 * @param amount USD, the sum of their lines, exact
 */
public record BatchRow(BatchRecord batch, long itemsBooked, BigDecimal amount) {}
