/**
 * The questions that the books answer: sums per bucket and group, entries, what is in flight, and the audit. Open
 * {@link dev.reckoner.ledger.report.StoreReports} first.
 */
@NullMarked
package dev.reckoner.ledger.report;

import org.jspecify.annotations.NullMarked;
