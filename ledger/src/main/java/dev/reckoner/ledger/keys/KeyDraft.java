package dev.reckoner.ledger.keys;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual key as somebody wants it; see {@link VirtualKey} for its parts.
 *
 * @param budget what may be spent with it, such as {@code 50/day}; null for no limit of its own
 */
public record KeyDraft(
        String name,
        @Nullable String user,
        @Nullable String team,
        @Nullable String project,
        List<String> tags,
        List<String> models,
        String credential,
        ClientTrust trust,
        @Nullable Instant expiresAt,
        @Nullable String budget) {

    public KeyDraft {
        tags = tags.stream().sorted().distinct().toList();
        models = List.copyOf(models);
    }
}
