package dev.reckoner.proxy;

import dev.reckoner.config.People;
import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.ledger.keys.VirtualKey;
import dev.reckoner.proxy.attribute.Identities;
import dev.reckoner.proxy.attribute.UpstreamCredential;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Virtual keys and the credentials they are served with, as a test wants them. */
public final class KeyRing {
    /** A vendor's key of the server's. */
    public static final String OURS = "sk-ant-api03-ours000000000000000000000000000-ours";

    private final Map<String, VirtualKey> bySecret = new ConcurrentHashMap<>();
    private People people = People.NONE;

    /** Adds a key of ada's. */
    public KeyRing with(String secret, ClientTrust trust) {
        return with(secret, key("ada", "search", trust, List.of(), null, null));
    }

    /** Adds a key. */
    public KeyRing with(String secret, VirtualKey key) {
        bySecret.put(secret, key);
        return this;
    }

    /** Knows people. */
    public KeyRing with(People known) {
        people = known;
        return this;
    }

    /** A key under the default credential. */
    public static VirtualKey key(
            @Nullable String user,
            @Nullable String team,
            ClientTrust trust,
            List<String> models,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {
        return new VirtualKey(
                "key_1",
                new VirtualKey.Secret("", "rk-a...b"),
                null,
                null,
                "laptop",
                user,
                team,
                null,
                List.of("env=prod"),
                models,
                "default",
                trust,
                Instant.EPOCH,
                expiresAt,
                revokedAt);
    }

    /** What the proxy is to know. */
    public Identities identities(KeyHasher hasher) {
        return new Identities(
                hasher,
                hash -> bySecret.entrySet().stream()
                        .filter(entry -> hasher.reference(entry.getKey()).hash().equals(hash))
                        .map(entry -> hashed(entry.getValue(), hash))
                        .findFirst()
                        .orElse(null),
                name -> name.equals("default")
                        ? new UpstreamCredential("default", hasher.reference(OURS), "x-api-key", OURS, null)
                        : name.equals("laptops")
                                ? new UpstreamCredential(
                                        "laptops",
                                        hasher.reference(OURS),
                                        "authorization",
                                        "Bearer " + OURS,
                                        "wrkspc_ours")
                                : null,
                () -> people);
    }

    /** The same under another credential. */
    public static VirtualKey servedWith(String credential, VirtualKey key) {
        return copy(key, key.secret(), credential);
    }

    private static VirtualKey hashed(VirtualKey key, String hash) {
        return copy(key, new VirtualKey.Secret(hash, key.secret().hint()), key.credential());
    }

    private static VirtualKey copy(VirtualKey key, VirtualKey.Secret secret, String credential) {
        return new VirtualKey(
                key.id(),
                secret,
                key.former(),
                key.formerUntil(),
                key.name(),
                key.user(),
                key.team(),
                key.project(),
                key.tags(),
                key.models(),
                credential,
                key.trust(),
                key.createdAt(),
                key.expiresAt(),
                key.revokedAt());
    }
}
