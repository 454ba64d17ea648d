/**
 * The running server: ledger, console and proxy put together in order and taken apart in order. Open
 * {@link dev.reckoner.app.serve.RunningServer} first.
 */
@NullMarked
package dev.reckoner.app.serve;

import org.jspecify.annotations.NullMarked;
