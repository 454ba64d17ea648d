package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/organizations/analytics/usage} and {@code …/cost}: rows instead of buckets, ordered and paged as the
 * vendor's (api-facts §4.3), so that its own SDKs read our books. Beyond the vendor's: the groups user_id, team, project
 * and tag with their filters, and numbers of exchanges that are estimated or pending. Our books keep amounts after the
 * discounts that the rate table states, so an amount and its list amount are the same here.
 */
public final class Analytics {
    /** The path of tokens. */
    public static final String USAGE_PATH = "/v1/organizations/analytics/usage";

    /** The path of money. */
    public static final String COST_PATH = "/v1/organizations/analytics/cost";

    private static final List<String> USAGE_FIGURES =
            List.of("total_tokens", "uncached_input_tokens", "output_tokens", "requests");
    private static final List<String> COST_FIGURES = List.of("amount", "list_amount");

    private final Reports reports;
    private final Clock clock;

    /** Answers from those books. */
    public Analytics(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints.add(USAGE_PATH, Where.REPORTS, this::usage).add(COST_PATH, Where.REPORTS, this::cost);
    }

    private Answer usage(Question asked) {
        AnalyticsQuery query =
                AnalyticsQuery.of(asked.params(), USAGE_PATH, USAGE_FIGURES, /* splits= */ false, clock.instant());
        return answer(asked, query, Analytics::usage);
    }

    private Answer cost(Question asked) {
        AnalyticsQuery query =
                AnalyticsQuery.of(asked.params(), COST_PATH, COST_FIGURES, /* splits= */ true, clock.instant());
        return answer(asked, query, Analytics::cost);
    }

    /** Writes what one row has become. */
    @FunctionalInterface
    private interface RowWriter {
        void write(JsonGenerator json, AnalyticsQuery query, AnalyticsRow row) throws IOException;
    }

    private Answer answer(Question asked, AnalyticsQuery query, RowWriter writer) {
        Instant refreshed = clock.instant().minus(reports.lag().age());
        AnalyticsRows.Page page =
                AnalyticsRows.page(reports, query, asked.params().one("page"));
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (AnalyticsRow row : page.rows()) {
                writer.write(json, query, row);
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", page.more());
            json.writeStringField("next_page", page.more() ? after(query, page.rows()) : null);
            json.writeStringField("data_refreshed_at", refreshed.toString());
            json.writeEndObject();
        });
    }

    private static String after(AnalyticsQuery query, List<AnalyticsRow> rows) {
        AnalyticsRow last = rows.get(rows.size() - 1);
        return query.cursor().write(last.start(), last.identity());
    }

    private static void usage(JsonGenerator json, AnalyticsQuery query, AnalyticsRow row) throws IOException {
        head(json, query, row);
        json.writeEndObject();
        json.writeObjectFieldStart("usage");
        UsageReport.counts(json, row.sums());
        json.writeNumberField("total_tokens", row.tokens());
        json.writeNumberField("requests", row.sums().exchanges());
        json.writeNumberField("estimated", row.sums().estimated());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** One row, or one for each part of its amount. */
    private static void cost(JsonGenerator json, AnalyticsQuery query, AnalyticsRow row) throws IOException {
        Sums sums = row.sums();
        if (!query.byCostType() && !query.byTokenType()) {
            cost(json, query, row, new Part(null, null), sums.amount());
            return;
        }
        Map<Part, BigDecimal> parts = new LinkedHashMap<>();
        for (TokenType type : TokenType.values()) {
            if (sums.quantity(type) != 0 || sums.amount(type).signum() != 0) {
                boolean tokens = type != TokenType.WEB_SEARCH;
                Part part = new Part(
                        query.byCostType() ? (tokens ? CostLines.TOKENS : CostLines.WEB_SEARCH) : null,
                        query.byTokenType() && tokens ? type.vendorName() : null);
                parts.merge(part, sums.amount(type), BigDecimal::add);
            }
        }
        for (Map.Entry<Part, BigDecimal> part : parts.entrySet()) {
            cost(json, query, row, part.getKey(), part.getValue());
        }
    }

    private record Part(@Nullable String costType, @Nullable String tokenType) {}

    private static void cost(JsonGenerator json, AnalyticsQuery query, AnalyticsRow row, Part part, BigDecimal usd)
            throws IOException {
        boolean split = query.byCostType() || query.byTokenType();
        head(json, query, row);
        json.writeStringField(AnalyticsQuery.COST_TYPE, part.costType());
        json.writeStringField(AnalyticsQuery.TOKEN_TYPE, part.tokenType());
        json.writeEndObject();
        json.writeObjectFieldStart("cost");
        json.writeStringField("amount", Cents.text(usd));
        json.writeStringField("list_amount", Cents.text(usd));
        json.writeStringField("currency", "USD");
        if (split) {
            json.writeNullField("requests");
        } else {
            json.writeNumberField("requests", row.sums().exchanges());
        }
        json.writeNumberField("estimated", row.sums().estimated());
        json.writeNumberField("pending", row.sums().pending());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Times and groups; the object of the groups stays open. */
    private static void head(JsonGenerator json, AnalyticsQuery query, AnalyticsRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("starting_at", row.start().toString());
        json.writeStringField("ending_at", query.range().end(row.start()).toString());
        json.writeObjectFieldStart("group");
        for (Key key : AnalyticsKeys.ALL) {
            int index = query.keys().indexOf(key);
            String value = index < 0 ? "" : row.values().get(index);
            if (key.equals(AnalyticsKeys.ACTOR) && !value.isEmpty()) {
                json.writeFieldName(key.group());
                Actor.parse(value).write(json);
            } else {
                json.writeStringField(key.group(), Buckets.stated(value));
            }
        }
    }
}
