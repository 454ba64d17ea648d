/**
 * Fetches the results of batches that nobody downloaded, through the proxy's own listener like any client. Open
 * {@link dev.reckoner.proxy.collect.Collector} first.
 */
@NullMarked
package dev.reckoner.proxy.collect;

import org.jspecify.annotations.NullMarked;
