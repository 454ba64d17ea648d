package dev.reckoner.console.vendor;

import dev.reckoner.ledger.Dimension;
import java.util.List;
import java.util.Set;

/**
 * What the analytics can be grouped and filtered by (api-facts §4.3), in the order of a row's group. Who, what kind of who
 * and which product follow from several dimensions of our books; what no response states is null.
 */
final class AnalyticsKeys {
    static final Key ACTOR = of("actor", "actor_ids");
    static final Key ACTOR_TYPE = new Key(
            "actor_type",
            "actor_types",
            null,
            Set.of("user_actor", "service_account_actor", "federated_actor", "api_actor"));
    static final Key PRODUCT = new Key(
            "product",
            "products",
            null,
            Set.of(
                    "chat",
                    "chat_cowork_unified",
                    "claude_code",
                    "claude_console",
                    "claude_design",
                    "claude_in_chrome",
                    "claude_tag",
                    "cowork",
                    "managed_agents_api",
                    "message_batches_api",
                    "messages_api",
                    "office_agent"));

    /** All of them: the vendor's, and behind them ours. */
    static final List<Key> ALL = List.of(
            ACTOR,
            ACTOR_TYPE,
            of("agent_id", "agent_ids"),
            of("api_key_id", "api_key_ids", Dimension.KEY),
            of("claude_tag_category", "claude_tag_categories"),
            of("claude_tag_user_id", "claude_tag_user_ids"),
            known("context_window", "context_windows", Dimension.CONTEXT_WINDOW),
            of("deployment_id", "deployment_ids"),
            of("environment_id", "environment_ids"),
            known("inference_geo", "inference_geos", Dimension.INFERENCE_GEO),
            of("model", "models", Dimension.MODEL),
            of("organization_id", "organization_ids"),
            PRODUCT,
            of("rbac_group_id", "rbac_group_ids"),
            known("service_tier", "service_tiers", Dimension.SERVICE_TIER),
            of("session_id", "session_ids", Dimension.SESSION),
            of("slack_channel_id", "slack_channel_ids"),
            known("speed", "speeds", Dimension.SPEED),
            of("user_profile_id", "user_profile_ids"),
            of("workspace_id", "workspace_ids", Dimension.WORKSPACE),
            of("user_id", "user_ids", Dimension.USER),
            of("team", "teams", Dimension.TEAM),
            of("project", "projects", Dimension.PROJECT),
            of("tag", "tags", Dimension.TAG));

    /** Those whose filter is not a condition on one dimension. */
    private static final List<Key> DERIVED = List.of(ACTOR, ACTOR_TYPE, PRODUCT);

    private AnalyticsKeys() {}

    /** Those whose filter the books can go by, or that nothing of ours can match. */
    static List<Key> plain() {
        return ALL.stream().filter(key -> !DERIVED.contains(key)).toList();
    }

    private static Key of(String group, String filter) {
        return new Key(group, filter, null, Set.of());
    }

    private static Key of(String group, String filter, Dimension dimension) {
        return new Key(group, filter, dimension, Set.of());
    }

    /** One with the values of the usage report. */
    private static Key known(String group, String filter, Dimension dimension) {
        return new Key(group, filter, dimension, Key.allowed(dimension));
    }
}
