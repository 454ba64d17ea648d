/**
 * Who caused an exchange: what its credential proves and opens, and what path, headers and the body's metadata say about
 * it, as far as they are believed. Open {@link dev.reckoner.proxy.attribute.Attributor} first.
 */
@NullMarked
package dev.reckoner.proxy.attribute;

import org.jspecify.annotations.NullMarked;
