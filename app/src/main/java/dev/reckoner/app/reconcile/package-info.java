/**
 * The commands that compare the books with the vendor's bill, and with what else the vendor lists. Open {@link
 * dev.reckoner.app.reconcile.ReconcileCommand}.
 */
@NullMarked
package dev.reckoner.app.reconcile;

import org.jspecify.annotations.NullMarked;
