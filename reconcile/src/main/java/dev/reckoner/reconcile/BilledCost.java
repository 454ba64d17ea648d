package dev.reckoner.reconcile;

import java.math.BigDecimal;

/**
 * One line of the vendor's cost report.
 *
 * @param amount USD, exact; the report itself states cents
 */
public record BilledCost(Cell cell, BigDecimal amount) {}
