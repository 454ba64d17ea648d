package dev.reckoner.reconcile.saved;

import dev.reckoner.reconcile.vendor.AdminApiException;
import dev.reckoner.reconcile.vendor.ApiKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ids behind the names of keys and workspaces in the Console's exports, by the lists of the Admin API where they were saved
 * too. Without a list of workspaces, all count as one; a key that no list has goes by its name.
 */
final class ConsoleNames {

    /** The Console's name of the default workspace, which the Admin API gives no id. */
    private static final String DEFAULT = "Default";

    private final List<ApiKey> keys;
    private final Map<String, String> workspaces;

    ConsoleNames(List<ApiKey> keys, Map<String, String> workspaces) {
        this.keys = keys;
        this.workspaces = workspaces;
    }

    /**
     * The id of a workspace, null for the default one.
     *
     * @throws AdminApiException where there is a list of workspaces and the name isn't one's alone
     */
    @Nullable
    String workspace(@Nullable String name) {
        if (name == null || name.isEmpty() || name.equals(DEFAULT) || workspaces.isEmpty()) {
            return null;
        }
        List<String> ids = workspaces.entrySet().stream()
                .filter(workspace -> workspace.getValue().equals(name))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (ids.size() != 1) {
            throw new AdminApiException(
                    "found the workspace \"" + name + "\" in a Console export, expected the name of one"
                            + " workspace of the list, which has " + ids.size() + " of it");
        }
        return ids.get(0);
    }

    /**
     * The id of a key; empty without a key.
     *
     * @throws AdminApiException where several keys of the workspace have the name
     */
    String key(String name, @Nullable String workspaceId) {
        List<String> ids = keys.stream()
                .filter(key -> key.name().equals(name))
                .filter(key -> workspaces.isEmpty() || Objects.equals(key.workspaceId(), workspaceId))
                .map(ApiKey::id)
                .sorted()
                .toList();
        if (ids.size() > 1) {
            throw new AdminApiException("found the key \"" + name + "\" in a Console export, which may be any of "
                    + String.join(", ", ids) + ": rename all but one of them, or save pages of the Admin API, which"
                    + " have ids");
        }
        return ids.isEmpty() ? name : ids.get(0);
    }
}
