/**
 * Our own keys: who a request with one of them is from, without the vendor's key ever leaving the server. Open
 * {@link dev.reckoner.ledger.keys.VirtualKey} first.
 */
@NullMarked
package dev.reckoner.ledger.keys;

import org.jspecify.annotations.NullMarked;
