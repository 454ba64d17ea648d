/**
 * How answers look: tables that fit a terminal, money rounded once, CSV, text from the network made harmless. Open
 * {@link dev.reckoner.app.output.Table} first.
 */
@NullMarked
package dev.reckoner.app.output;

import org.jspecify.annotations.NullMarked;
