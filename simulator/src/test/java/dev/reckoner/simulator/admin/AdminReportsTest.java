package dev.reckoner.simulator.admin;

import static dev.reckoner.simulator.admin.AdminStage.COST;
import static dev.reckoner.simulator.admin.AdminStage.EACH;
import static dev.reckoner.simulator.admin.AdminStage.USAGE;
import static dev.reckoner.simulator.admin.AdminStage.at;
import static dev.reckoner.simulator.admin.AdminStage.tokens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.simulator.Counts;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The usage report and the cost report as api-facts §4.1 and §4.2 describe them, against figures made by hand. */
class AdminReportsTest {
    private static final Terms OPUS = Terms.of("claude-opus-5-5");

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
    void usage_ofOneDay_sumsByGroup() throws Exception {
        String key = stage.admin.key("one", "sk-ant-api03-one", null);
        stage.admin.add(at(10, OPUS.key(key), new Counts(1, 2, 3, 4, 5, 6)));
        stage.admin.add(at(7200, OPUS.key(key), new Counts(10, 20, 30, 40, 50, 60)));
        stage.admin.add(at(7200, OPUS, tokens(7, 7)));
        JsonNode results =
                stage.get(USAGE + "&group_by[]=api_key_id").path("data").path(0).path("results");
        assertEquals(2, results.size());
        assertTrue(results.path(0).path("api_key_id").isNull());
        JsonNode row = results.path(1);
        assertEquals(key, row.path("api_key_id").textValue());
        assertEquals(11, row.path("uncached_input_tokens").longValue());
        assertEquals(
                22, row.path("cache_creation").path("ephemeral_5m_input_tokens").longValue());
        assertEquals(
                33, row.path("cache_creation").path("ephemeral_1h_input_tokens").longValue());
        assertEquals(44, row.path("cache_read_input_tokens").longValue());
        assertEquals(55, row.path("output_tokens").longValue());
        assertEquals(66, row.path("server_tool_use").path("web_search_requests").longValue());
        assertTrue(row.path("model").isNull());
        assertFalse(row.has("speed"));
    }

    @Test
    void usage_byHour_hasEmptyBucketsAndPagesOfTheLimit() throws Exception {
        stage.admin.add(at(3 * 3600, OPUS, tokens(5, 5)));
        String hours = USAGE + "&bucket_width=1h";
        JsonNode first = stage.get(hours + "&limit=2");
        assertEquals(2, first.path("data").size());
        assertTrue(first.path("has_more").booleanValue());
        assertTrue(first.path("next_page").textValue().startsWith("page_"));
        List<JsonNode> buckets = stage.all(hours + "&limit=5");
        assertEquals(24, buckets.size());
        assertEquals("2026-11-10T03:00:00Z", buckets.get(3).path("starting_at").textValue());
        assertEquals(1, buckets.get(3).path("results").size());
        assertEquals(0, buckets.get(4).path("results").size());
        assertEquals(24, stage.get(hours).path("data").size());
        String open = UsageReport.PATH + "?starting_at=2026-11-01T00:00:00Z";
        assertEquals(7, stage.get(open).path("data").size());
        assertEquals(20, stage.all(open).size());
        assertEquals(60, stage.get(open + "&bucket_width=1m").path("data").size());
        assertEquals(
                1440,
                stage.get(open + "&bucket_width=1m&limit=1440").path("data").size());
    }

    @Test
    void usage_filters_keepWhatTheyName() throws Exception {
        stage.admin.add(at(1, OPUS, tokens(1, 0)));
        stage.admin.add(at(2, OPUS.tier("batch"), tokens(2, 0)));
        stage.admin.add(at(3, OPUS.geo("us"), tokens(4, 0)));
        stage.admin.add(at(4, OPUS.speed("fast"), tokens(8, 0)));
        stage.admin.add(at(5, Terms.of("claude-haiku-4-5-20251001"), tokens(16, 0)));
        stage.admin.add(at(6, OPUS.prompt(PromptSize.OVER_200K), tokens(32, 0)));
        assertEquals(63, input(""));
        assertEquals(2, input("&service_tiers[]=batch"));
        assertEquals(4, input("&inference_geos[]=us"));
        assertEquals(16, input("&inference_geos[]=not_available"));
        assertEquals(20, input("&inference_geos[]=us&inference_geos[]=not_available"));
        assertEquals(16, input("&models[]=claude-haiku-4-5-20251001"));
        assertEquals(32, input("&context_window[]=200k-1M"));
        assertEquals(8, input("&speeds[]=fast", "anthropic-beta", UsageReport.FAST_BETA));
        assertEquals(0, input("&models[]=claude-opus-5-5&inference_geos[]=not_available"));
    }

