package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.config.LimitRule;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.limit.Limit;
import dev.reckoner.ledger.limit.LimitChange;
import dev.reckoner.ledger.limit.Limits;
import dev.reckoner.ledger.limit.Standing;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The vendor's spend-limit API over our limits: those that it can say, and no others (api-facts §4.5, and the endpoints
 * of the Claude apps gateway). A limit there yields to a narrower one; ours all hold at once.
 */
public final class SpendLimits {

    /** The list; one limit stands below it. */
    public static final String PATH = "/v1/organizations/spend_limits";

    private static final String EFFECTIVE = PATH + "/effective";
    private static final String AUDIT = PATH + "/audit";
    private static final String BY = "spend-limit API";
    private static final int BODY_BYTES_MAX = 16 << 10;
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 1_000;

    private final Limits limits;

    /** Over those limits. */
    public SpendLimits(Limits limits) {
        this.limits = limits;
    }

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(PATH, Where.REPORTS, this::list)
                .add(EFFECTIVE, Where.REPORTS, asked -> new EffectiveLimits(limits.standings(), asked).answer())
                .add(AUDIT, Where.REPORTS, this::audit)
                .add(PATH + "/", Where.REPORTS, asked -> object(known(id(asked))))
                .addChange(PATH, Where.REPORTS, BODY_BYTES_MAX, this::set)
                .addRemoval(PATH + "/", Where.REPORTS, this::remove);
    }

    private Answer list(Question asked) {
        Params params = asked.params();
        params.expectOnly(
                List.of("limit", "after_id", "before_id", "page")::contains,
                List.of("limit", "after_id", "before_id", "page"));
        int max = (int) params.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<Limit> all = sayable();
        String before = params.one("before_id");
        String after = params.one("after_id") == null ? params.one("page") : params.one("after_id");
        int from = after == null ? 0 : place(all, after) + 1;
        int until = all.size();
        if (before != null) {
            until = place(all, before);
            from = Math.max(from, until - max);
        }
        List<Limit> page = all.subList(Math.min(from, until), Math.min(until, from + max));
        boolean more = before == null ? from + max < until : from > 0;
        String next = more && before == null ? page.get(page.size() - 1).id() : null;
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (Limit limit : page) {
                write(json, limit);
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", more);
            json.writeStringField(
                    "first_id", page.isEmpty() ? null : page.get(0).id());
            json.writeStringField(
                    "last_id", page.isEmpty() ? null : page.get(page.size() - 1).id());
            json.writeStringField("next_page", next);
            json.writeEndObject();
        });
    }

    private Answer set(Question asked) {
        SpendLimit said = SpendLimitBody.read(asked.body());
        return object(limits.set(said.rule(), by(asked)));
    }

    private Answer remove(Question asked) {
        Limit limit = known(id(asked));
        try {
            limits.remove(limit.id(), by(asked));
        } catch (LedgerException e) {
            throw Problem.of(409, String.valueOf(e.getMessage()));
        }
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("type", "spend_limit_deleted");
            json.writeStringField("id", limit.id());
            json.writeEndObject();
        });
    }

    private Answer audit(Question asked) {
        Params params = asked.params();
        params.expectOnly(
                List.of("limit", "page", "spend_limit_id")::contains, List.of("limit", "page", "spend_limit_id"));
        int max = (int) params.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        long before = params.number("page", Long.MAX_VALUE, 1, Long.MAX_VALUE);
        String id = params.one("spend_limit_id");
        List<LimitChange> changes = limits.changes(id == null ? "" : id, before, max);
        boolean more = changes.size() == max;
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (LimitChange change : changes) {
                write(json, change);
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", more);
            json.writeStringField(
                    "next_page", more ? String.valueOf(changes.get(max - 1).number()) : null);
            json.writeEndObject();
        });
    }

    private Answer object(Limit limit) {
        return Answer.json(200, json -> write(json, limit));
    }

    private void write(JsonGenerator json, Limit limit) throws IOException {
        SpendLimit said = SpendLimit.of(limit.rule()).orElseThrow(() -> Problem.internal());
        List<LimitChange> last = limits.changes(limit.id(), Long.MAX_VALUE, 1);
        Instant created = limit.createdAt() == null ? Instant.EPOCH : limit.createdAt();
        json.writeStartObject();
        json.writeStringField("type", "spend_limit");
        json.writeStringField("id", limit.id());
        said.write(json);
        json.writeBooleanField("is_enabled", true);
        json.writeStringField("created_at", created.toString());
        json.writeStringField(
                "updated_at", (last.isEmpty() ? created : last.get(0).at()).toString());
        json.writeEndObject();
    }

    /** Of a limit that this API can't say, the line that says it. */
    private static void write(JsonGenerator json, LimitChange change) throws IOException {
        SpendLimit said = LimitRule.parse(change.rule()).flatMap(SpendLimit::of).orElse(null);
        json.writeStartObject();
        json.writeStringField("type", "spend_limit_change");
        json.writeNumberField("id", change.number());
        json.writeStringField("spend_limit_id", change.limitId());
        json.writeStringField(
                "action",
                switch (change.action()) {
                    case CREATED -> "created";
                    case CHANGED -> "updated";
                    case REMOVED -> "deleted";
                });
        if (said != null) {
            said.write(json);
        }
        json.writeStringField("rule", change.rule());
        json.writeStringField("changed_by", change.by());
        json.writeStringField("created_at", change.at().toString());
        json.writeEndObject();
    }

    /** The limits that this API can say, each once, in their order. */
    private List<Limit> sayable() {
        Map<String, Limit> found = new LinkedHashMap<>();
        for (Standing standing : limits.standings()) {
            if (SpendLimit.of(standing.limit().rule()).isPresent()) {
                found.putIfAbsent(standing.limit().id(), standing.limit());
            }
        }
        return new ArrayList<>(found.values());
    }

    private Limit known(String id) {
        return sayable().stream()
                .filter(limit -> limit.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.unknown("there is no spend limit " + id + " that this API can show"));
    }

    private static int place(List<Limit> limits, String id) {
        List<String> ids = limits.stream().map(Limit::id).toList();
        int place = ids.indexOf(id);
        if (place < 0) {
            throw Problem.parameter("after_id", id, "the id of a limit in this list");
        }
        return place;
    }

    private static String by(Question asked) {
        return asked.caller().actor(BY).toString();
    }

    private static String id(Question asked) {
        return asked.path().substring(PATH.length() + 1);
    }
}
