package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an analytics request asks for, checked (api-facts §4.3).
 *
 * @param fields the groups but cost type and token type, which only spread a row out
 * @param allowed the values allowed per field
 * @param orderBy null for by time where there are buckets, and by size where there are none
 */
record AnalyticsQuery(
        Range range,
        List<Field> fields,
        boolean byCostType,
        boolean byTokenType,
        Map<Field, List<String>> allowed,
        @Nullable String orderBy,
        boolean ascending,
        int limit) {
    static final String BETA = "analytics-usage-cost-2026-08-24";
    static final String COST_TYPE = "cost_type";
    static final String TOKEN_TYPE = "token_type";

    /** The groups that have values here. */
    static final List<Field> FIELDS = List.of(
            Field.PRODUCT,
            Field.MODEL,
            Field.CONTEXT_WINDOW,
            Field.INFERENCE_GEO,
            Field.SPEED,
            Field.API_KEY,
            Field.WORKSPACE,
            Field.SERVICE_TIER,
            Field.ACTOR,
            Field.ACTOR_TYPE);

    private static final int ROWS_DEFAULT = 20;
    private static final int ROWS_MAX = 1000;
    private static final int GROUPS_MAX = 5;
    private static final List<String> PLAIN = List.of(
            "starting_at", "ending_at", "time_bucket_width", "limit", "page", "order", "order_by", "group_by[]");

    static AnalyticsQuery of(Query query, boolean cost, List<String> orders, Instant now) {
        if (!query.beta(BETA)) {
            throw Problem.invalid("anthropic-beta: " + BETA + " is required");
        }
        query.expectOnly(parameters());
        List<String> groups = query.all("group_by", groups(cost));
        List<Field> fields =
                FIELDS.stream().filter(field -> groups.contains(field.group())).toList();
        if (fields.size() > GROUPS_MAX) {
            throw Problem.invalid("group_by: expected at most " + GROUPS_MAX + " groups");
        }
        return new AnalyticsQuery(
                Range.of(query, now),
                fields,
                groups.contains(COST_TYPE),
                groups.contains(TOKEN_TYPE),
                allowed(query),
                query.one("order_by") == null ? null : query.choice("order_by", orders),
                query.choice("order", List.of("desc", "asc")).equals("asc"),
                query.limit(ROWS_DEFAULT, ROWS_MAX));
    }

    boolean allows(Terms terms) {
        return allowed.entrySet().stream().allMatch(filter -> filter.getKey().allows(filter.getValue(), terms));
    }

    private static List<String> groups(boolean cost) {
        List<String> groups = new ArrayList<>(FIELDS.stream().map(Field::group).toList());
        if (cost) {
            groups.addAll(List.of(COST_TYPE, TOKEN_TYPE));
        }
        return groups;
    }

    private static List<String> parameters() {
        return Stream.concat(PLAIN.stream(), FIELDS.stream().map(field -> filter(field) + "[]"))
                .toList();
    }

    private static Map<Field, List<String>> allowed(Query query) {
        return FIELDS.stream()
                .filter(field -> !query.all(filter(field)).isEmpty())
                .collect(Collectors.toMap(field -> field, field -> query.all(filter(field))));
    }

    /** The one filter whose name differs from that of the usage report. */
    private static String filter(Field field) {
        return field == Field.CONTEXT_WINDOW ? "context_windows" : field.filter();
    }
}
