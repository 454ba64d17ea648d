/**
 * Sends requests upstream and responses back, bytes as they came, both ways at the pace of the slower side. Open
 * {@link dev.reckoner.proxy.forward.Forwarder}, then {@link dev.reckoner.proxy.forward.Relay}.
 */
@NullMarked
package dev.reckoner.proxy.forward;

import org.jspecify.annotations.NullMarked;
