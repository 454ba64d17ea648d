package dev.reckoner.reconcile.identity;

import dev.reckoner.reconcile.vendor.ApiKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One name for each key and workspace on both sides.
 *
 * <p>The ledger knows a key by its hint, its first sixteen and last four characters; the vendor lists the same hint beside
 * the id (api-facts §4.5). A hint isn't unique by construction: keys that share one are told apart on neither side.
 * Without a list of keys no key can be told from another. The default workspace has a real id in response headers and
 * none in the reports (api-facts §2.3, §6): an id that the vendor's list doesn't have is its.
 */
public final class Identity {

    /** The name of all keys together, where they can't be told apart. */
    public static final String ALL_KEYS = "all_keys";

    private final boolean listed;
    private final Map<String, List<String>> idsByHint = new TreeMap<>();
    private final Map<String, String> hints = new HashMap<>();
    private final Set<String> workspaces;

    /**
     * The identities of one organisation.
     *
     * @param keys as listed; empty where there is no list
     * @param workspaces ids as listed, without the default one
     */
    public Identity(List<ApiKey> keys, Set<String> workspaces) {
        this.listed = !keys.isEmpty();
        this.workspaces = Set.copyOf(workspaces);
        for (ApiKey key : keys) {
            String hint = key.hint();
            if (hint != null) {
                hints.put(key.id(), hint);
                idsByHint.computeIfAbsent(hint, none -> new ArrayList<>()).add(key.id());
            }
        }
    }

    /** Whether the vendor's keys are known, so that keys can be told apart. */
    public boolean listed() {
        return listed;
    }

    /** The name of a key that the ledger knows by this hint; the hint itself where the vendor doesn't list it. */
    public @Nullable String ofLedgerKey(String hint) {
        if (hint.isEmpty()) {
            return null;
        }
        if (!listed) {
            return ALL_KEYS;
        }
        List<String> ids = idsByHint.getOrDefault(hint, List.of());
        return ids.size() == 1 ? ids.get(0) : hint;
    }

    /** The name of a key that the ledger knows by this hint; null where the vendor's list, if there is one, lacks it. */
    public @Nullable String ofListedKey(String hint) {
        boolean unknown = listed && !idsByHint.containsKey(hint);
        return unknown ? null : ofLedgerKey(hint);
    }

    /** What the ledger calls a key of that name. */
    public String hint(String name) {
        return hints.getOrDefault(name, name);
    }

    /** The name of a key of the vendor's; its hint where other keys share it. */
    public @Nullable String ofVendorKey(@Nullable String id) {
        if (id == null) {
            return null;
        }
        if (!listed) {
            return ALL_KEYS;
        }
        String hint = hints.get(id);
        return hint != null && idsByHint.getOrDefault(hint, List.of()).size() > 1 ? hint : id;
    }

    /** The workspace of an exchange, null for the default one. */
    public @Nullable String ofLedgerWorkspace(String id) {
        return workspaces.contains(id) ? id : null;
    }

    /** Hints that several keys share, with their ids. */
    public Map<String, List<String>> collisions() {
        Map<String, List<String>> collisions = new TreeMap<>(idsByHint);
        collisions.values().removeIf(ids -> ids.size() < 2);
        return collisions;
    }
}
