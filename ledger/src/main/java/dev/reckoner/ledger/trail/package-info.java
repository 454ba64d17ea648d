/**
 * What people changed: keys, limits, credits, corrections. Open {@link dev.reckoner.ledger.trail.Trail} first.
 */
@NullMarked
package dev.reckoner.ledger.trail;

import org.jspecify.annotations.NullMarked;
