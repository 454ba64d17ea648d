/**
 * The billed amount split over the people who caused it, so that the parts sum to the bill exactly. Open {@link
 * dev.reckoner.reconcile.chargeback.Chargeback}.
 */
@NullMarked
package dev.reckoner.reconcile.chargeback;

import org.jspecify.annotations.NullMarked;
