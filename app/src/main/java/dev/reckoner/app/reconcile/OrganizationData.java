package dev.reckoner.app.reconcile;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.reconcile.vendor.ApiKey;
import dev.reckoner.reconcile.vendor.Organization;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An organisation for programs. In CSV the first column says what a row is; columns that don't apply are empty. */
final class OrganizationData {

    private static final List<String> COLUMNS = List.of(
            "kind",
            "id",
            "name",
            "hint",
            "email",
            "status",
            "workspace_id",
            "in_ledger",
            "shares_hint",
            "type",
            "value");

    private final Meeting meeting;
    private final Organization organization;

    OrganizationData(Meeting meeting) {
        this.meeting = meeting;
        this.organization = meeting.organization();
    }

    void json(PrintWriter out) {
        Json.print(out, false, json -> {
            json.field("name", organization.name());
            json.array("keys", list -> {
                for (ApiKey key : organization.keys()) {
                    list.object(item -> key(item, key));
                }
            });
            json.array("keys_not_listed", list -> {
                for (String hint : meeting.unlisted()) {
                    list.item(hint);
                }
            });
            json.array("workspaces", list -> {
                for (Organization.Workspace workspace : organization.workspaces()) {
                    list.object(item -> workspace(item, workspace));
                }
            });
            json.array("users", list -> {
                for (Organization.User user : organization.users()) {
                    list.object(item -> user(item, user));
                }
            });
            json.array("rate_limits", list -> {
                for (Organization.RateLimit limit : organization.limits()) {
                    list.object(item -> limit(item, limit));
                }
            });
            json.array("notes", list -> {
                for (String note : organization.notes()) {
                    list.item(note);
                }
            });
        });
    }

    private void key(Json json, ApiKey key) throws IOException {
        json.field("id", key.id());
        json.field("name", key.name());
        json.field("hint", key.hint());
        json.field("status", key.status());
        json.field("workspace_id", key.workspaceId());
        json.field("in_ledger", meeting.seen(key));
        json.field("shares_hint", meeting.collides(key));
    }

    private void workspace(Json json, Organization.Workspace workspace) throws IOException {
        json.field("id", workspace.id());
        json.field("name", workspace.name());
        json.field("archived", workspace.archived());
        json.field("default", workspace.standard());
        json.field("in_ledger", meeting.seen(workspace));
    }

    private void user(Json json, Organization.User user) throws IOException {
        json.field("id", user.id());
        json.field("email", user.email());
        json.field("name", user.name());
        json.field("role", user.role());
        json.field("in_ledger", meeting.seen(user));
    }

    private static void limit(Json json, Organization.RateLimit limit) throws IOException {
        Long value = limit.value();
        json.field("workspace_id", limit.workspaceId());
        json.field("group", limit.group());
        json.array("models", list -> {
            for (String model : limit.models()) {
                list.item(model);
            }
        });
        json.field("type", limit.type());
        if (value != null) {
            json.field("value", value);
        }
    }

    void csv(PrintWriter out) {
        List<List<String>> records = new ArrayList<>();
        records.add(COLUMNS);
        organization
                .keys()
                .forEach(key -> records.add(row("key")
                        .put("id", key.id())
                        .put("name", key.name())
                        .put("hint", key.hint())
                        .put("status", key.status())
                        .put("workspace_id", key.workspaceId())
                        .put("in_ledger", meeting.seen(key))
                        .put("shares_hint", meeting.collides(key))
                        .record()));
        meeting.unlisted()
                .forEach(hint -> records.add(row("key_not_listed")
                        .put("hint", hint)
                        .put("in_ledger", true)
                        .record()));
        organization
                .workspaces()
                .forEach(workspace -> records.add(row("workspace")
                        .put("id", workspace.id())
                        .put("name", workspace.name())
                        .put("status", workspace.archived() ? "archived" : "active")
                        .put("workspace_id", workspace.id())
                        .put("in_ledger", meeting.seen(workspace))
                        .record()));
        organization
                .users()
                .forEach(user -> records.add(row("user")
                        .put("id", user.id())
                        .put("name", user.name())
                        .put("email", user.email())
                        .put("status", user.role())
                        .put("in_ledger", meeting.seen(user))
                        .record()));
        organization
                .limits()
                .forEach(limit -> records.add(row("rate_limit")
                        .put("name", limit.group())
                        .put("workspace_id", limit.workspaceId())
                        .put("type", limit.type())
                        .put("value", limit.value())
                        .record()));
        Csv.write(out, records);
    }

    private static Row row(String kind) {
        return new Row(new HashMap<>()).put("kind", kind);
    }

    /** A record under construction; a column that isn't put stays empty. */
    private record Row(Map<String, String> values) {

        private Row put(String column, @Nullable Object value) {
            values.put(column, value == null ? "" : Csv.text(value.toString()));
            return this;
        }

        private List<String> record() {
            return COLUMNS.stream()
                    .map(column -> values.getOrDefault(column, ""))
                    .toList();
        }
    }
}
