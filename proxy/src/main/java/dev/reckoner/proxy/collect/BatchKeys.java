package dev.reckoner.proxy.collect;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that created batches, each under its batch, in memory only (P9): with them results can be fetched
 * until the process ends. Any thread.
 */
public final class BatchKeys {

    /** Batches whose credential is kept; that of further ones is not, and they wait for someone else to download. */
    static final int BATCHES_MAX = 10_000;

    /** What the vendor needs to see again: who asks, and by which version of its API. */
    private static final List<String> FIELDS = List.of(
            "x-api-key", "authorization", "x-bf-vk", "anthropic-version", "anthropic-beta", "anthropic-workspace-id");

    private final Map<String, Map<String, String>> fields = new ConcurrentHashMap<>();

    /** Keeps what of a creation's head is needed to ask for its results. */
    public void remember(String batchId, HttpHeaders creation) {
        if (fields.size() >= BATCHES_MAX) {
            return;
        }
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : FIELDS) {
            String value = creation.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        fields.put(batchId, Map.copyOf(kept));
    }

    /** The header fields to ask about a batch with, null where its credential isn't known. */
    @Nullable
    Map<String, String> find(String batchId) {
        return fields.get(batchId);
    }

    /** Forgets the credential of a batch that needs no more asking. */
    void forget(String batchId) {
        fields.remove(batchId);
    }
}