    private long input(String filter, String... headers) throws Exception {
        JsonNode results =
                stage.get(USAGE + filter, headers).path("data").path(0).path("results");
        return results.path(0).path("uncached_input_tokens").longValue();
    }

    /** Golden rows, made by hand from the prices of api-facts §3 and the factors of §3.2. */
    @Test
    void cost_ofEveryKind_isExactInCents() throws Exception {
        stage.admin.add(at(1, OPUS, new Counts(1_000_003, 7, 11, 13, 17, 2)));
        stage.admin.add(at(2, OPUS.tier("batch").geo("us"), tokens(3, 0)));
        stage.admin.add(at(3, Terms.of("claude-haiku-5-5").prompt(PromptSize.UP_TO_200K), tokens(101, 0)));
        stage.admin.add(at(4, OPUS.speed("fast"), tokens(0, 9)));
        List<JsonNode> days = stage.all(COST + EACH, "anthropic-beta", UsageReport.FAST_BETA);
        Set<String> rows = new HashSet<>();
        for (JsonNode row : days.get(0).path("results")) {
            rows.add(
                    row.path("amount").textValue() + " " + row.path("cost_type").textValue() + " "
                            + row.path("token_type").textValue() + " "
                            + row.path("service_tier").textValue() + " "
                            + row.path("inference_geo").textValue() + " "
                            + row.path("speed").textValue());
        }
        assertEquals(
                Set.of(
                        "400.0012 tokens uncached_input_tokens standard global standard",
                        "0.0035 tokens cache_creation.ephemeral_5m_input_tokens standard global standard",
                        "0.0088 tokens cache_creation.ephemeral_1h_input_tokens standard global standard",
                        "0.00026 tokens cache_read_input_tokens standard global standard",
                        "0.034 tokens output_tokens standard global standard",
                        "2 web_search null null null null",
                        "0.00066 tokens uncached_input_tokens batch us standard",
                        "0.00505 tokens uncached_input_tokens standard global standard",
                        "0.036 tokens output_tokens standard global fast"),
                rows);
        BigDecimal bill = stage.admin.total(AdminStage.DAY, AdminStage.DAY.plusSeconds(86_400));
        assertEquals(0, bill.compareTo(AdminStage.usd(days)));
    }

    @Test
    void cost_withoutGroups_isOneRowOfNulls() throws Exception {
        stage.admin.add(at(1, OPUS, tokens(1_000_000, 0)));
        stage.admin.add(at(2, Terms.of("claude-sonnet-5-5"), tokens(1_000_000, 0)));
        JsonNode results = stage.get(COST).path("data").path(0).path("results");
        assertEquals(1, results.size());
        JsonNode row = results.path(0);
        assertEquals("600", row.path("amount").textValue());
        assertEquals("USD", row.path("currency").textValue());
        assertTrue(row.path("description").isNull() && row.path("cost_type").isNull());
        assertTrue(row.path("model").isNull() && row.path("workspace_id").isNull());
    }

    @Test
    void cost_ofAWorkspace_isApartFromTheDefaultOne() throws Exception {
        String workspace = stage.admin.workspace("research");
        stage.admin.add(at(1, OPUS, tokens(1, 0)));
        stage.admin.add(at(2, OPUS.workspace(workspace), tokens(2, 0)));
        JsonNode results = stage.get(COST + "&group_by[]=workspace_id")
                .path("data")
                .path(0)
                .path("results");
        assertTrue(results.path(0).path("workspace_id").isNull());
        assertEquals(workspace, results.path(1).path("workspace_id").textValue());
        assertEquals("0.0008", results.path(1).path("amount").textValue());
    }

