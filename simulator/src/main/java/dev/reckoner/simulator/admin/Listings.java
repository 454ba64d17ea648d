package dev.reckoner.simulator.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.simulator.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who and what the organization has: keys, workspaces, users, itself, its rate limits (api-facts §4.5). */
final class Listings {
    private static final String SCOPED_VERSION = "2026-10-21";
    private static final int RATE_LIMITS_MAX = 1000;
    private static final String MODEL_GROUP = "model_group";

    /** Every limit of the organization. */
    private static final long VALUE = 4_000_000;

    private final Organization organization;

    Listings(Organization organization) {
        this.organization = organization;
    }

    byte[] me(Query query) {
        query.expectOnly(List.of());
        return Json.object(json -> {
            json.writeStringField("id", organization.id());
            json.writeStringField("type", "organization");
            json.writeStringField("name", "Simulated Organization");
        });
    }

    byte[] apiKeys(Query query) {
        query.expectOnly(with(IdPage.PARAMETERS, "status", "workspace_id"));
        String status = query.one("status");
        String workspace = query.one("workspace_id");
        List<Directory.ApiKey> keys = organization.directory().keys().stream()
                .filter(key -> status == null || status.equals(key.status()))
                .filter(key -> workspace == null || workspace.equals(key.workspaceId()))
                .toList();
        boolean scoped = query.version().compareTo(SCOPED_VERSION) >= 0;
        return IdPage.json(
                query, organization.paging(), keys, Directory.ApiKey::id, (json, key) -> key(json, key, scoped));
    }

    byte[] workspaces(Query query) {
        query.expectOnly(with(IdPage.PARAMETERS, "include_archived", "include_default"));
        boolean archived = "true".equals(query.one("include_archived"));
        List<Directory.Workspace> workspaces =
                new ArrayList<>(organization.directory().workspaces());
        workspaces.removeIf(workspace -> workspace.archived() && !archived);
        if ("true".equals(query.one("include_default"))) {
            workspaces.add(organization.defaultWorkspace());
        }
        return IdPage.json(query, organization.paging(), workspaces, Directory.Workspace::id, Listings::workspace);
    }

    byte[] users(Query query) {
        query.expectOnly(with(IdPage.PARAMETERS, "email"));
        String email = query.one("email");
        List<Directory.User> users = organization.directory().users().stream()
                .filter(user -> email == null || email.equals(user.email()))
                .toList();
        return IdPage.json(query, organization.paging(), users, Directory.User::id, (json, user) -> {
            json.writeStringField("id", user.id());
            json.writeStringField("type", "user");
            json.writeStringField("email", user.email());
            json.writeStringField("name", user.name());
            json.writeStringField("role", "user");
            json.writeStringField("added_at", user.addedAt().toString());
        });
    }

    /** One group for each model with its aliases, and the batches; everything in one page unless a limit is given. */
    byte[] rateLimits(Query query) {
        query.expectOnly(List.of("group_type", "model", "limit", "page"));
        List<Group> groups = groups(query.one("group_type"), query.one("model"));
        Paging paging = organization.paging();
        int limit = paging.limit(query.limit(RATE_LIMITS_MAX, RATE_LIMITS_MAX));
        int from = (int) Math.min(groups.size(), paging.position(query.one("page"), 0));
        int until = Math.min(groups.size(), from + limit);
        return Json.object(json -> {
            json.writeArrayFieldStart("data");
            for (Group group : groups.subList(from, until)) {
                group(json, group);
            }
            json.writeEndArray();
            boolean more = paging.more(until < groups.size());
            json.writeBooleanField("has_more", more);
            Json.string(json, "next_page", more ? paging.cursor(until) : null);
        });
    }

