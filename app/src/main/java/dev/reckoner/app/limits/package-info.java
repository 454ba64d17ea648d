/**
 * The commands for limits. Open {@link dev.reckoner.app.limits.LimitsCommand} first.
 */
@NullMarked
package dev.reckoner.app.limits;

import org.jspecify.annotations.NullMarked;
