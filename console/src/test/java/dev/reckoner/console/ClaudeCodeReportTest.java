package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.TokenType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of Claude Code against api-facts §4.4. */
final class ClaudeCodeReportTest extends VendorReports {

    private static final String DAY = "2026-11-20T00:00:00Z";

    ClaudeCodeReportTest() {
        super("/v1/organizations/usage_report/claude_code");
    }

    private static ReportRow row(String user, String key, String session, String model) {
        return Rows.of(TokenType.INPUT, 100, "0.0123")
                .and(TokenType.OUTPUT, 10, "0.001")
                .and(TokenType.CACHE_READ, 1, "0.000000001")
                .and(TokenType.CACHE_WRITE_5M, 2, "0")
                .and(TokenType.CACHE_WRITE_1H, 3, "0")
                .at(DAY, user, key, session, model);
    }

    @Test
    void row_hasEveryFieldOfTheVendor_andZerosForWhatPassesNoProxy() throws InterruptedException {
        reports.entries = List.of(Samples.BARE, Samples.FULL);
        reports.rows = query -> List.of(
                row("ada@example.org", "sk-1", "s1", "claude-opus-5-5"),
                row("ada@example.org", "sk-2", "s2", "claude-opus-5-5"),
                row("ada@example.org", "sk-2", "", "claude-opus-5-5"));

        JsonNode report = report("starting_at=2026-11-20");

        assertEquals(
                "{\"data\":[{\"date\":\"2026-11-20T00:00:00Z\",\"actor\":{\"type\":\"user_actor\","
                        + "\"email_address\":\"ada@example.org\"},\"organization_id\":\"org\",\"customer_type\":\"api\","
                        + "\"subscription_type\":null,\"terminal_type\":\"unknown\",\"is_remote\":false,"
                        + "\"core_metrics\":{\"num_sessions\":2,\"lines_of_code\":{\"added\":0,\"removed\":0},"
                        + "\"commits_by_claude_code\":0,\"pull_requests_by_claude_code\":0},\"tool_actions\":{"
                        + "\"edit_tool\":{\"accepted\":0,\"rejected\":0},\"multi_edit_tool\":{\"accepted\":0,"
                        + "\"rejected\":0},\"notebook_edit_tool\":{\"accepted\":0,\"rejected\":0},"
                        + "\"write_tool\":{\"accepted\":0,\"rejected\":0}},\"model_breakdown\":[{"
                        + "\"model\":\"claude-opus-5-5\",\"tokens\":{\"input\":300,\"output\":30,\"cache_read\":3,"
                        + "\"cache_creation\":15},\"estimated_cost\":{\"amount\":3.9900003,\"currency\":\"USD\"}}]}],"
                        + "\"has_more\":false,\"next_page\":null}",
                report.toString());
        ReportQuery asked = asked();
        assertEquals(Map.of(Dimension.TAG, List.of("client=claude-cli")), asked.where());
        assertEquals(Instant.parse("2026-11-20T00:00:00Z"), asked.from());
        assertEquals(Instant.parse("2026-11-21T00:00:00Z"), asked.until());
    }

    @Test
    void whoIsNotNamed_isTheKey() {
        reports.rows = query -> List.of(row("", "sk-1", "s", "m"), row("", "", "s", "m"));
        JsonNode data = report("starting_at=2026-11-20").path("data");
        assertEquals(
                "{\"type\":\"api_actor\",\"api_key_name\":\"\"}",
                data.at("/0/actor").toString());
        assertEquals(
                "{\"type\":\"api_actor\",\"api_key_name\":\"sk-1\"}",
                data.at("/1/actor").toString());
        assertEquals("", data.at("/0/organization_id").asText());
    }

    @Test
    void today_endsAnHourAgo_andTomorrowIsEmpty() throws InterruptedException {
        report("starting_at=2026-11-21");
        assertEquals(Instant.parse("2026-11-21T11:00:00Z"), asked().until());
        assertEquals(
                "{\"data\":[],\"has_more\":false,\"next_page\":null}",
                report("starting_at=2026-11-22").toString());
        assertTrue(reports.reportsAsked.isEmpty());
    }

    @Test
    void pages_followed_coverEverybodyOnce() {
        List<ReportRow> rows = new ArrayList<>();
        for (int i = 10; i < 35; i++) {
            rows.add(row("user-" + i, "k", "s", "m"));
        }
        reports.rows = query -> rows;
        JsonNode first = report("starting_at=2026-11-20");
        assertEquals(20, first.path("data").size());
        assertTrue(first.path("has_more").asBoolean());
        JsonNode second =
                report("starting_at=2026-11-20&page=" + first.path("next_page").asText());
        assertEquals(5, second.path("data").size());
        assertEquals("user-30", second.at("/data/0/actor/email_address").asText());
        assertFalse(second.path("has_more").asBoolean());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=1 | starting_at: missing, expected a UTC day",
                "starting_at=2026-11-20T00:00:00Z | starting_at: found",
                "starting_at=9999999-01-01 | starting_at: found",
                "starting_at=2026-11-20&limit=1001 | limit: found",
                "starting_at=2026-11-20&page=page_x | page: found",
                "starting_at=2026-11-20&ending_at=2026-11-21 | query: found \"ending_at\"",
            })
    void question_wrong_isRefusedNamingFoundAndExpected(String query, String message) {
        String refused = refusal(query);
        assertTrue(refused.startsWith(message), refused);
    }
}