    /** What a workspace has of its own, for a model each; none unless it was given one. */
    byte[] rateLimits(Query query, String workspaceId) {
        query.expectOnly(List.of("group_type", "include_inherited", "limit", "page"));
        Directory directory = organization.directory();
        boolean known = workspaceId.equals(organization.defaultWorkspaceId())
                || directory.workspaces().stream()
                        .anyMatch(workspace -> workspace.id().equals(workspaceId));
        if (!known) {
            throw Problem.notFound("workspace: " + workspaceId);
        }
        return Json.object(json -> {
            json.writeArrayFieldStart("data");
            for (Directory.OwnLimit own : directory.ownLimits(workspaceId)) {
                json.writeStartObject();
                json.writeStringField("type", "workspace_rate_limit");
                json.writeStringField("group_type", MODEL_GROUP);
                json.writeObjectFieldStart("group");
                json.writeStringField("type", MODEL_GROUP);
                json.writeStringField("display_name", Offer.displayName(own.model()));
                json.writeEndObject();
                json.writeArrayFieldStart("models");
                json.writeString(own.model());
                json.writeEndArray();
                json.writeArrayFieldStart("limits");
                json.writeStartObject();
                json.writeStringField("type", own.type());
                json.writeNumberField("value", own.value());
                json.writeNumberField("org_limit", VALUE);
                json.writeObjectFieldStart("source");
                json.writeStringField("type", "workspace");
                json.writeEndObject();
                json.writeEndObject();
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", false);
            json.writeNullField("next_page");
        });
    }

    private record Group(String type, @Nullable Offer offer, List<String> limits) {
        String name() {
            return offer == null ? type : offer.model();
        }

        List<String> models() {
            return offer == null
                    ? List.of()
                    : Stream.concat(Stream.of(offer.model()), offer.aliases().stream())
                            .toList();
        }
    }

    private List<Group> groups(@Nullable String type, @Nullable String model) {
        List<Group> groups = new ArrayList<>();
        for (Offer offer : organization.offers().values()) {
            groups.add(new Group(
                    MODEL_GROUP,
                    offer,
                    List.of("requests_per_minute", "input_tokens_per_minute", "output_tokens_per_minute")));
        }
        groups.add(new Group("batch", null, List.of("requests_per_minute", "enqueued_batch_requests")));
        groups.removeIf(group -> type != null && !type.equals(group.type()));
        groups.removeIf(group -> model != null && !group.models().contains(model));
        if (model != null && groups.isEmpty()) {
            throw Problem.notFound("model: " + model);
        }
        return groups;
    }

    private void group(JsonGenerator json, Group group) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "rate_limit");
        json.writeStringField(
                "id", "rl_01" + uuid(organization.id() + group.name()).replace("-", ""));
        json.writeStringField("group_type", group.type());
        Offer offer = group.offer();
        json.writeObjectFieldStart("group");
        json.writeStringField("id", "rlg_01" + uuid(group.name()).replace("-", ""));
        json.writeStringField("type", group.type());
        if (offer != null) {
            json.writeStringField("display_name", Offer.displayName(offer.model()));
        }
        json.writeEndObject();
        if (offer == null) {
            json.writeNullField("models");
        } else {
            json.writeArrayFieldStart("models");
            for (String model : group.models()) {
                json.writeString(model);
            }
            json.writeEndArray();
        }
        json.writeArrayFieldStart("limits");
        for (String limit : group.limits()) {
            json.writeStartObject();
            json.writeStringField("type", limit);
            json.writeNumberField("value", VALUE);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void key(JsonGenerator json, Directory.ApiKey key, boolean scoped) throws IOException {
        json.writeStringField("id", key.id());
        json.writeStringField("type", "api_key");
        json.writeStringField("name", key.name());
        Json.string(json, "partial_key_hint", key.hint());
        json.writeStringField("status", key.status());
        json.writeStringField("created_at", key.createdAt().toString());
        json.writeNullField("expires_at");
        json.writeNullField("created_by");
        json.writeNullField("principal");
        if (!scoped) {
            Json.string(json, "workspace_id", key.workspaceId());
            return;
        }
        json.writeObjectFieldStart("scope");
        json.writeStringField("type", key.workspaceId() == null ? "organization" : "workspace");
        if (key.workspaceId() != null) {
            json.writeStringField("workspace_id", key.workspaceId());
        }
        json.writeEndObject();
    }

    private static void workspace(JsonGenerator json, Directory.Workspace workspace) throws IOException {
        json.writeStringField("id", workspace.id());
        json.writeStringField("type", "workspace");
        json.writeStringField("name", workspace.name());
        json.writeStringField("created_at", workspace.createdAt().toString());
        Json.string(json, "archived_at", workspace.archived() ? workspace.createdAt() : null);
        json.writeStringField("compartment_id", uuid(workspace.id()));
        json.writeStringField("display_color", "#6C5BB9");
        json.writeObjectFieldStart("data_residency");
        json.writeStringField("workspace_geo", "us");
        json.writeStringField("default_inference_geo", Terms.GLOBAL);
        json.writeStringField("allowed_inference_geos", "unrestricted");
        json.writeEndObject();
        json.writeObjectFieldStart("tags");
        json.writeEndObject();
        json.writeNullField("external_key_id");
    }

    private static String uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static List<String> with(List<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).toList();
    }
}
