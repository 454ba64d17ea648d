package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/organizations/usage_report/messages} (api-facts §4.1). Beyond the vendor's: the groups and filters of
 * {@link Key#OURS}, and in each result {@code requests} and {@code estimated}, both numbers of exchanges.
 */
public final class UsageReport {

    /** Its path. */
    public static final String PATH = "/v1/organizations/usage_report/messages";

    private static final List<String> GROUPS =
            Key.USAGE.stream().map(Key::group).toList();
    private static final List<String> PARAMETERS = parameters();

    private final Reports reports;
    private final Clock clock;

    /** Answers from those books. */
    public UsageReport(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** The page asked for. Blocks. */
    public Answer answer(Question question) {
        Params params = question.params();
        params.expectOnly(PARAMETERS::contains, PARAMETERS);
        Page page = Page.of(params, BucketWidth.of(params), PATH, clock.instant());
        List<Dimension> by = Filters.groups(params, GROUPS).stream()
                .map(UsageReport::dimension)
                .filter(Objects::nonNull)
                .toList();
        Filters filters = Filters.of(params, Key.USAGE);
        return Buckets.answer(page, Buckets.read(reports, page, by, filters), (json, rows) -> {
            for (ReportRow row : rows) {
                result(json, by, row);
            }
        });
    }

    private static void result(JsonGenerator json, List<Dimension> by, ReportRow row) throws IOException {
        Sums sums = row.sums();
        json.writeStartObject();
        counts(json, sums);
        for (Key key : Key.USAGE) {
            Buckets.group(json, key, by, row);
        }
        json.writeNumberField("requests", sums.exchanges());
        json.writeNumberField("estimated", sums.estimated());
        json.writeEndObject();
    }

    /** Writes the counts of tokens and searches, as all reports have them. */
    static void counts(JsonGenerator json, Sums sums) throws IOException {
        json.writeNumberField("uncached_input_tokens", sums.quantity(TokenType.INPUT));
        json.writeObjectFieldStart("cache_creation");
        json.writeNumberField("ephemeral_1h_input_tokens", sums.quantity(TokenType.CACHE_WRITE_1H));
        json.writeNumberField("ephemeral_5m_input_tokens", sums.quantity(TokenType.CACHE_WRITE_5M));
        json.writeEndObject();
        json.writeNumberField("cache_read_input_tokens", sums.quantity(TokenType.CACHE_READ));
        json.writeNumberField("output_tokens", sums.quantity(TokenType.OUTPUT));
        json.writeObjectFieldStart("server_tool_use");
        json.writeNumberField("web_search_requests", sums.quantity(TokenType.WEB_SEARCH));
        json.writeEndObject();
    }

    private static @Nullable Dimension dimension(String group) {
        return Key.USAGE.get(GROUPS.indexOf(group)).dimension();
    }

    private static List<String> parameters() {
        List<String> names =
                new ArrayList<>(List.of("starting_at", "ending_at", "bucket_width", "limit", "page", "group_by"));
        Key.USAGE.forEach(key -> names.add(key.filter()));
        names.add("beta"); // some clients add ?beta=true to every path
        return List.copyOf(names);
    }
}