    @Test
    void descriptions_areThoseSeenAtTheVendor() throws Exception {
        stage.admin.add(at(1, Terms.of("claude-sonnet-4-5-20250929"), new Counts(0, 0, 0, 1, 0, 1)));
        Set<String> words = new HashSet<>();
        stage.get(COST + EACH)
                .path("data")
                .path(0)
                .path("results")
                .forEach(row -> words.add(row.path("description").textValue()));
        assertEquals(Set.of("Claude Sonnet 4.5 Usage - Input Tokens, Cache Hit", "Web Search Usage"), words);
    }

    @Test
    void requests_thatAreWrong_areRefusedByName() throws Exception {
        refused(UsageReport.PATH, "starting_at");
        refused(UsageReport.PATH + "?starting_at=2026-11-10", "starting_at");
        refused(USAGE + "&bucket_width=2h", "bucket_width");
        refused(USAGE + "&bucket_width=1h&limit=169", "limit");
        refused(USAGE + "&limit=0", "limit");
        refused(USAGE + "&group_by=model", "group_by");
        refused(USAGE + "&group_by[]=user_id", "group_by");
        refused(USAGE + "&group_by[]=speed", UsageReport.FAST_BETA);
        refused(USAGE + "&page=nothing", "page");
        refused(COST + "&bucket_width=1h", "bucket_width");
        refused(COST + "&group_by[]=api_key_id", "group_by");
        refused(COST + "&limit=32", "limit");
        refused(UsageReport.PATH + "?starting_at=2026-11-10T00:00:00Z&ending_at=2026-11-09T00:00:00Z", "ending_at");
    }

    private void refused(String target, String name) throws Exception {
        HttpResponse<byte[]> response = stage.send(target);
        JsonNode error = AdminStage.JSON.readTree(response.body()).path("error");
        assertEquals(400, response.statusCode(), target);
        assertEquals("invalid_request_error", error.path("type").textValue());
        assertTrue(error.path("message").textValue().contains(name), error.toString());
    }

    @Test
    void message_throughTheMessagesSide_isBilledUnderItsKey() throws Exception {
        String secret = "sk-ant-api03-" + "a".repeat(40);
        String workspace = stage.admin.workspace("research");
        String key = stage.admin.key("mine", secret, workspace);
        stage.now("2026-11-10T08:00:00Z");
        HttpResponse<byte[]> answer = message(stage.simulator.url(), secret);
        assertTrue(stage.simulator.served().awaitIdle(Duration.ofSeconds(10)));
        assertEquals(
                workspace, answer.headers().firstValue("anthropic-workspace-id").orElseThrow());
        JsonNode usage = AdminStage.JSON.readTree(answer.body()).path("usage");
        String target = USAGE + "&group_by[]=api_key_id&group_by[]=workspace_id";
        assertEquals(0, stage.get(target).path("data").path(0).path("results").size());
        stage.now("2026-11-10T08:05:00Z");
        JsonNode row = stage.get(target).path("data").path(0).path("results").path(0);
        assertEquals(key, row.path("api_key_id").textValue());
        assertEquals(workspace, row.path("workspace_id").textValue());
        assertEquals(usage.path("input_tokens"), row.path("uncached_input_tokens"));
        assertEquals(usage.path("output_tokens"), row.path("output_tokens"));
        BigDecimal expected = new BigDecimal(usage.path("input_tokens").longValue() * 4
                        + usage.path("output_tokens").longValue() * 20)
                .movePointLeft(6);
        assertEquals(0, expected.compareTo(AdminStage.usd(stage.all(COST))));
    }

    private static HttpResponse<byte[]> message(URI url, String secret) throws Exception {
        String body = "{\"model\":\"claude-opus-5-5\",\"max_tokens\":50,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"how many\"}]}";
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/v1/messages"))
                .header("x-api-key", secret)
                .header("anthropic-version", "2023-06-01")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
