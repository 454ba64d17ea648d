/**
 * The data path. Its packages in the order of a request: accept, route, attribute, forward, tap, record; {@code wire} is
 * what accept and forward both know of HTTP/1.1. Open {@link dev.reckoner.proxy.ProxyServer}.
 */
@NullMarked
package dev.reckoner.proxy;

import org.jspecify.annotations.NullMarked;
