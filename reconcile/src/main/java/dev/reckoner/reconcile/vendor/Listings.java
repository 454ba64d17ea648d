package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads pages of the Admin API's listings into values (api-facts §4.5). */
public final class Listings {

    private Listings() {}

    /** The keys on pages. */
    public static List<ApiKey> keys(List<JsonNode> pages) {
        List<ApiKey> keys = new ArrayList<>();
        for (JsonNode page : pages) {
            for (JsonNode key : page.path("data")) {
                keys.add(new ApiKey(
                        key.path("id").asText(),
                        key.path("name").asText(),
                        text(key, "partial_key_hint"),
                        text(key, "workspace_id"),
                        text(key, "status")));
            }
        }
        return keys;
    }

    /** The names of workspaces on pages, by id. */
    public static Map<String, String> workspaces(List<JsonNode> pages) {
        Map<String, String> workspaces = new LinkedHashMap<>();
        for (JsonNode page : pages) {
            for (JsonNode workspace : page.path("data")) {
                workspaces.put(
                        workspace.path("id").asText(), workspace.path("name").asText());
            }
        }
        return workspaces;
    }

    /** The e-mail addresses of users on pages, by id. */
    public static Map<String, String> users(List<JsonNode> pages) {
        Map<String, String> users = new LinkedHashMap<>();
        for (JsonNode page : pages) {
            for (JsonNode user : page.path("data")) {
                users.put(user.path("id").asText(), user.path("email").asText());
            }
        }
        return users;
    }

    private static @Nullable String text(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        return value.isTextual() ? value.textValue() : null;
    }
}
