/**
 * Where the command line reads the books: through the server that runs on a ledger directory, else from its files.
 * Open {@link dev.reckoner.app.read.Door} first.
 */
@NullMarked
package dev.reckoner.app.read;

import org.jspecify.annotations.NullMarked;
