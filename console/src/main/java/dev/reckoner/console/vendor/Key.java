package dev.reckoner.console.vendor;

import dev.reckoner.ledger.Dimension;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing a report can be grouped and filtered by, under the vendor's names or, for what the vendor lacks, ours.
 *
 * @param group the name in {@code group_by[]} and in results
 * @param filter the name of the filter parameter
 * @param dimension what it is in our books; null for what no response states, so that it is always null in results
 * @param allowed the values a filter may have; empty for any
 */
record Key(String group, String filter, @Nullable Dimension dimension, Set<String> allowed) {

    /** The keys of the usage report (api-facts §4.1), in the order of its results. */
    static final List<Key> USAGE = List.of(
            of("account_id", "account_ids", null),
            of("api_key_id", "api_key_ids", Dimension.KEY),
            new Key("context_window", "context_window", Dimension.CONTEXT_WINDOW, Set.of("0-200k", "200k-1M")),
            new Key(
                    "inference_geo",
                    "inference_geos",
                    Dimension.INFERENCE_GEO,
                    Set.of("global", "us", "not_available")),
            of("model", "models", Dimension.MODEL),
            of("service_account_id", "service_account_ids", null),
            new Key(
                    "service_tier",
                    "service_tiers",
                    Dimension.SERVICE_TIER,
                    Set.of("batch", "flex", "flex_discount", "priority", "priority_on_demand", "standard")),
            new Key("speed", "speeds", Dimension.SPEED, Set.of("standard", "fast")),
            of("workspace_id", "workspace_ids", Dimension.WORKSPACE),
            of("user_id", "user_ids", Dimension.USER),
            of("team", "teams", Dimension.TEAM),
            of("project", "projects", Dimension.PROJECT),
            of("session_id", "session_ids", Dimension.SESSION),
            of("tag", "tags", Dimension.TAG));

    /** What the vendor's reports lack. Rows of different tags overlap: an exchange stands in each of its own. */
    static final List<Key> OURS =
            USAGE.stream().filter(key -> isOurs(key.dimension())).toList();

    /** What costs can be grouped by beside {@code description} (api-facts §4.2). */
    static final List<Key> COST = USAGE.stream()
            .filter(key -> key.dimension() == Dimension.WORKSPACE || isOurs(key.dimension()))
            .toList();

    /** The values that the usage report allows of a dimension; empty for any. */
    static Set<String> allowed(Dimension dimension) {
        return USAGE.stream()
                .filter(key -> key.dimension() == dimension)
                .findFirst()
                .map(Key::allowed)
                .orElse(Set.of());
    }

    private static Key of(String group, String filter, @Nullable Dimension dimension) {
        return new Key(group, filter, dimension, Set.of());
    }

    private static boolean isOurs(@Nullable Dimension dimension) {
        return dimension == Dimension.USER
                || dimension == Dimension.TEAM
                || dimension == Dimension.PROJECT
                || dimension == Dimension.SESSION
                || dimension == Dimension.TAG;
    }
}
