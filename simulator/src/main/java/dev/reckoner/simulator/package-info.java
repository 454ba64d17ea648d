/**
 * A stand-in for the vendor's Messages and Admin APIs on loopback, with faults on demand and books of its own.
 * It depends on none of the other modules, so that its counts and its bill are an independent check of theirs.
 * Open {@link dev.reckoner.simulator.Simulator} first, then {@link dev.reckoner.simulator.Served}.
 */
@NullMarked
package dev.reckoner.simulator;

import org.jspecify.annotations.NullMarked;
