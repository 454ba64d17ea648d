/**
 * A reconciliation and a chargeback on paper: JSON, and one HTML file that holds all it needs. Open {@link
 * dev.reckoner.reconcile.statement.ReconciliationHtml}.
 */
@NullMarked
package dev.reckoner.reconcile.statement;

import org.jspecify.annotations.NullMarked;
