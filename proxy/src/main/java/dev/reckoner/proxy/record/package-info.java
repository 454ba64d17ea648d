/**
 * Hands each exchange to the books: its opening, its notes, and exactly one terminal event, whatever ends it. Open
 * {@link dev.reckoner.proxy.record.Exchange}.
 */
@NullMarked
package dev.reckoner.proxy.record;

import org.jspecify.annotations.NullMarked;
