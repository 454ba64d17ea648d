package dev.reckoner.simulator.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/organizations/cost_report}: days only, in cents, without a key dimension (api-facts §4.2). */
final class CostReport {
    static final String PATH = "/v1/organizations/cost_report";

    private static final List<String> GROUPS = List.of("workspace_id", "description");
    private static final List<String> PARAMETERS =
            List.of("starting_at", "ending_at", "bucket_width", "limit", "page", "group_by[]");
    private static final List<String> FIELDS = List.of(
            "workspace_id",
            "description",
            "cost_type",
            "model",
            "token_type",
            "service_tier",
            "context_window",
            "inference_geo",
            "speed");

    private final Organization organization;

    CostReport(Organization organization) {
        this.organization = organization;
    }

    byte[] answer(Query query) {
        query.expectOnly(PARAMETERS);
        query.choice("bucket_width", List.of("1d"));
        List<String> groups = query.all("group_by", GROUPS);
        boolean fast = query.beta(UsageReport.FAST_BETA);
        BucketPage page = BucketPage.of(
                query, Width.DAY, organization.paging(), organization.clock().instant());
        Map<Instant, Map<List<String>, BigDecimal>> days = new HashMap<>();
        for (BillLine line : organization.billing().lines(page.from(), page.until(), Width.DAY)) {
            days.computeIfAbsent(line.from(), day -> Groups.sorted())
                    .merge(key(line, groups, fast), line.amountUsd(), BigDecimal::add);
        }
        return page.json(organization.paging(), (json, day) -> {
            for (Map.Entry<List<String>, BigDecimal> row :
                    days.getOrDefault(day, new TreeMap<>()).entrySet()) {
                result(json, row.getKey(), row.getValue(), fast);
            }
        });
    }

    private static void result(JsonGenerator json, List<String> key, BigDecimal usd, boolean fast) throws IOException {
        json.writeStartObject();
        json.writeStringField("currency", "USD");
        json.writeStringField("amount", Json.cents(usd));
        for (int i = 0; i < FIELDS.size(); i++) {
            String name = FIELDS.get(i);
            if (fast || !name.equals("speed")) {
                Json.string(json, name, key.get(i).isEmpty() ? null : key.get(i));
            }
        }
        json.writeEndObject();
    }

    /** The values of {@link #FIELDS}: the parsed ones only where grouped by description, most only for tokens. */
    private static List<String> key(BillLine line, List<String> groups, boolean fast) {
        Terms terms = line.terms();
        List<@Nullable String> values = new ArrayList<>();
        values.add(groups.contains("workspace_id") ? terms.workspaceId() : null);
        TokenKind kind = line.kind();
        if (groups.contains("description")) {
            values.add(description(line));
            values.add(line.costType().wireName());
            if (kind != null) {
                values.add(terms.model());
                values.add(kind.wireName());
                values.add(terms.tier());
                values.add(terms.contextWindow());
                values.add(terms.geo());
                values.add(fast ? terms.speed() : null);
            }
        }
        List<String> key = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            key.add(i < values.size() ? Objects.requireNonNullElse(values.get(i), "") : "");
        }
        return key;
    }

    private static String description(BillLine line) {
        String model = line.terms().model();
        TokenKind kind = line.kind();
        if (model != null && kind != null) {
            return Offer.displayName(model) + " Usage - " + kind.words();
        }
        return switch (line.costType()) {
            case WEB_SEARCH -> "Web Search Usage";
            case SESSION_USAGE -> "Session Usage";
            default -> "Code Execution Usage";
        };
    }
}
