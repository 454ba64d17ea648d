package dev.reckoner.reconcile.vendor;

import org.jspecify.annotations.Nullable;

/**
 * A key as the vendor lists it (api-facts §4.5).
 *
 * @param hint the first characters, three dots, the last four; null where the vendor shows none
 * @param workspaceId null for the default workspace
 * @param status such as {@code active}; null where it isn't stated
 */
public record ApiKey(
        String id,
        String name,
        @Nullable String hint,
        @Nullable String workspaceId,
        @Nullable String status) {

    /** A key whose status isn't stated. */
    public ApiKey(String id, String name, @Nullable String hint, @Nullable String workspaceId) {
        this(id, name, hint, workspaceId, null);
    }
}
