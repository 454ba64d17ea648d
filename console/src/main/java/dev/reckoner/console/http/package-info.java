/**
 * How a question reaches its answer: one connection's handler, who may ask, and the workers that may block. Knows
 * nothing of what is asked for. Open {@link dev.reckoner.console.http.ConsoleHandler} first.
 */
@NullMarked
package dev.reckoner.console.http;

import org.jspecify.annotations.NullMarked;
