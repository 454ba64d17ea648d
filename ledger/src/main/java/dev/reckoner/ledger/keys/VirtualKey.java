package dev.reckoner.ledger.keys;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of our keys: who uses it, what with, and for how long. The key itself is nowhere in it (P9).
 *
 * @param id {@code key_…}, the same for all secrets that the key has had
 * @param secret the present secret
 * @param former the secret before it, valid until {@link #formerUntil}; null where there is none
 * @param name what people call it, "" where it has no name
 * @param tags sorted, distinct
 * @param models exact ids of the models that may be asked for; empty for all
 * @param credential the name of the upstream credential that it is served with
 * @param trust what its client may say about who it is
 */
public record VirtualKey(
        String id,
        Secret secret,
        @Nullable Secret former,
        @Nullable Instant formerUntil,
        String name,
        @Nullable String user,
        @Nullable String team,
        @Nullable String project,
        List<String> tags,
        List<String> models,
        String credential,
        ClientTrust trust,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public VirtualKey {
        tags = List.copyOf(tags);
        models = List.copyOf(models);
    }

    /**
     * The only form of a secret that is kept.
     *
     * @param hash HMAC-SHA256 under the ledger's own secret, first 128 bits, lower-case hex
     * @param hint its first and last characters
     */
    public record Secret(String hash, String hint) {}

    /** Where a key stands at an instant. */
    public enum State {
        VALID,
        EXPIRED,
        REVOKED
    }

    /** Where the key stands. */
    public State state(Instant now) {
        if (revokedAt != null && !now.isBefore(revokedAt)) {
            return State.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? State.EXPIRED : State.VALID;
    }

    /** Where one of its secrets stands: a former one expires by itself. */
    public State state(String hash, Instant now) {
        boolean outlived = !secret.hash().equals(hash) && (formerUntil == null || !now.isBefore(formerUntil));
        return outlived && state(now) == State.VALID ? State.EXPIRED : state(now);
    }

    /** Whether a model may be asked for. */
    public boolean allows(String model) {
        return models.isEmpty() || models.contains(model);
    }
}
