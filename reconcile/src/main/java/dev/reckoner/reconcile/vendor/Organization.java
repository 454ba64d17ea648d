package dev.reckoner.reconcile.vendor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor lists of an organisation (api-facts §4.5).
 *
 * @param limits those of the organisation first, then what single workspaces have of their own
 * @param notes what could not be had, each a sentence
 */
public record Organization(
        String name,
        List<ApiKey> keys,
        List<Workspace> workspaces,
        List<User> users,
        List<RateLimit> limits,
        List<String> notes) {

    public Organization {
        keys = List.copyOf(keys);
        workspaces = List.copyOf(workspaces);
        users = List.copyOf(users);
        limits = List.copyOf(limits);
        notes = List.copyOf(notes);
    }

    /** A workspace; the default one has an id too, which the reports leave out. */
    public record Workspace(String id, String name, boolean archived, boolean standard) {}

    /** A member. */
    public record User(String id, String email, String name, String role) {}

    /**
     * One rate limit.
     *
     * @param workspaceId null for the organisation's
     * @param group the models' display name, or what else it is on
     * @param type such as {@code requests_per_minute}
     * @param value null for none
     */
    public record RateLimit(
            @Nullable String workspaceId,
            String group,
            List<String> models,
            String type,
            @Nullable Long value) {

        public RateLimit {
            models = List.copyOf(models);
        }
    }
}
