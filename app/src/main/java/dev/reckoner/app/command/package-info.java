/**
 * The commands of the command line: what they accept, what they ask the books, what they print. Open
 * {@link dev.reckoner.app.command.CommandTree} first.
 */
@NullMarked
package dev.reckoner.app.command;

import org.jspecify.annotations.NullMarked;
