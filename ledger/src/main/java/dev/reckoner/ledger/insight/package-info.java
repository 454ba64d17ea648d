/**
 * What would have been cheaper, and whether caching pays, from the books alone and with the arithmetic shown. Open
 * {@link dev.reckoner.ledger.insight.BooksInsights} first.
 */
@NullMarked
package dev.reckoner.ledger.insight;

import org.jspecify.annotations.NullMarked;
