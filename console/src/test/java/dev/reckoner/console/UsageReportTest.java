package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.TokenType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The usage report against api-facts §4.1. */
final class UsageReportTest extends VendorReports {

    UsageReportTest() {
        super("/v1/organizations/usage_report/messages");
    }

    @Test
    void result_grouped_hasTheVendorsFieldsAndOurs() {
        reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1500, "1")
                .and(TokenType.CACHE_WRITE_5M, 500, "1")
                .and(TokenType.CACHE_WRITE_1H, 1000, "1")
                .and(TokenType.CACHE_READ, 200, "1")
                .and(TokenType.OUTPUT, 501, "1")
                .and(TokenType.WEB_SEARCH, 10, "1")
                .estimated(2)
                .at("2026-11-01T00:00:00Z", "claude-opus-4-6", "ada"));
        JsonNode report = report("starting_at=2026-11-01T00:00:00Z&limit=1&group_by[]=model&group_by[]=user_id");
        JsonNode result = report.path("data").path(0).path("results").path(0);
        assertEquals(
                "{\"uncached_input_tokens\":1500,\"cache_creation\":{\"ephemeral_1h_input_tokens\":1000,"
                        + "\"ephemeral_5m_input_tokens\":500},\"cache_read_input_tokens\":200,\"output_tokens\":501,"
                        + "\"server_tool_use\":{\"web_search_requests\":10},\"account_id\":null,\"api_key_id\":null,"
                        + "\"context_window\":null,\"inference_geo\":null,\"model\":\"claude-opus-4-6\","
                        + "\"service_account_id\":null,\"service_tier\":null,\"speed\":null,\"workspace_id\":null,"
                        + "\"user_id\":\"ada\",\"team\":null,\"project\":null,\"session_id\":null,\"tag\":null,"
                        + "\"requests\":5,\"estimated\":2}",
                result.toString());
    }

    @Test
    void groups_all_areAskedOfTheBooksInOneOrder() throws InterruptedException {
        report("starting_at=2026-11-01T00:00:00Z&group_by[]=tag&group_by=account_id&group_by[]=session_id"
                + "&group_by[]=project&group_by[]=team&group_by[]=user_id&group_by[]=workspace_id&group_by[]=speed"
                + "&group_by[]=service_tier&group_by[]=model&group_by[]=inference_geo&group_by[]=context_window"
                + "&group_by[]=api_key_id&group_by[]=service_account_id&group_by[]=model");
        assertEquals(
                List.of(
                        Dimension.KEY,
                        Dimension.CONTEXT_WINDOW,
                        Dimension.INFERENCE_GEO,
                        Dimension.MODEL,
                        Dimension.SERVICE_TIER,
                        Dimension.SPEED,
                        Dimension.WORKSPACE,
                        Dimension.USER,
                        Dimension.TEAM,
                        Dimension.PROJECT,
                        Dimension.SESSION,
                        Dimension.TAG),
                asked().by());
    }

    @Test
    void group_notStated_isNull() {
        reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1, "1").at("2026-11-01T00:00:00Z", ""));
        JsonNode report = report("starting_at=2026-11-01T00:00:00Z&group_by[]=team");
        assertTrue(
                report.path("data").path(0).path("results").path(0).path("team").isNull());
    }

    @Test
    void filters_withAndWithoutBrackets_reachTheBooks() throws InterruptedException {
        report("starting_at=2026-11-01T00:00:00Z&models[]=a&models=b&user_ids[]=x%20y&teams=&tags[]=env%3Dprod"
                + "&service_tiers[]=batch&context_window[]=0-200k");
        assertEquals(
                Map.of(
                        Dimension.MODEL, List.of("a", "b"),
                        Dimension.USER, List.of("x y"),
                        Dimension.TEAM, List.of(""),
                        Dimension.TAG, List.of("env=prod"),
                        Dimension.SERVICE_TIER, List.of("batch"),
                        Dimension.CONTEXT_WINDOW, List.of("0-200k")),
                asked().where());
    }

    @Test
    void filter_onWhatNoResponseStates_matchesNothing() {
        reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1, "1").at("2026-11-01T00:00:00Z"));
        JsonNode report = report("starting_at=2026-11-01T00:00:00Z&limit=1&account_ids[]=user_01");
        assertEquals(0, report.path("data").path(0).path("results").size());
        assertTrue(reports.reportsAsked.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "1d, 2026-11-01T17:45:30Z, 7, 2026-11-01T00:00:00Z, 2026-11-08T00:00:00Z, DAY",
        "1h, 2026-11-01T17:45:30Z, 24, 2026-11-01T17:00:00Z, 2026-11-02T17:00:00Z, HOUR",
        "1m, 2026-11-01T17:45:30Z, 60, 2026-11-01T17:45:00Z, 2026-11-01T18:45:00Z, MINUTE",
        "1d, 2026-11-01T01:00:00%2B02:00, 7, 2026-10-31T00:00:00Z, 2026-11-07T00:00:00Z, DAY"
    })
    void start_anywhere_isSnappedDownAndPagedByDefault(
            String width, String start, int buckets, Instant from, Instant until, Bucket bucket)
            throws InterruptedException {
        JsonNode report = report("bucket_width=" + width + "&starting_at=" + start);
        ReportQuery query = asked();
        assertEquals(from, query.from());
        assertEquals(until, query.until());
        assertEquals(bucket, query.bucket());
        assertEquals(buckets, report.path("data").size());
        assertEquals(from.toString(), starts(report).get(0));
        assertTrue(report.path("has_more").asBoolean());
    }

    @ParameterizedTest
    @CsvSource({"1d, 31", "1h, 168", "1m, 1440"})
    void limit_atAndAboveTheMost_isTakenAndRefused(String width, int most) {
        String query = "starting_at=2026-09-01T00:00:00Z&bucket_width=" + width + "&limit=";
        assertEquals(most, report(query + most).path("data").size());
        assertEquals(
                "limit: found \"" + (most + 1) + "\", expected a whole number from 1 to " + most,
                refusal(query + (most + 1)));
        assertTrue(refusal(query + "0").startsWith("limit: found \"0\""));
        assertTrue(refusal(query + "many").startsWith("limit: found \"many\""));
    }

    @Test
    void pages_followed_coverEveryBucketOnce() {
        String query = "starting_at=2026-11-01T00:00:00Z&ending_at=2026-11-12T00:00:00Z&limit=4";
        List<String> starts = new ArrayList<>();
        JsonNode page = report(query);
        starts.addAll(starts(page));
        while (page.path("has_more").asBoolean()) {
            String next = page.path("next_page").asText();
            assertTrue(next.matches("page_[A-Za-z0-9_-]+"), next);
            page = report(query + "&page=" + next);
            starts.addAll(starts(page));
        }
        assertTrue(page.path("next_page").isNull());
        List<String> expected = new ArrayList<>();
        for (int day = 1; day <= 11; day++) {
            expected.add("2026-11-" + (day < 10 ? "0" : "") + day + "T00:00:00Z");
        }
        assertEquals(expected, starts);
    }

    @Test
    void page_ofAnotherQuestion_isRefused() {
        String next = report("starting_at=2026-11-01T00:00:00Z&limit=1")
                .path("next_page")
                .asText();
        assertEquals(
                List.of("2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z"),
                starts(report("starting_at=2026-11-01T00:00:00Z&limit=2&page=" + next)),
                "the page's size may change on the way");
        String refused = refusal("starting_at=2026-11-01T00:00:00Z&models[]=a&page=" + next);
        assertTrue(refused.startsWith("page: found \"page_"), refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "page_", "page_%21%21", "page_MjAyNS0wNS0xNFQwMDowMDowMFo=", "7"})
    void page_notOurs_isRefused(String page) {
        assertTrue(refusal("starting_at=2026-11-01T00:00:00Z&page=" + page).startsWith("page: found "));
    }

    @Test
    void end_absent_isTheBucketOfThePresent() {
        JsonNode report = report("starting_at=2026-11-20T00:00:00Z");
        assertEquals(List.of("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"), starts(report));
        assertFalse(report.path("has_more").asBoolean());
    }

    @Test
    void end_insideABucket_leavesThatBucketOut() {
        JsonNode report = report("starting_at=2026-11-01T00:00:00Z&ending_at=2026-11-03T23:59:59Z");
        assertEquals(List.of("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"), starts(report));
        assertEquals(
                "2026-11-03T00:00:00Z",
                report.path("data").path(1).path("ending_at").asText());
    }

    @Test
    void start_inTheFuture_hasNoBuckets() {
        JsonNode report = report("starting_at=2027-01-01T00:00:00Z");
        assertEquals(0, report.path("data").size());
        assertFalse(report.path("has_more").asBoolean());
    }

    @Test
    void bucket_withoutRows_isThereWithEmptyResults() {
        reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1, "1").at("2026-11-02T00:00:00Z"));
        JsonNode data = report("starting_at=2026-11-01T00:00:00Z&limit=3").path("data");
        assertEquals(3, data.size());
        assertEquals("[]", data.path(0).path("results").toString());
        assertEquals(1, data.path(1).path("results").size());
        assertEquals("[]", data.path(2).path("results").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=1 | starting_at: missing",
                "starting_at=2026-11-01 | starting_at: found \"2026-11-01\", expected an RFC 3339",
                "starting_at=1999-01-01T00:00:00Z | starting_at: found",
                "starting_at=+999999999-01-01T00:00:00Z | starting_at: found",
                "starting_at=2026-11-01T00:00:00Z&starting_at=2026-11-02T00:00:00Z | starting_at: found",
                "starting_at=2026-11-02T00:00:00Z&ending_at=2026-11-01T00:00:00Z | ending_at: found",
                "starting_at=2026-11-02T00:00:00Z&bucket_width=1w | bucket_width: found \"1w\", expected 1d, 1h or 1m",
                "starting_at=2026-11-02T00:00:00Z&group_by[]=usr | group_by[]: found \"usr\", expected one of account_id",
                "starting_at=2026-11-02T00:00:00Z&service_tiers[]=gold | service_tiers[]: found \"gold\", expected one of",
                "starting_at=2026-11-02T00:00:00Z&context_window[]=1k | context_window[]: found \"1k\", expected one of",
                "starting_at=2026-11-02T00:00:00Z&user_id=ada | query: found \"user_id\", expected only the parameters"
            })
    void question_wrong_isRefusedNamingFoundAndExpected(String query, String message) {
        String refused = refusal(query);
        assertTrue(refused.startsWith(message), refused);
    }

    @Test
    void question_withBetaSwitch_isTheSame() {
        assertNotEquals(
                0,
                report("beta=true&starting_at=2026-11-20T00:00:00Z")
                        .path("data")
                        .size());
    }
}
