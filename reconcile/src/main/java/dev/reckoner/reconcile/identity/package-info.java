/**
 * Which key and workspace of the vendor's is which of the ledger's. Open {@link
 * dev.reckoner.reconcile.identity.Identity}.
 */
@NullMarked
package dev.reckoner.reconcile.identity;

import org.jspecify.annotations.NullMarked;
