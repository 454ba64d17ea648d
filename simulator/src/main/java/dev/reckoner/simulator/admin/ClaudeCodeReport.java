package dev.reckoner.simulator.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code GET /v1/organizations/usage_report/claude_code}: estimates in whole cents of one UTC day (api-facts §4.4). */
final class ClaudeCodeReport {
    static final String PATH = "/v1/organizations/usage_report/claude_code";

    private static final Duration LAG = Duration.ofHours(1);
    private static final int ROWS_DEFAULT = 20;
    private static final int ROWS_MAX = 1000;
    private static final List<String> PARAMETERS = List.of("starting_at", "limit", "page");
    private static final List<String> TOOLS =
            List.of("edit_tool", "multi_edit_tool", "notebook_edit_tool", "write_tool");

    private final Organization organization;
    private final List<ClaudeCodeDay> days = new CopyOnWriteArrayList<>();

    ClaudeCodeReport(Organization organization) {
        this.organization = organization;
    }

    void add(ClaudeCodeDay day) {
        days.add(day);
    }

    byte[] answer(Query query) {
        query.expectOnly(PARAMETERS);
        LocalDate date = date(query);
        Instant now = organization.clock().instant();
        List<ClaudeCodeDay> rows = days.stream()
                .filter(day -> LocalDate.ofInstant(day.at(), ZoneOffset.UTC).equals(date))
                .filter(day -> !now.isBefore(day.at().plus(LAG)))
                .toList();
        Paging paging = organization.paging();
        int limit = paging.limit(query.limit(ROWS_DEFAULT, ROWS_MAX));
        int from = (int) Math.min(rows.size(), paging.position(query.one("page"), 0));
        int until = Math.min(rows.size(), from + limit);
        return Json.object(json -> {
            json.writeArrayFieldStart("data");
            for (ClaudeCodeDay row : rows.subList(from, until)) {
                row(json, row, date);
            }
            json.writeEndArray();
            boolean more = paging.more(until < rows.size());
            json.writeBooleanField("has_more", more);
            Json.string(json, "next_page", more ? paging.cursor(until) : null);
        });
    }

    private void row(JsonGenerator json, ClaudeCodeDay row, LocalDate date) throws IOException {
        json.writeStartObject();
        json.writeStringField("date", date + "T00:00:00Z");
        json.writeObjectFieldStart("actor");
        json.writeStringField("type", row.ofUser() ? "user_actor" : "api_actor");
        json.writeStringField(row.ofUser() ? "email_address" : "api_key_name", row.actor());
        json.writeEndObject();
        json.writeStringField("organization_id", organization.id());
        json.writeStringField("customer_type", "api");
        json.writeNullField("subscription_type");
        json.writeStringField("terminal_type", "vscode");
        json.writeBooleanField("is_remote", false);
        metrics(json, row);
        json.writeArrayFieldStart("model_breakdown");
        for (Map.Entry<String, Counts> model : new TreeMap<>(row.counts()).entrySet()) {
            model(json, model.getKey(), model.getValue(), row.at());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void metrics(JsonGenerator json, ClaudeCodeDay row) throws IOException {
        json.writeObjectFieldStart("core_metrics");
        json.writeNumberField("num_sessions", row.sessions());
        json.writeObjectFieldStart("lines_of_code");
        json.writeNumberField("added", row.added());
        json.writeNumberField("removed", row.removed());
        json.writeEndObject();
        json.writeNumberField("commits_by_claude_code", row.commits());
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

    private void model(JsonGenerator json, String model, Counts counts, Instant at) throws IOException {
        Cell cell = new Cell(Width.DAY.start(at), Terms.of(model));
        BigDecimal usd = organization.tariff().lines(cell, new Sum(1, counts), at).stream()
                .map(BillLine::listUsd)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        json.writeStartObject();
        json.writeStringField("model", model);
        json.writeObjectFieldStart("tokens");
        json.writeNumberField("input", counts.input());
        json.writeNumberField("output", counts.output());
        json.writeNumberField("cache_read", counts.cacheRead());
        json.writeNumberField("cache_creation", counts.cacheWrite5m() + counts.cacheWrite1h());
        json.writeEndObject();
        json.writeObjectFieldStart("estimated_cost");
        json.writeNumberField("amount", usd.movePointRight(2).setScale(0, RoundingMode.HALF_UP));
        json.writeStringField("currency", "USD");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static LocalDate date(Query query) {
        String value = query.one("starting_at");
        if (value == null) {
            throw Problem.invalid("starting_at: Field required");
        }
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw Problem.invalid("starting_at: expected a date like 2026-11-21, found '" + value + "'");
        }
    }
}
