package dev.reckoner.reconcile.chargeback;

import dev.reckoner.reconcile.Cell;

/**
 * What one owner used of a cell, by the ledger.
 *
 * @param owner user, team or project; empty where nobody said
 */
public record Share(Cell cell, String owner, long quantity) {}
