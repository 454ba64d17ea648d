package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code GET /v1/organizations/usage_report/claude_code} (api-facts §4.4): who used Claude Code on one day, with its
 * sessions and tokens. What happens on a developer's machine passes no proxy: lines, commits, pull requests and tool
 * actions are zero. The cost is the books' own, exact, where the vendor rounds an estimate to whole cents.
 */
public final class ClaudeCodeReport {
    /** Its path. */
    public static final String PATH = "/v1/organizations/usage_report/claude_code";

    /** As long as the vendor waits until a day's figures move no more. */
    private static final Duration LAG = Duration.ofHours(1);

    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 1_000;
    private static final List<String> PARAMETERS = List.of("starting_at", "limit", "page", "beta");
    private static final List<String> TOOLS =
            List.of("edit_tool", "multi_edit_tool", "notebook_edit_tool", "write_tool");
    private static final List<Dimension> BY =
            List.of(Dimension.USER, Dimension.KEY, Dimension.SESSION, Dimension.MODEL);

    private final Reports reports;
    private final Clock clock;

    /** Answers from those books. */
    public ClaudeCodeReport(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** What one actor did. */
    private record Coder(Actor actor, Set<String> sessions, Map<String, Total> models) {
        Coder(Actor actor) {
            this(actor, new TreeSet<>(), new TreeMap<>());
        }

        List<String> identity() {
            return List.of(actor.joined());
        }
    }

    /** The page asked for. Blocks. */
    public Answer answer(Question question) {
        Params params = question.params();
        params.expectOnly(PARAMETERS::contains, PARAMETERS);
        LocalDate day = day(params);
        int limit = (int) params.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<Coder> coders = coders(day);
        Cursor cursor = new Cursor(PATH, params);
        String page = params.one("page");
        int from = page == null
                ? 0
                : cursor.readRow(page)
                        .place(coders.stream().map(Coder::identity).toList());
        int until = Math.min(coders.size(), from + limit);
        boolean more = until < coders.size();
        String organization = coders.isEmpty() ? "" : SeenOrganization.id(reports);
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (Coder coder : coders.subList(from, until)) {
                row(json, day, organization, coder);
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", more);
            json.writeStringField(
                    "next_page",
                    more ? cursor.write(start, coders.get(until - 1).identity()) : null);
            json.writeEndObject();
        });
    }

    private static LocalDate day(Params params) {
        String found = params.one("starting_at");
        if (found == null) {
            throw Problem.missing("starting_at", "a UTC day such as 2026-11-01");
        }
        try {
            LocalDate day = LocalDate.parse(found);
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException e) {
            // Said below, like a day out of bounds.
        }
        throw Problem.parameter("starting_at", found, "a UTC day such as 2026-11-01");
    }

    /** Everybody of that day, without the hours that are too young. */
    private List<Coder> coders(LocalDate day) {
        Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant old = BucketWidth.HOUR.snap(clock.instant().minus(LAG));
        Instant until = old.isBefore(end) ? old : end;
        if (!from.isBefore(until)) {
            return List.of();
        }
        Map<String, Coder> coders = new TreeMap<>();
        Map<Dimension, List<String>> where = Map.of(Dimension.TAG, List.of(ClaudeCode.TAG));
        for (ReportRow row : reports.report(new ReportQuery(from, until, Bucket.ALL, BY, where))) {
            List<String> group = row.group();
            Actor actor = Actor.of(group.get(0), group.get(1));
            Actor known = actor == null ? new Actor(Actor.KEY, "") : actor;
            Coder coder = coders.computeIfAbsent(known.joined(), joined -> new Coder(known));
            if (!group.get(2).isEmpty()) {
                coder.sessions().add(group.get(2));
            }
            coder.models().computeIfAbsent(group.get(3), none -> new Total()).add(row.sums());
        }
        return coders.values().stream()
                .sorted(Comparator.comparing(coder -> coder.actor().joined()))
                .toList();
    }

    private static void row(JsonGenerator json, LocalDate day, String organization, Coder coder) throws IOException {
        boolean user = coder.actor().type().equals(Actor.USER);
        json.writeStartObject();
        json.writeStringField(
                "date", day.atStartOfDay(ZoneOffset.UTC).toInstant().toString());
        json.writeObjectFieldStart("actor");
        json.writeStringField("type", coder.actor().type());
        json.writeStringField(
                user ? "email_address" : "api_key_name", coder.actor().id());
        json.writeEndObject();
        json.writeStringField("organization_id", organization);
        json.writeStringField("customer_type", "api");
        json.writeNullField("subscription_type");
        json.writeStringField("terminal_type", "unknown");
        json.writeBooleanField("is_remote", false);
        work(json, coder.sessions().size());
        json.writeArrayFieldStart("model_breakdown");
        for (Map.Entry<String, Total> model : coder.models().entrySet()) {
            model(json, model.getKey(), model.getValue().sums());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The one thing that is known of it, and zeros where the shape wants numbers. */
    private static void work(JsonGenerator json, int sessions) throws IOException {
        json.writeObjectFieldStart("core_metrics");
        json.writeNumberField("num_sessions", sessions);
        json.writeObjectFieldStart("lines_of_code");
        json.writeNumberField("added", 0);
        json.writeNumberField("removed", 0);
        json.writeEndObject();
        json.writeNumberField("commits_by_claude_code", 0);
        json.writeNumberField("pull_requests_by_claude_code", 0);
        json.writeEndObject();
        json.writeObjectFieldStart("tool_actions");
        for (String tool : TOOLS) {
            json.writeObjectFieldStart(tool);
            json.writeNumberField("accepted", 0);
            json.writeNumberField("rejected", 0);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void model(JsonGenerator json, String model, Sums sums) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", model);
        json.writeObjectFieldStart("tokens");
        json.writeNumberField("input", sums.quantity(TokenType.INPUT));
        json.writeNumberField("output", sums.quantity(TokenType.OUTPUT));
        json.writeNumberField("cache_read", sums.quantity(TokenType.CACHE_READ));
        json.writeNumberField(
                "cache_creation",
                Math.addExact(sums.quantity(TokenType.CACHE_WRITE_5M), sums.quantity(TokenType.CACHE_WRITE_1H)));
        json.writeEndObject();
        json.writeObjectFieldStart("estimated_cost");
        json.writeFieldName("amount");
        json.writeNumber(Cents.text(sums.amount()));
        json.writeStringField("currency", "USD");
        json.writeEndObject();
        json.writeEndObject();
    }
}
