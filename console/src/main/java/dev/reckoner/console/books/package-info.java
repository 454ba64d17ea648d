/**
 * The private API between our command line and a running server: every question of
 * {@link dev.reckoner.ledger.Reports} as a URL, every answer as JSON that reads back exactly. Open
 * {@link dev.reckoner.console.books.BooksApi} first.
 */
@NullMarked
package dev.reckoner.console.books;

import org.jspecify.annotations.NullMarked;
