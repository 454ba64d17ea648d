package dev.reckoner.proxy.attribute;

import dev.reckoner.config.People;
import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.keys.VirtualKeys;
import java.util.function.Supplier;

/**
 * What is known of those who ask.
 *
 * @param hasher of the keys they come with
 * @param virtualKeys our own keys
 * @param credentials what our own keys are served with
 * @param people who is who, as known at the moment
 */
public record Identities(
        KeyHasher hasher, VirtualKeys virtualKeys, UpstreamCredentials credentials, Supplier<People> people) {

    /** Nobody is known but by the vendor's key. */
    public static Identities unknown(KeyHasher hasher) {
        return new Identities(hasher, VirtualKeys.NONE, UpstreamCredentials.NONE, () -> People.NONE);
    }
}
