/**
 * Compares whole exchanges through reckoner, through nginx and without a proxy, in interleaved rounds of one run: a
 * canned upstream, a load client, and the proxies as child processes. Open {@link dev.reckoner.bench.relay.RelayBench}.
 */
@NullMarked
package dev.reckoner.bench.relay;

import org.jspecify.annotations.NullMarked;
