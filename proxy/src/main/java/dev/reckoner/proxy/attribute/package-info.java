/**
 * Who caused an exchange: what path, headers and the body's metadata say about it, as far as it is believed, and the
 * credential as keyed hash and hint. Open {@link dev.reckoner.proxy.attribute.Attributor} first.
 */
@NullMarked
package dev.reckoner.proxy.attribute;

import org.jspecify.annotations.NullMarked;
