/**
 * The ledger's side of a reconciliation, in the vendor's terms. Open {@link
 * dev.reckoner.reconcile.booked.LedgerReader}.
 */
@NullMarked
package dev.reckoner.reconcile.booked;

import org.jspecify.annotations.NullMarked;
