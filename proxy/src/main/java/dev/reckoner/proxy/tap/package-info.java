/**
 * Reads a copy of the bytes as they pass and never touches them: what a request asks for, what a response used. Open
 * {@link dev.reckoner.proxy.tap.ResponseTap}, then {@link dev.reckoner.proxy.tap.RequestTap}.
 */
@NullMarked
package dev.reckoner.proxy.tap;

import org.jspecify.annotations.NullMarked;
