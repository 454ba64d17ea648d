/**
 * Prepaid credits on the command line, and the watch over them in a server. Open
 * {@link dev.reckoner.app.credit.Drawn} first.
 */
@NullMarked
package dev.reckoner.app.credit;

import org.jspecify.annotations.NullMarked;
