/**
 * What is kept of reconciliations, beside the entries: the results themselves, and the keys that were seen to bypass the
 * proxy. Open {@link dev.reckoner.reconcile.kept.KeptReconciliations}.
 */
@NullMarked
package dev.reckoner.reconcile.kept;

import org.jspecify.annotations.NullMarked;
