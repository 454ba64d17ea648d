/**
 * The vendor's Admin API as a client sees it: pages pulled with pacing and backoff, kept as they came, and read into
 * values. Open {@link dev.reckoner.reconcile.vendor.Pull}, then {@link dev.reckoner.reconcile.vendor.AdminApi}.
 */
@NullMarked
package dev.reckoner.reconcile.vendor;

import org.jspecify.annotations.NullMarked;
