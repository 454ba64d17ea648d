package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cost report against api-facts §4.2. */
final class CostReportTest extends VendorReports {

    private static final String PATH = "/v1/organizations/cost_report";
    private static final String START = "starting_at=2026-11-01T00:00:00Z&limit=1";
    private static final String DAY = "2026-11-01T00:00:00Z";

    CostReportTest() {
        super(PATH);
    }

    @ParameterizedTest
    @CsvSource({
        "5.27999760, 527.99976",
        "1.2378912, 123.78912",
        "0.000000125, 0.0000125",
        "0.01, 1",
        "100, 10000",
        "1E+3, 100000",
        "0.00, 0",
        "123456789012345678.000000001, 12345678901234567800.0000001"
    })
    void amount_inUsd_isShownInExactCents(String usd, String cents) {
        reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1, usd).at(DAY));
        JsonNode amount = only(report(START)).path("amount");
        assertTrue(amount.isTextual());
        assertEquals(cents, amount.asText());
    }

    @Test
    void result_notDescribed_hasTheSumAndNullParts() {
        reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1, "0.5")
                .and(TokenType.OUTPUT, 1, "0.25")
                .and(TokenType.WEB_SEARCH, 1, "0.01")
                .at(DAY));
        assertEquals(
                "{\"currency\":\"USD\",\"amount\":\"76\",\"workspace_id\":null,\"user_id\":null,\"team\":null,"
                        + "\"project\":null,\"session_id\":null,\"tag\":null,\"cost_type\":null,\"description\":null,"
                        + "\"token_type\":null,\"model\":null,\"service_tier\":null,\"inference_geo\":null,"
                        + "\"context_window\":null,\"estimated\":0,\"pending\":0}",
                only(report(START)).toString());
    }

    @Test
    void question_describedByWorkspaceAndUser_asksForThePartsToo() throws InterruptedException {
        report(START + "&group_by[]=description&group_by[]=user_id&group_by[]=workspace_id&teams[]=core");
        ReportQuery query = asked();
        assertEquals(
                List.of(
                        Dimension.WORKSPACE,
                        Dimension.USER,
                        Dimension.MODEL,
                        Dimension.SERVICE_TIER,
                        Dimension.INFERENCE_GEO,
                        Dimension.CONTEXT_WINDOW),
                query.by());
        assertEquals(Map.of(Dimension.TEAM, List.of("core")), query.where());
        assertEquals(Bucket.DAY, query.bucket());
    }

    @Test
    void result_described_isOnePerTokenType() {
        reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1000, "0.005")
                .and(TokenType.CACHE_READ, 2000, "0.001")
                .and(TokenType.OUTPUT, 0, "0")
                .at(DAY, "ada", "claude-opus-4-6", "standard", "global", "0-200k"));
        JsonNode results = results(report(START + "&group_by[]=description&group_by[]=user_id"));
        assertEquals(2, results.size());
        JsonNode input = results.path(0);
        assertEquals("0.5", input.path("amount").asText());
        assertEquals("ada", input.path("user_id").asText());
        assertEquals("tokens", input.path("cost_type").asText());
        assertEquals("uncached_input_tokens", input.path("token_type").asText());
        assertEquals("claude-opus-4-6", input.path("model").asText());
        assertEquals("standard", input.path("service_tier").asText());
        assertEquals("global", input.path("inference_geo").asText());
        assertEquals("0-200k", input.path("context_window").asText());
        assertEquals("claude-opus-4-6: input tokens", input.path("description").asText());
        assertEquals(
                "cache_read_input_tokens", results.path(1).path("token_type").asText());
    }

    @Test
    void webSearches_ofSeveralModels_areOneLineWithoutParts() {
        reports.rows = query -> List.of(
                Rows.of(TokenType.WEB_SEARCH, 2, "0.02").at(DAY, "a", "standard", "global", "0-200k"),
                Rows.of(TokenType.WEB_SEARCH, 1, "0.01").at(DAY, "b", "standard", "us", "0-200k"));
        JsonNode search = only(report(START + "&group_by[]=description"));
        assertEquals("3", search.path("amount").asText());
        assertEquals("web_search", search.path("cost_type").asText());
        for (String part : List.of("token_type", "model", "service_tier", "inference_geo", "context_window")) {
            assertTrue(search.path(part).isNull(), part);
        }
    }

    @Test
    void amounts_describedOrNot_sumToTheSame() {
        reports.rows = query -> query.by().isEmpty()
                ? List.of(Rows.of(TokenType.INPUT, 1, "0.123456789")
                        .and(TokenType.OUTPUT, 1, "0.000000001")
                        .and(TokenType.WEB_SEARCH, 1, "0.01")
                        .at(DAY))
                : List.of(
                        Rows.of(TokenType.INPUT, 1, "0.123456789").at(DAY, "a", "", "", ""),
                        Rows.of(TokenType.OUTPUT, 1, "0.000000001")
                                .and(TokenType.WEB_SEARCH, 1, "0.01")
                                .at(DAY, "b", "", "", ""));
        assertEquals(sum(report(START)), sum(report(START + "&group_by[]=description")));
    }

    @Test
    void amount_pending_isMarkedAndNotLost() {
        reports.rows = query -> List.of(
                Rows.of(TokenType.INPUT, 1000, "").pending(5).estimated(2).at(DAY, "new-model", "", "", ""));
        JsonNode line = only(report(START + "&group_by[]=description"));
        assertEquals("new-model", line.path("model").asText());
        assertEquals(5, line.path("pending").asInt());
        assertEquals(2, line.path("estimated").asInt());
        assertTrue(line.path("service_tier").isNull());
    }

    @Test
    void speed_withTheBetaHeader_isSplitAndShown() throws InterruptedException {
        reports.rows =
                query -> List.of(Rows.of(TokenType.INPUT, 1, "1").at(DAY, "a", "standard", "global", "0-200k", "fast"));
        Wire.Response response = Wire.get(
                server, PATH + "?" + START + "&group_by[]=description", "anthropic-beta: fast-mode-2026-02-01\r\n");
        assertTrue(asked().by().contains(Dimension.SPEED));
        assertEquals("fast", only(response.json()).path("speed").asText());
        assertFalse(only(report(START + "&group_by[]=description")).has("speed"));
    }

    @Test
    void days_byDefault_areSevenAndAtMostThirtyOne() {
        assertEquals(7, report("starting_at=2026-09-01T00:00:00Z").path("data").size());
        assertEquals(
                31,
                report("starting_at=2026-09-01T00:00:00Z&bucket_width=1d&limit=31")
                        .path("data")
                        .size());
        assertTrue(refusal("starting_at=2026-09-01T00:00:00Z&limit=32").startsWith("limit: found \"32\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bucket_width=1h | bucket_width: found \"1h\", expected 1d",
                "group_by[]=model | group_by[]: found \"model\", expected one of workspace_id, user_id, team, project,",
                "models[]=a | query: found \"models\", expected only the parameters"
            })
    void question_beyondTheVendors_isRefused(String query, String message) {
        String refused = refusal("starting_at=2026-11-01T00:00:00Z&" + query);
        assertTrue(refused.startsWith(message), refused);
    }

    private static JsonNode results(JsonNode report) {
        return report.path("data").path(0).path("results");
    }

    private static JsonNode only(JsonNode report) {
        assertEquals(1, results(report).size(), report.toString());
        return results(report).path(0);
    }

    private static BigDecimal sum(JsonNode report) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode result : results(report)) {
            sum = sum.add(new BigDecimal(result.path("amount").asText()));
        }
        return sum.stripTrailingZeros();
    }
}
