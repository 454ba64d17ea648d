package dev.reckoner.simulator.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/organizations/usage_report/messages} (api-facts §4.1). */
final class UsageReport {
    static final String PATH = "/v1/organizations/usage_report/messages";
    static final String FAST_BETA = "fast-mode-2026-02-01";

    private static final List<String> GROUPS =
            Field.USAGE.stream().map(Field::group).toList();
    private static final List<String> PARAMETERS = parameters();

    private final Organization organization;

    UsageReport(Organization organization) {
        this.organization = organization;
    }

    byte[] answer(Query query) {
        query.expectOnly(PARAMETERS);
        Width width = Width.named(query.choice("bucket_width", Width.NAMES));
        List<Field> groups = query.all("group_by", GROUPS).stream()
                .map(Field::named)
                .distinct()
                .toList();
        boolean speed = groups.contains(Field.SPEED) || !query.all("speeds").isEmpty();
        if (speed && !query.beta(FAST_BETA)) {
            throw Problem.invalid("speed: anthropic-beta: " + FAST_BETA + " is required");
        }
        Instant now = organization.clock().instant();
        BucketPage page = BucketPage.of(query, width, organization.paging(), now);
        Map<Instant, Map<List<String>, Sum>> buckets = new HashMap<>();
        organization.books().shown(page.from(), page.until(), width, now).forEach((cell, sum) -> {
            if (Field.USAGE.stream().allMatch(field -> field.allows(query.all(field.filter()), cell.terms()))) {
                buckets.computeIfAbsent(cell.from(), start -> Groups.sorted())
                        .merge(Groups.key(groups, cell.terms()), sum, Sum::plus);
            }
        });
        return page.json(organization.paging(), (json, start) -> {
            for (Map.Entry<List<String>, Sum> row :
                    buckets.getOrDefault(start, new TreeMap<>()).entrySet()) {
                result(json, groups, row.getKey(), row.getValue().counts());
            }
        });
    }

    /** The counts as both usage endpoints write them. */
    static void counts(JsonGenerator json, Counts counts) throws IOException {
        json.writeNumberField("uncached_input_tokens", counts.input());
        json.writeObjectFieldStart("cache_creation");
        json.writeNumberField("ephemeral_1h_input_tokens", counts.cacheWrite1h());
        json.writeNumberField("ephemeral_5m_input_tokens", counts.cacheWrite5m());
        json.writeEndObject();
        json.writeNumberField("cache_read_input_tokens", counts.cacheRead());
        json.writeNumberField("output_tokens", counts.output());
        json.writeObjectFieldStart("server_tool_use");
        json.writeNumberField("web_search_requests", counts.searches());
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, List<Field> groups, List<String> key, Counts counts)
            throws IOException {
        json.writeStartObject();
        counts(json, counts);
        for (Field field : Field.USAGE) {
            @Nullable String value = Groups.value(groups, key, field);
            if (field != Field.SPEED || groups.contains(Field.SPEED)) {
                Json.string(json, field.group(), value);
            }
        }
        json.writeEndObject();
    }

    private static List<String> parameters() {
        List<String> names =
                new ArrayList<>(List.of("starting_at", "ending_at", "bucket_width", "limit", "page", "group_by[]"));
        Field.USAGE.forEach(field -> names.add(field.filter() + "[]"));
        return names;
    }
}
