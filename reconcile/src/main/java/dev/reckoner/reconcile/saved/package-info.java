/**
 * The vendor's reports read from files, for organisations without an Admin key. Open {@link
 * dev.reckoner.reconcile.saved.SavedReports}.
 */
@NullMarked
package dev.reckoner.reconcile.saved;

import org.jspecify.annotations.NullMarked;
