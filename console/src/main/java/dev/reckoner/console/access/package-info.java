/**
 * Who asks, and what they may: callers and their roles, tokens and sessions. Knows nothing of what is asked for. Open
 * {@link dev.reckoner.console.access.Access} first.
 */
@NullMarked
package dev.reckoner.console.access;

import org.jspecify.annotations.NullMarked;
