/**
 * Whether the vendor agrees: the bill compared with the ledger, to the last decimal, and a cause with evidence for each
 * difference. Open {@link dev.reckoner.reconcile.match.Matcher} for how, {@link dev.reckoner.reconcile.Facts} for from what.
 */
@NullMarked
package dev.reckoner.reconcile;

import org.jspecify.annotations.NullMarked;
