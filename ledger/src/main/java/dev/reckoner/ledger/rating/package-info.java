/**
 * Turns the facts of an exchange into its charge: one small named rule per class, each with the source it follows.
 * Nothing here rounds, reads a clock or touches a disk. Open {@link dev.reckoner.ledger.rating.Rater} first.
 */
@NullMarked
package dev.reckoner.ledger.rating;

import org.jspecify.annotations.NullMarked;
