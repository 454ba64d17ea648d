/**
 * Whether an exchange may go upstream: asks the limits once what it asks for is known, and words the answer. Open {@link
 * dev.reckoner.proxy.admit.Admitting} first.
 */
@NullMarked
package dev.reckoner.proxy.admit;

import org.jspecify.annotations.NullMarked;
