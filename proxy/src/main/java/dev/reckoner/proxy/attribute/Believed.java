package dev.reckoner.proxy.attribute;

import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.ledger.keys.VirtualKey;
import org.jspecify.annotations.Nullable;

/**
 * What of a request's own words about itself is believed.
 *
 * @param users who uses it
 * @param groups team and project
 * @param sessions sessions and tags
 */
record Believed(boolean users, boolean groups, boolean sessions) {

    /**
     * What is believed on a listener, with a key or without.
     *
     * @param trusted whether the listener's clients are believed
     */
    static Believed of(boolean trusted, @Nullable VirtualKey key) {
        if (key == null) {
            return new Believed(trusted, trusted, trusted);
        }
        return switch (key.trust()) {
            case NONE -> new Believed(false, false, false);
            case SESSIONS -> new Believed(trusted, trusted, true);
            case USERS -> new Believed(true, trusted, true);
        };
    }

    /** Whether the client's user goes before the key's own. */
    static boolean namesUsers(@Nullable VirtualKey key) {
        return key != null && key.trust() == ClientTrust.USERS;
    }
}
