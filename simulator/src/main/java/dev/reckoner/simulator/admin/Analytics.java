package dev.reckoner.simulator.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.simulator.Counts;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/organizations/analytics/usage} and {@code …/cost}: rows, not buckets, are paged (api-facts §4.3). */
final class Analytics {
    static final String USAGE_PATH = "/v1/organizations/analytics/usage";
    static final String COST_PATH = "/v1/organizations/analytics/cost";

    private static final List<String> USAGE_ORDERS =
            List.of("total_tokens", "uncached_input_tokens", "output_tokens", "requests", "time");
    private static final List<String> COST_ORDERS = List.of("amount", "list_amount", "time");

    /** Groups that nothing here belongs to. */
    private static final List<String> EMPTY_GROUPS = List.of(
            "agent_id",
            "claude_tag_category",
            "claude_tag_user_id",
            "deployment_id",
            "environment_id",
            "organization_id",
            "rbac_group_id",
            "session_id",
            "slack_channel_id",
            "user_profile_id");

    private final Organization organization;

    Analytics(Organization organization) {
        this.organization = organization;
    }

    byte[] usage(Query query) {
        Instant now = organization.clock().instant();
        AnalyticsQuery asked = AnalyticsQuery.of(query, false, USAGE_ORDERS, now);
        Map<List<Object>, AnalyticsRow> rows = new HashMap<>();
        shown(asked, now).forEach((cell, sum) -> {
            Terms terms = seen(cell.terms());
            if (asked.allows(terms)) {
                row(rows, asked, cell.from(), terms).add(sum);
            }
        });
        return page(query, asked, sorted(rows, asked, USAGE_ORDERS.get(0)), this::usageRow);
    }

    byte[] cost(Query query) {
        Instant now = organization.clock().instant();
        AnalyticsQuery asked = AnalyticsQuery.of(query, true, COST_ORDERS, now);
        Map<List<Object>, AnalyticsRow> rows = new HashMap<>();
        shown(asked, now).forEach((cell, sum) -> {
            Terms terms = seen(cell.terms());
            List<BillLine> lines = organization.tariff().lines(cell, sum, now);
            if (asked.allows(terms) && !lines.isEmpty()) {
                AnalyticsRow row = row(rows, asked, cell.from(), terms);
                row.add(sum);
                lines.forEach(line -> row.add(line, asked));
            }
        });
        Range range = asked.range();
        for (BillLine line : organization.billing().times(range.from(), range.until(), range.read())) {
            Terms terms = seen(line.terms());
            if (asked.allows(terms)) {
                AnalyticsRow row = row(rows, asked, line.from(), terms);
                row.add(new Sum(1, Counts.ZERO));
                row.add(line, asked);
            }
        }
        return page(query, asked, sorted(rows, asked, COST_ORDERS.get(0)), this::costRows);
    }

    /** Writes what one row has become. */
    private interface RowWriter {
        void write(JsonGenerator json, AnalyticsQuery asked, AnalyticsRow row) throws IOException;
    }

    private Map<Cell, Sum> shown(AnalyticsQuery asked, Instant now) {
        Range range = asked.range();
        return organization.books().shown(range.from(), range.until(), range.read(), now);
    }

    /** Terms as this API shows them: the default workspace by its id, no geography where there is no choice. */
    private Terms seen(Terms terms) {
        Terms seen = terms.workspaceId() == null ? terms.workspace(organization.defaultWorkspaceId()) : terms;
        return Terms.NOT_AVAILABLE.equals(terms.geo()) ? seen.geo(null) : seen;
    }

    private static AnalyticsRow row(
            Map<List<Object>, AnalyticsRow> rows, AnalyticsQuery asked, Instant bucket, Terms terms) {
        Instant start = asked.range().rowStart(bucket);
        List<String> key = Groups.key(asked.fields(), terms);
        return rows.computeIfAbsent(List.of(start, key), id -> new AnalyticsRow(start, key));
    }

