/**
 * What was used and what it costs: the facts of an exchange, its entry, and the doors to the books. Open
 * {@link dev.reckoner.ledger.Books} for writing and {@link dev.reckoner.ledger.Reports} for reading.
 */
@NullMarked
package dev.reckoner.ledger;

import org.jspecify.annotations.NullMarked;
