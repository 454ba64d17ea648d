/**
 * Takes connections and requests in: one head at a time, gathered, parsed, checked more strictly than the codec does,
 * its body followed, and what is refused answered in the vendor's error form. Open
 * {@link dev.reckoner.proxy.accept.RequestReader}, then {@link dev.reckoner.proxy.accept.RequestRules}.
 */
@NullMarked
package dev.reckoner.proxy.accept;

import org.jspecify.annotations.NullMarked;
