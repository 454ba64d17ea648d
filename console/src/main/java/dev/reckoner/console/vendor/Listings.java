package dev.reckoner.console.vendor;

import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/organizations/api_keys}, {@code …/workspaces}, {@code …/users} and {@code …/me}: who and what our books
 * have seen, under the ids that the reports name them by (api-facts §4.5). What the books can't know (names that were
 * given, archived or not) isn't made up: a name is the id, and all that is listed is in use.
 */
public final class Listings {
    private static final String PREFIX = "/v1/organizations/";

    /** The keys. */
    public static final String KEYS_PATH = PREFIX + "api_keys";

    /** The workspaces. */
    public static final String WORKSPACES_PATH = PREFIX + "workspaces";

    /** The users. */
    public static final String USERS_PATH = PREFIX + "users";

    /** The organization. */
    public static final String ME_PATH = PREFIX + "me";

    private static final String ACTIVE = "active";
    private static final Set<String> STATUSES = Set.of(ACTIVE, "inactive", "archived", "expired");
    private static final Key STATUS = new Key("status", "status", null, STATUSES);
    private static final int HINT_CHARS = 23;

    private final Reports reports;
    private final Clock clock;

    /** Answers from those books. */
    public Listings(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(KEYS_PATH, Where.REPORTS, this::keys)
                .add(WORKSPACES_PATH, Where.REPORTS, this::workspaces)
                .add(USERS_PATH, Where.REPORTS, this::users)
                .add(ME_PATH, Where.REPORTS, this::me);
    }

    /** What is known of a key or a user: since when, and where. */
    private record Seen(Instant first, Set<String> workspaces) {
        Seen and(Seen other) {
            Set<String> all = new TreeSet<>(workspaces);
            all.addAll(other.workspaces);
            return new Seen(first.isBefore(other.first) ? first : other.first, all);
        }

        /** The only one; null where there are several, or none is stated. */
        @Nullable
        String workspace() {
            return workspaces.size() == 1 ? workspaces.iterator().next() : null;
        }
    }

    private Answer keys(Question asked) {
        Params params = asked.params();
        expectOnly(params, "status", "workspace_id", "created_by_user_id");
        String status = Filters.values(params, STATUS).stream().findFirst().orElse(ACTIVE);
        boolean none = !status.equals(ACTIVE) || params.one("created_by_user_id") != null;
        String workspace = params.one("workspace_id");
        SortedMap<String, Seen> keys = none ? new TreeMap<>() : seen(Dimension.KEY, Dimension.WORKSPACE);
        keys.values().removeIf(seen -> workspace != null && !seen.workspaces().contains(workspace));
        return IdPage.answer(params, keys, (json, id, seen) -> {
            json.writeStringField("type", "api_key");
            json.writeStringField("name", id);
            json.writeStringField("partial_key_hint", hint(id));
            json.writeStringField("status", ACTIVE);
            json.writeStringField("created_at", seen.first().toString());
            json.writeNullField("expires_at");
            json.writeNullField("created_by");
            json.writeNullField("principal");
            json.writeStringField("workspace_id", seen.workspace());
            json.writeObjectFieldStart("scope");
            json.writeStringField("type", seen.workspace() == null ? "organization" : "workspace");
            json.writeStringField("workspace_id", seen.workspace());
            json.writeEndObject();
        });
    }

    private Answer workspaces(Question asked) {
        Params params = asked.params();
        expectOnly(params, "include_archived", "include_default", "ids");
        SortedMap<String, Seen> workspaces = seen(Dimension.WORKSPACE);
        List<String> ids = params.all("ids");
        workspaces.keySet().removeIf(id -> !ids.isEmpty() && !ids.contains(id));
        return IdPage.answer(params, workspaces, (json, id, seen) -> {
            json.writeStringField("type", "workspace");
            json.writeStringField("name", id);
            json.writeStringField("created_at", seen.first().toString());
            json.writeNullField("archived_at");
        });
    }

    private Answer users(Question asked) {
        Params params = asked.params();
        expectOnly(params, "email");
        String email = params.one("email");
        SortedMap<String, Seen> users = seen(Dimension.USER);
        users.keySet().removeIf(user -> email != null && !email.equals(user));
        return IdPage.answer(params, users, (json, id, seen) -> {
            json.writeStringField("type", "user");
            json.writeStringField("email", id);
            json.writeStringField("name", id);
            json.writeStringField("role", "user");
            json.writeStringField("added_at", seen.first().toString());
        });
    }

    private Answer me(Question asked) {
        List<String> known = List.of("beta");
        asked.params().expectOnly(known::contains, known);
        String id = SeenOrganization.id(reports);
        if (id.isEmpty()) {
            throw Problem.unknown("no response that was booked lately names its organization");
        }
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("type", "organization");
            json.writeStringField("name", id);
            json.writeEndObject();
        });
    }

    /** Everything that is stated of a dimension, with the workspaces that stand beside it where these are read too. */
    private SortedMap<String, Seen> seen(Dimension... by) {
        Instant until = BucketWidth.DAY.snap(clock.instant()).plus(Duration.ofDays(1));
        SortedMap<String, Seen> all = new TreeMap<>();
        ReportQuery query = new ReportQuery(Instant.EPOCH, until, Bucket.ALL, List.of(by), Map.of());
        for (ReportRow row : reports.report(query)) {
            String id = row.group().get(0);
            String workspace = row.group().get(row.group().size() - 1);
            if (!id.isEmpty()) {
                Seen seen = new Seen(row.first(), workspace.isEmpty() ? Set.of() : Set.of(workspace));
                all.merge(id, seen, Seen::and);
            }
        }
        return all;
    }

    /** A key without a hint is listed by its hash, which is none. */
    private static @Nullable String hint(String id) {
        return id.length() == HINT_CHARS && id.contains("...") ? id : null;
    }

    private static void expectOnly(Params params, String... more) {
        List<String> known = new ArrayList<>(IdPage.PARAMETERS);
        known.addAll(List.of(more));
        params.expectOnly(known::contains, known);
    }
}
