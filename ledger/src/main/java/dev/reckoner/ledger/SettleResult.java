package dev.reckoner.ledger;

import java.math.BigDecimal;

/**
 * What settling has changed.
 *
 * @param settled entries that were corrected
 * @param superseded entries left alone because another correction came first
 * @param before what the corrected ones cost so far, USD, exact
 * @param after what they cost by the vendor's count
 */
public record SettleResult(long settled, long superseded, BigDecimal before, BigDecimal after) {}
