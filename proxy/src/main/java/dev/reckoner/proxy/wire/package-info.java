/**
 * HTTP/1.1 as bytes, for both directions: where a head ends, what its lines may hold, where a body ends, what goes no
 * further than one hop. Open {@link dev.reckoner.proxy.wire.BodyFollower}, then
 * {@link dev.reckoner.proxy.wire.HeadGatherer}.
 */
@NullMarked
package dev.reckoner.proxy.wire;

import org.jspecify.annotations.NullMarked;
