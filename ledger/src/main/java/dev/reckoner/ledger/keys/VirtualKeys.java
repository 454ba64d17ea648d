package dev.reckoner.ledger.keys;

import org.jspecify.annotations.Nullable;

/** What the data path knows of virtual keys. Never blocks; any thread. */
@FunctionalInterface
public interface VirtualKeys {

    /** What a virtual key begins with. */
    String PREFIX = "rk-";

    /** No virtual key is known. */
    VirtualKeys NONE = hash -> null;

    /**
     * The key that has a secret, whether it is valid or not; null where none has.
     *
     * @param hash of the secret, as {@link VirtualKey.Secret#hash}
     */
    @Nullable
    VirtualKey find(String hash);
}
