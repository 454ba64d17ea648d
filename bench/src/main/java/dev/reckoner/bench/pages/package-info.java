/**
 * What a page asks of the books, over millions of entries. Open {@link dev.reckoner.bench.pages.PagesBench} first, or
 * {@link dev.reckoner.bench.pages.Fill} for where the entries come from.
 */
@NullMarked
package dev.reckoner.bench.pages;

import org.jspecify.annotations.NullMarked;
