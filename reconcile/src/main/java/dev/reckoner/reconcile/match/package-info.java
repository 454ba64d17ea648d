/**
 * Bill against ledger, cell by cell, and the causes of what differs: pure functions of {@link
 * dev.reckoner.reconcile.Facts}. Open {@link dev.reckoner.reconcile.match.Matcher}, then {@link
 * dev.reckoner.reconcile.match.CellSplit}.
 */
@NullMarked
package dev.reckoner.reconcile.match;

import org.jspecify.annotations.NullMarked;
