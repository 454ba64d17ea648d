/**
 * Where a request goes and how it is treated, decided by method and path alone; path prefixes that name a user, team or
 * project are taken off here. Open {@link dev.reckoner.proxy.route.RouteMatcher} first.
 */
@NullMarked
package dev.reckoner.proxy.route;

import org.jspecify.annotations.NullMarked;
