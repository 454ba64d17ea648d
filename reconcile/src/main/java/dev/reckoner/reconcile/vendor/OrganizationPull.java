package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pulls what the vendor lists of an organisation (api-facts §4.5). */
public final class OrganizationPull {

    private static final String ITEMS_ON_A_PAGE = "1000";

    /** Workspaces whose own rate limits are asked for; each is a request of its own. */
    private static final int WORKSPACES_MAX = 50;

    private static final String PREFIX = "/v1/organizations/";

    private final Pages pages;
    private final Consumer<String> progress;
    private final List<String> notes = new ArrayList<>();

    /**
     * A pull.
     *
     * @param progress is told what is asked for
     */
    public OrganizationPull(AdminApi api, KeptPages kept, Consumer<String> progress) {
        this.pages = new Pages(api, kept);
        this.progress = progress;
    }

    /**
     * Pulls everything. What the key may not list is left out, with a note.
     *
     * @throws AdminApiException where the keys can't be had, or something fails otherwise
     */
    public Organization all() {
        progress.accept("keys");
        List<ApiKey> keys = Listings.keys(pages.ofListing(listing("api_keys")));
        progress.accept("workspaces, users and rate limits");
        String name = optional("name of the organisation", () -> pages.ofListing(Query.of(PREFIX + "me"))).stream()
                .map(me -> me.path("name").asText())
                .findFirst()
                .orElse("");
        List<Organization.Workspace> workspaces = workspaces();
        List<Organization.User> users = new ArrayList<>();
        for (JsonNode page : optional("list of users", () -> pages.ofListing(listing("users")))) {
            page.path("data").forEach(user -> users.add(user(user)));
        }
        List<Organization.RateLimit> limits = new ArrayList<>(limits(null, "rate_limits"));
        List<Organization.Workspace> live =
                workspaces.stream().filter(workspace -> !workspace.archived()).toList();
        for (Organization.Workspace workspace : live.subList(0, Math.min(WORKSPACES_MAX, live.size()))) {
            limits.addAll(limits(workspace.id(), "workspaces/" + workspace.id() + "/rate_limits"));
        }
        if (live.size() > WORKSPACES_MAX) {
            notes.add("Rate limits were asked for in the first " + WORKSPACES_MAX + " of " + live.size()
                    + " workspaces.");
        }
        return new Organization(name, keys, workspaces, users, limits, notes);
    }

    private List<Organization.Workspace> workspaces() {
        Query all = listing("workspaces").with("include_archived", "true");
        Set<String> others = new HashSet<>();
        for (JsonNode page : optional("list of workspaces", () -> pages.ofListing(all))) {
            page.path("data")
                    .forEach(workspace -> others.add(workspace.path("id").asText()));
        }
        List<Organization.Workspace> workspaces = new ArrayList<>();
        for (JsonNode page :
                optional("list of workspaces", () -> pages.ofListing(all.with("include_default", "true")))) {
            for (JsonNode workspace : page.path("data")) {
                String id = workspace.path("id").asText();
                workspaces.add(new Organization.Workspace(
                        id,
                        workspace.path("name").asText(),
                        workspace.path("archived_at").isTextual(),
                        !others.contains(id)));
            }
        }
        return workspaces;
    }

    private List<Organization.RateLimit> limits(@Nullable String workspaceId, String path) {
        List<Organization.RateLimit> limits = new ArrayList<>();
        String what = workspaceId == null ? "rate limits" : "rate limits of single workspaces";
        for (JsonNode page : optional(what, () -> pages.ofReport(Query.of(PREFIX + path)))) {
            for (JsonNode group : page.path("data")) {
                List<String> models = new ArrayList<>();
                group.path("models").forEach(model -> models.add(model.asText()));
                String kind = group.path("group_type").asText();
                String name = group.at("/group/display_name").asText(kind);
                for (JsonNode limit : group.path("limits")) {
                    JsonNode value = limit.path("value");
                    limits.add(new Organization.RateLimit(
                            workspaceId,
                            name,
                            models,
                            limit.path("type").asText(),
                            value.isIntegralNumber() ? value.longValue() : null));
                }
            }
        }
        return limits;
    }

    private static Organization.User user(JsonNode user) {
        return new Organization.User(
                user.path("id").asText(),
                user.path("email").asText(),
                user.path("name").asText(),
                user.path("role").asText());
    }

    /** What may be refused to a key that may list the keys. */
    private List<JsonNode> optional(String what, Supplier<List<JsonNode>> asked) {
        try {
            return asked.get();
        } catch (AdminApiException e) {
            if (!e.notOffered()) {
                throw e;
            }
            String note = "The " + what + " could not be had with this key.";
            if (!notes.contains(note)) {
                notes.add(note);
            }
            return List.of();
        }
    }

    private static Query listing(String what) {
        return Query.of(PREFIX + what).with("limit", ITEMS_ON_A_PAGE);
    }
}
