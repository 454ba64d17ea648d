/**
 * The rates that a bill implies, where they aren't those of the rate table. Open {@link
 * dev.reckoner.reconcile.learn.RateLearner}.
 */
@NullMarked
package dev.reckoner.reconcile.learn;

import org.jspecify.annotations.NullMarked;
