package dev.reckoner.simulator.admin;

import static dev.reckoner.simulator.admin.AdminStage.at;
import static dev.reckoner.simulator.admin.AdminStage.tokens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The newer usage and cost endpoints as api-facts §4.3 describes them. */
class AdminAnalyticsTest {
    private static final Terms OPUS = Terms.of("claude-opus-5-5");
    private static final String RANGE = "?starting_at=2026-11-10T00:00:00Z&ending_at=2026-11-11T00:00:00Z";
    private static final String USAGE = Analytics.USAGE_PATH + RANGE;
    private static final String COST = Analytics.COST_PATH + RANGE;
    private static final String[] BETA = {"anthropic-beta", "other-beta, " + AnalyticsQuery.BETA};

    private AdminStage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new AdminStage();
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void cost_withADiscount_statesBothAmountsAndRequests() throws Exception {
        stage.admin.add(at(1, OPUS, tokens(1_000_000, 0)));
        stage.admin.add(at(4000, OPUS, tokens(0, 1_000_000)));
        stage.admin.discount(LocalDate.parse("2026-11-01"), new BigDecimal("0.75"));
        JsonNode answer = stage.get(COST, BETA);
        assertEquals("2026-11-20T11:55:00Z", answer.path("data_refreshed_at").textValue());
        assertEquals(1, answer.path("data").size());
        JsonNode cost = answer.path("data").path(0).path("cost");
        assertEquals("1800", cost.path("amount").textValue());
        assertEquals("2400", cost.path("list_amount").textValue());
        assertEquals(2, cost.path("requests").intValue());
    }

    @Test
    void cost_byTypes_spreadsRowsOutBeyondTheLimit() throws Exception {
        stage.admin.add(at(1, OPUS, tokens(1, 1)));
        stage.admin.add(at(2, Terms.of("claude-sonnet-5-5"), tokens(1, 1)));
        stage.admin.container(AdminStage.DAY, null, BigDecimal.ONE);
        String target = COST + "&group_by[]=model&group_by[]=cost_type&group_by[]=token_type&limit=1";
        JsonNode first = stage.get(target, BETA);
        assertTrue(first.path("has_more").booleanValue());
        assertEquals(
                "code_execution",
                first.path("data").path(0).path("group").path("cost_type").textValue());
        List<JsonNode> rows = stage.all(target, BETA);
        assertEquals(5, rows.size());
        Set<String> seen = new HashSet<>();
        for (JsonNode row : rows) {
            JsonNode group = row.path("group");
            seen.add(group.path("model").textValue() + " "
                    + group.path("token_type").textValue() + " "
                    + row.path("cost").path("amount").textValue());
            assertTrue(row.path("cost").path("requests").isNull());
        }
        assertTrue(seen.contains("claude-opus-5-5 output_tokens 0.002"), seen.toString());
        assertTrue(seen.contains("null null 5"), seen.toString());
    }

    @Test
    void usage_byKeyAndHour_isInTheOrderOfTime() throws Exception {
        String key = stage.admin.key("one", "sk-ant-api03-" + "c".repeat(40), null);
        stage.admin.add(at(1, OPUS.key(key), tokens(1, 0)));
        stage.admin.add(at(3601, OPUS, tokens(100, 0)));
        stage.admin.add(at(3602, OPUS.key(key), tokens(7, 0)));
        List<JsonNode> rows =
                stage.all(USAGE + "&time_bucket_width=1h&group_by[]=api_key_id&group_by[]=workspace_id&limit=1", BETA);
        assertEquals(3, rows.size());
        assertEquals("2026-11-10T00:00:00Z", rows.get(0).path("starting_at").textValue());
        assertEquals("2026-11-10T01:00:00Z", rows.get(0).path("ending_at").textValue());
        assertEquals(key, rows.get(0).path("group").path("api_key_id").textValue());
        assertEquals(
                "wrkspc_01SimulatorDefaultSpace00",
                rows.get(0).path("group").path("workspace_id").textValue());
        assertEquals(100, rows.get(1).path("usage").path("total_tokens").intValue());
        assertTrue(rows.get(1).path("group").path("api_key_id").isNull());
        List<JsonNode> none = stage.all(USAGE + "&api_key_ids[]=", BETA);
        assertEquals(
                100, none.get(0).path("usage").path("uncached_input_tokens").intValue());
    }

    @Test
    void usage_byActor_namesUsersAndKeys() throws Exception {
        String user = stage.admin.user("ada@example.com", "Ada");
        String key = stage.admin.key("one", "sk-ant-api03-" + "d".repeat(40), null);
        stage.admin.add(at(1, OPUS.account(user), tokens(2, 0)));
        stage.admin.add(at(2, OPUS.key(key), tokens(1, 0)));
        List<JsonNode> rows = stage.all(USAGE + "&group_by[]=actor", BETA);
        assertEquals(
                "ada@example.com",
                rows.get(0).path("group").path("actor").path("email_address").textValue());
        assertEquals(
                key, rows.get(1).path("group").path("actor").path("api_key_id").textValue());
    }

    @Test
    void order_isAsAsked() throws Exception {
        stage.admin.add(at(1, OPUS, tokens(5, 0)));
        stage.admin.add(at(2, Terms.of("claude-haiku-4-5-20251001"), tokens(9, 0)));
        String cost = COST + "&group_by[]=model";
        assertEquals("claude-opus-5-5", model(cost));
        assertEquals("claude-haiku-4-5-20251001", model(cost + "&order_by=amount&order=asc"));
        assertEquals("claude-haiku-4-5-20251001", model(USAGE + "&group_by[]=model"));
    }

    private String model(String target) throws Exception {
        JsonNode row = stage.get(target, BETA).path("data").path(0);
        return row.path("group").path("model").textValue();
    }

    @Test
    void requests_thatAreWrong_areRefused() throws Exception {
        refused(USAGE);
        refused(Analytics.USAGE_PATH + "?starting_at=2025-12-31T00:00:00Z", BETA);
        refused(Analytics.USAGE_PATH + "?starting_at=2026-11-01T00:00:00Z&time_bucket_width=1d", BETA);
        refused(Analytics.COST_PATH + "?starting_at=2026-09-01T00:00:00Z&ending_at=2026-11-01T00:00:00Z", BETA);
        String days = "?starting_at=2026-11-01T00:00:00Z&ending_at=2026-11-03T00:00:00Z";
        refused(Analytics.COST_PATH + days + "&time_bucket_width=1m", BETA);
        refused(USAGE + "&group_by[]=cost_type", BETA);
        refused(USAGE + "&limit=1001", BETA);
        refused(
                USAGE + "&group_by[]=model&group_by[]=speed&group_by[]=product&group_by[]=actor&group_by[]=api_key_id"
                        + "&group_by[]=workspace_id",
                BETA);
        stage.admin.analytics(false);
        assertEquals(403, stage.send(USAGE, BETA).statusCode());
    }

    private void refused(String target, String... headers) throws Exception {
        HttpResponse<byte[]> response = stage.send(target, headers);
        assertEquals(400, response.statusCode(), target);
    }
}
