/**
 * How entries are rated again and the difference is booked. Open {@link dev.reckoner.ledger.correct.Rerating} first.
 */
@NullMarked
package dev.reckoner.ledger.correct;

import org.jspecify.annotations.NullMarked;
