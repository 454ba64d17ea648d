/**
 * What exchanges used that the ledger had not wholly seen, by the hours of the vendor's usage report. Open {@link
 * dev.reckoner.reconcile.settle.Settler}.
 */
@NullMarked
package dev.reckoner.reconcile.settle;

import org.jspecify.annotations.NullMarked;
