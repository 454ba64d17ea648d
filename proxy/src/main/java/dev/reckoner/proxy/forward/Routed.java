package dev.reckoner.proxy.forward;

import dev.reckoner.proxy.accept.RequestHead;
import dev.reckoner.proxy.attribute.Pass;
import dev.reckoner.proxy.route.RouteMatch;

/**
 * A request that is known by its head: where it goes and what its credential opens.
 *
 * @param head as it came
 */
record Routed(RequestHead head, RouteMatch match, Pass pass) {}
