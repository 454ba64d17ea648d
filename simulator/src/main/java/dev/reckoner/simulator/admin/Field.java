package dev.reckoner.simulator.admin;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a report can be grouped and filtered by (api-facts §4.1, §4.3). */
enum Field {
    ACCOUNT("account_id", "account_ids"),
    API_KEY("api_key_id", "api_key_ids"),
    CONTEXT_WINDOW("context_window", "context_window"),
    INFERENCE_GEO("inference_geo", "inference_geos"),
    MODEL("model", "models"),
    /** Nobody uses service accounts here. */
    SERVICE_ACCOUNT("service_account_id", "service_account_ids"),
    SERVICE_TIER("service_tier", "service_tiers"),
    SPEED("speed", "speeds"),
    WORKSPACE("workspace_id", "workspace_ids"),
    PRODUCT("product", "products"),
    ACTOR("actor", "actor_ids"),
    ACTOR_TYPE("actor_type", "actor_types");

    /** Those of the usage report. */
    static final List<Field> USAGE = List.of(
            ACCOUNT, API_KEY, CONTEXT_WINDOW, INFERENCE_GEO, MODEL, SERVICE_ACCOUNT, SERVICE_TIER, SPEED, WORKSPACE);

    private final String group;
    private final String filter;

    Field(String group, String filter) {
        this.group = group;
        this.filter = filter;
    }

    static Field named(String group) {
        return Stream.of(values())
                .filter(field -> field.group.equals(group))
                .findFirst()
                .orElseThrow();
    }

    String group() {
        return group;
    }

    String filter() {
        return filter;
    }

    @Nullable
    String value(Terms terms) {
        return switch (this) {
            case ACCOUNT -> terms.accountId();
            case API_KEY -> terms.apiKeyId();
            case CONTEXT_WINDOW -> terms.contextWindow();
            case INFERENCE_GEO -> terms.geo();
            case MODEL -> terms.model();
            case SERVICE_ACCOUNT -> null;
            case SERVICE_TIER -> terms.tier();
            case SPEED -> terms.speed();
            case WORKSPACE -> terms.workspaceId();
            case PRODUCT -> terms.product();
            case ACTOR -> terms.accountId() == null ? terms.apiKeyId() : terms.accountId();
            case ACTOR_TYPE -> actorType(terms);
        };
    }

    /** Whether the terms have one of the values; the empty one stands for none. */
    boolean allows(List<String> values, Terms terms) {
        return values.isEmpty() || values.contains(Objects.requireNonNullElse(value(terms), ""));
    }

    private static @Nullable String actorType(Terms terms) {
        if (terms.accountId() != null) {
            return "user_actor";
        }
        return terms.apiKeyId() == null ? null : "api_actor";
    }
}