    private static List<AnalyticsRow> sorted(
            Map<List<Object>, AnalyticsRow> rows, AnalyticsQuery asked, String byDefault) {
        String orderBy = asked.orderBy();
        boolean buckets = asked.range().width() != null;
        boolean byTime = orderBy == null ? buckets : orderBy.equals("time");
        String figure = orderBy == null || byTime ? byDefault : orderBy;
        Comparator<AnalyticsRow> size = Comparator.comparing(row -> row.figure(figure));
        Comparator<AnalyticsRow> time = Comparator.comparing(row -> row.start);
        Comparator<AnalyticsRow> first = byTime ? time : size;
        boolean up = asked.ascending() || (byTime && orderBy == null);
        Comparator<AnalyticsRow> order = (up ? first : first.reversed())
                .thenComparing(size.reversed())
                .thenComparing(time)
                .thenComparing(row -> row.key, Groups.ORDER);
        return rows.values().stream().sorted(order).toList();
    }

    private byte[] page(Query query, AnalyticsQuery asked, List<AnalyticsRow> rows, RowWriter writer) {
        Paging paging = organization.paging();
        int limit = paging.limit(asked.limit());
        int from = (int) Math.min(rows.size(), paging.position(query.one("page"), 0));
        int until = Math.min(rows.size(), from + limit);
        return Json.object(json -> {
            json.writeArrayFieldStart("data");
            for (AnalyticsRow row : rows.subList(from, until)) {
                writer.write(json, asked, row);
            }
            json.writeEndArray();
            boolean more = paging.more(until < rows.size());
            json.writeBooleanField("has_more", more);
            Json.string(json, "next_page", more ? paging.cursor(until) : null);
            Instant refreshed =
                    organization.clock().instant().minus(organization.books().lag());
            json.writeStringField("data_refreshed_at", refreshed.toString());
        });
    }

    private void usageRow(JsonGenerator json, AnalyticsQuery asked, AnalyticsRow row) throws IOException {
        head(json, asked, row);
        json.writeEndObject();
        json.writeObjectFieldStart("usage");
        UsageReport.counts(json, row.counts());
        json.writeNumberField("total_tokens", row.counts().tokens());
        json.writeNumberField("requests", row.requests());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void costRows(JsonGenerator json, AnalyticsQuery asked, AnalyticsRow row) throws IOException {
        boolean spread = asked.byCostType() || asked.byTokenType();
        for (Map.Entry<List<String>, AnalyticsRow.Part> part : row.parts.entrySet()) {
            List<String> types = part.getKey();
            head(json, asked, row);
            Json.string(json, AnalyticsQuery.COST_TYPE, types.get(0).isEmpty() ? null : types.get(0));
            Json.string(json, AnalyticsQuery.TOKEN_TYPE, types.get(1).isEmpty() ? null : types.get(1));
            json.writeEndObject();
            json.writeObjectFieldStart("cost");
            json.writeStringField("amount", Json.cents(part.getValue().amountUsd()));
            json.writeStringField("list_amount", Json.cents(part.getValue().listUsd()));
            json.writeStringField("currency", "USD");
            if (spread) {
                json.writeNullField("requests");
            } else {
                json.writeNumberField("requests", row.requests());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    /** Times and groups; the object of the groups stays open. */
    private void head(JsonGenerator json, AnalyticsQuery asked, AnalyticsRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("starting_at", row.start.toString());
        json.writeStringField("ending_at", asked.range().rowEnd(row.start).toString());
        json.writeObjectFieldStart("group");
        for (Field field : AnalyticsQuery.FIELDS) {
            @Nullable String value = Groups.value(asked.fields(), row.key, field);
            if (field == Field.ACTOR && value != null) {
                actor(json, value);
            } else {
                Json.string(json, field.group(), value);
            }
        }
        for (String group : EMPTY_GROUPS) {
            json.writeNullField(group);
        }
    }

    private void actor(JsonGenerator json, String id) throws IOException {
        Directory.User user = organization.directory().user(id);
        json.writeObjectFieldStart(Field.ACTOR.group());
        json.writeStringField("type", user == null ? "api_actor" : "user_actor");
        json.writeStringField(user == null ? "api_key_id" : "user_id", id);
        if (user != null) {
            json.writeStringField("email_address", user.email());
            json.writeStringField("name", user.name());
            json.writeBooleanField("deleted", false);
        }
        json.writeEndObject();
    }
}
