package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.TokenType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The usage and cost analytics against api-facts §4.3. */
final class AnalyticsReportTest extends VendorReports {

    private static final String COST = "/v1/organizations/analytics/cost?";
    private static final String DAY = "2026-11-20T00:00:00Z";
    private static final String START = "starting_at=" + DAY;
    private static final String DAYS = START + "&ending_at=2026-11-22T00:00:00Z&time_bucket_width=1d";

    AnalyticsReportTest() {
        super("/v1/organizations/analytics/usage");
    }

    private static ReportRow row(long input, String... group) {
        return Rows.of(TokenType.INPUT, input, "0.5").at(DAY, group);
    }

    private JsonNode cost(String query) {
        Wire.Response response = Wire.get(server, COST + query);
        assertEquals(200, response.status(), response.body());
        return response.json();
    }

    private static List<String> texts(JsonNode report, String pointer) {
        List<String> texts = new ArrayList<>();
        report.path("data").forEach(row -> texts.add(row.at(pointer).asText()));
        return texts;
    }

    @Test
    void usageRow_hasTheVendorsFieldsAndOurs() {
        reports.lag = () -> new Lag(1, Duration.ofSeconds(6));
        reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1500, "1")
                .and(TokenType.CACHE_WRITE_5M, 500, "1")
                .and(TokenType.CACHE_WRITE_1H, 1000, "1")
                .and(TokenType.CACHE_READ, 200, "1")
                .and(TokenType.OUTPUT, 501, "1")
                .and(TokenType.WEB_SEARCH, 10, "1")
                .estimated(2)
                .at(DAY, "claude-opus-5-5"));

        JsonNode report = report(DAYS + "&group_by[]=model");

        assertEquals(
                "{\"data\":[{\"starting_at\":\"2026-11-20T00:00:00Z\",\"ending_at\":\"2026-11-21T00:00:00Z\","
                        + "\"group\":{\"actor\":null,\"actor_type\":null,\"agent_id\":null,\"api_key_id\":null,"
                        + "\"claude_tag_category\":null,\"claude_tag_user_id\":null,\"context_window\":null,"
                        + "\"deployment_id\":null,\"environment_id\":null,\"inference_geo\":null,"
                        + "\"model\":\"claude-opus-5-5\",\"organization_id\":null,\"product\":null,"
                        + "\"rbac_group_id\":null,\"service_tier\":null,\"session_id\":null,"
                        + "\"slack_channel_id\":null,\"speed\":null,\"user_profile_id\":null,\"workspace_id\":null,"
                        + "\"user_id\":null,\"team\":null,\"project\":null,\"tag\":null},"
                        + "\"usage\":{\"uncached_input_tokens\":1500,\"cache_creation\":{"
                        + "\"ephemeral_1h_input_tokens\":1000,\"ephemeral_5m_input_tokens\":500},"
                        + "\"cache_read_input_tokens\":200,\"output_tokens\":501,"
                        + "\"server_tool_use\":{\"web_search_requests\":10},\"total_tokens\":3701,\"requests\":5,"
                        + "\"estimated\":2}}],\"has_more\":false,\"next_page\":null,"
                        + "\"data_refreshed_at\":\"2026-11-21T12:34:50Z\"}",
                report.toString());
    }

    @Test
    void costRow_hasExactCents_andItsRequests() {
        reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1, "0.000000125")
                .and(TokenType.OUTPUT, 1, "1.25")
                .pending(3)
                .at(DAY));

        JsonNode row = cost(START).path("data").path(0);

        assertEquals(
                "{\"amount\":\"125.0000125\",\"list_amount\":\"125.0000125\",\"currency\":\"USD\",\"requests\":5,"
                        + "\"estimated\":0,\"pending\":3}",
                row.path("cost").toString());
        assertTrue(row.at("/group/cost_type").isNull());
    }

    @Test
    void costRow_split_isOnePerPart_withoutRequests_andCountsOnceInTheLimit() {
        reports.rows = query -> List.of(
                Rows.of(TokenType.INPUT, 1000, "0.005")
                        .and(TokenType.OUTPUT, 10, "0.001")
                        .and(TokenType.WEB_SEARCH, 2, "0.02")
                        .and(TokenType.CACHE_READ, 0, "0")
                        .at(DAY, "a"),
                Rows.of(TokenType.INPUT, 1, "0.001").at(DAY, "b"));

        JsonNode types = cost(START + "&limit=1&group_by[]=model&group_by[]=cost_type&group_by[]=token_type");

        assertEquals(List.of("tokens", "tokens", "web_search"), texts(types, "/group/cost_type"));
        assertEquals(List.of("uncached_input_tokens", "output_tokens", "null"), texts(types, "/group/token_type"));
        assertEquals(List.of("0.5", "0.1", "2"), texts(types, "/cost/amount"));
        assertTrue(types.at("/data/0/cost/requests").isNull());
        assertTrue(types.path("has_more").asBoolean(), "the second model is on the next page");

        JsonNode kinds = cost(START + "&group_by[]=cost_type&group_by[]=model");
        assertEquals(List.of("0.6", "2", "0.1"), texts(kinds, "/cost/amount"));
        assertEquals(List.of("null", "null", "null"), texts(kinds, "/group/token_type"));
    }

    @Test
    void range_withoutWidth_isOneRowOfWholeHours() throws InterruptedException {
        reports.rows = query -> List.of(row(1));

        JsonNode row = report("starting_at=2026-11-20T10:59:59Z").path("data").path(0);

        assertEquals("2026-11-20T10:00:00Z", row.path("starting_at").asText());
        assertEquals("2026-11-21T12:00:00Z", row.path("ending_at").asText());
        ReportQuery asked = asked();
        assertEquals(Bucket.ALL, asked.bucket());
        assertEquals(Instant.parse("2026-11-20T10:00:00Z"), asked.from());
        assertEquals(Instant.parse("2026-11-21T12:00:00Z"), asked.until());
    }

    @ParameterizedTest
    @CsvSource({
        "1d, 2026-11-20T10:00:00Z, 2026-11-21T12:00:00Z, 2026-11-20T00:00:00Z, 2026-11-22T00:00:00Z, DAY",
        "1h, 2026-11-20T10:30:00Z, 2026-11-21T09:00:00Z, 2026-11-20T10:00:00Z, 2026-11-21T09:00:00Z, HOUR",
        "1m, 2026-11-20T10:30:30Z, 2026-11-20T10:31:01Z, 2026-11-20T10:30:00Z, 2026-11-20T10:32:00Z, MINUTE",
    })
    void range_withWidth_isEveryBucketThatItTouches(
            String width, String start, String end, Instant from, Instant until, Bucket bucket)
            throws InterruptedException {
        report("time_bucket_width=" + width + "&starting_at=" + start + "&ending_at=" + end);

        ReportQuery asked = asked();
        assertEquals(List.of(from, until, bucket), List.of(asked.from(), asked.until(), asked.bucket()));
    }

    @Test
    void range_inTheFuture_hasNoRows() {
        assertEquals(0, report("starting_at=2026-12-20T00:00:00Z").path("data").size());
        assertTrue(reports.reportsAsked.isEmpty());
    }

    @Test
    void actor_isTheUser_elseTheKey_elseNobody() throws InterruptedException {
        reports.rows = query -> List.of(
                row(5, "ada@example.org", "sk-1"),
                row(4, "", "sk-1"),
                row(3, "", ""),
                row(2, "ada@example.org", "sk-2"));

        JsonNode report = report(START + "&group_by[]=actor&group_by[]=actor_type");

        assertEquals(List.of(Dimension.USER, Dimension.KEY), asked().by());
        assertEquals(List.of("7", "4", "3"), texts(report, "/usage/uncached_input_tokens"));
        assertEquals(
                "{\"type\":\"user_actor\",\"user_id\":\"ada@example.org\",\"name\":\"ada@example.org\","
                        + "\"email_address\":\"ada@example.org\",\"deleted\":false}",
                report.at("/data/0/group/actor").toString());
        assertEquals(
                "{\"type\":\"api_actor\",\"api_key_id\":\"sk-1\"}",
                report.at("/data/1/group/actor").toString());
        assertTrue(report.at("/data/2/group/actor").isNull());
        assertEquals(List.of("user_actor", "api_actor", "null"), texts(report, "/group/actor_type"));
        assertEquals(
                List.of("7"), texts(report(START + "&actor_ids[]=ada@example.org"), "/usage/uncached_input_tokens"));
        assertEquals(
                List.of("4"),
                texts(report(START + "&actor_types[]=api_actor&actor_ids[]=sk-1"), "/usage/uncached_input_tokens"));
    }

    @Test
    void product_isToldByClaudeCodesTagAndTheTier() throws InterruptedException {
        reports.rows = query -> query.where().containsKey(Dimension.TAG)
                ? List.of(row(40, "standard"))
                : List.of(row(100, "standard"), row(7, "batch"));

        JsonNode report = report(START + "&group_by[]=product");

        assertEquals(List.of("messages_api", "claude_code", "message_batches_api"), texts(report, "/group/product"));
        assertEquals(List.of("60", "40", "7"), texts(report, "/usage/uncached_input_tokens"));
        asked();
        assertEquals(Map.of(Dimension.TAG, List.of("client=claude-cli")), asked().where());
        assertEquals(List.of("40"), texts(report(START + "&products[]=claude_code"), "/usage/uncached_input_tokens"));
        assertEquals(0, report(START + "&products[]=chat").path("data").size());
        assertTrue(refusal(START + "&products[]=claude_code&tags[]=a").startsWith("tags[]: found beside product"));
    }

    @Test
    void filters_reachTheBooks_andWhatNothingHereHasMatchesNothing() throws InterruptedException {
        report(START + "&api_key_ids[]=&models[]=m&context_windows[]=0-200k&inference_geos[]=not_available"
                + "&session_ids[]=s&speeds[]=fast&service_tiers[]=batch&workspace_ids[]=w&user_ids[]=u&teams[]=t"
                + "&projects[]=p&tags[]=a%3Db&exclude_deleted_users=true&beta=true");
        assertEquals(
                Map.ofEntries(
                        Map.entry(Dimension.KEY, List.of("")),
                        Map.entry(Dimension.MODEL, List.of("m")),
                        Map.entry(Dimension.CONTEXT_WINDOW, List.of("0-200k")),
                        Map.entry(Dimension.INFERENCE_GEO, List.of("not_available", "")),
                        Map.entry(Dimension.SESSION, List.of("s")),
                        Map.entry(Dimension.SPEED, List.of("fast")),
                        Map.entry(Dimension.SERVICE_TIER, List.of("batch")),
                        Map.entry(Dimension.WORKSPACE, List.of("w")),
                        Map.entry(Dimension.USER, List.of("u")),
                        Map.entry(Dimension.TEAM, List.of("t")),
                        Map.entry(Dimension.PROJECT, List.of("p")),
                        Map.entry(Dimension.TAG, List.of("a=b"))),
                asked().where());

        assertEquals(0, report(START + "&agent_ids[]=agent_1").path("data").size());
        assertTrue(reports.reportsAsked.isEmpty());
    }

    @Test
    void order_byFigureOrTime_eitherWay() {
        reports.rows = query -> List.of(
                Rows.of(TokenType.INPUT, 5, "1").and(TokenType.OUTPUT, 1, "1").at("2026-11-20T00:00:00Z", "a"),
                Rows.of(TokenType.INPUT, 1, "9").and(TokenType.OUTPUT, 2, "1").at("2026-11-21T00:00:00Z", "b"),
                Rows.of(TokenType.INPUT, 9, "3").and(TokenType.OUTPUT, 0, "1").at("2026-11-20T00:00:00Z", "c"));

        assertEquals(List.of("a", "c", "b"), texts(report(DAYS + "&group_by[]=model"), "/group/model"));
        assertEquals(
                List.of("b", "a", "c"),
                texts(report(DAYS + "&group_by[]=model&order_by=time&order=desc"), "/group/model"));
        assertEquals(
                List.of("b", "a", "c"),
                texts(report(DAYS + "&group_by[]=model&order_by=output_tokens"), "/group/model"));
        assertEquals(
                List.of("b", "a", "c"),
                texts(report(DAYS + "&group_by[]=model&order_by=uncached_input_tokens&order=asc"), "/group/model"));
        assertEquals(List.of("b", "c", "a"), texts(cost(DAYS + "&group_by[]=model&order_by=amount"), "/group/model"));
    }

    @Test
    void pages_followed_coverEveryRowOnce_whateverComesBetween() {
        List<ReportRow> rows = new ArrayList<>();
        for (int i = 10; i < 55; i++) {
            rows.add(row(i, "model-" + i));
        }
        reports.rows = query -> List.copyOf(rows);
        String query = DAYS + "&group_by[]=model";
        List<String> models = new ArrayList<>();
        JsonNode page = report(query);
        assertEquals(20, page.path("data").size(), "rows on a page where nothing is said");
        models.addAll(texts(page, "/group/model"));
        rows.add(0, row(1, "model-00"));
        while (page.path("has_more").asBoolean()) {
            page = report(query + "&page=" + page.path("next_page").asText());
            models.addAll(texts(page, "/group/model"));
        }
        assertTrue(page.path("next_page").isNull());
        assertEquals(rows.stream().skip(1).map(row -> row.group().get(0)).toList(), models);
    }

    @ParameterizedTest
    @CsvSource({"asc, 2026-11-01", "desc, 2026-11-21"})
    void pagesInTheOrderOfTime_readNoMoreThanTheyShow(String order, String first) {
        reports.rows = query -> {
            List<ReportRow> rows = new ArrayList<>();
            for (Instant day = query.from(); day.isBefore(query.until()); day = day.plus(Duration.ofDays(1))) {
                rows.add(Rows.of(TokenType.INPUT, 1, "1").at(day.toString(), "a"));
                rows.add(Rows.of(TokenType.INPUT, 1, "1").at(day.toString(), "b"));
            }
            return rows;
        };
        String query = "starting_at=2026-11-01T00:00:00Z&ending_at=2026-11-22T00:00:00Z&time_bucket_width=1d"
                + "&group_by[]=model&limit=9&order_by=time&order=" + order;
        List<String> rows = new ArrayList<>();
        JsonNode page = report(query);
        assertEquals(1, reports.reportsAsked.size(), "a week of two rows a day fills the page");
        rows.addAll(texts(page, "/starting_at"));
        assertEquals(9, rows.size());
        assertEquals(first + "T00:00:00Z", rows.get(0));
        reports.reportsAsked.clear();
        page = report(query + "&page=" + page.path("next_page").asText());
        assertEquals(2, reports.reportsAsked.size(), "the rest of its week, and the next one");
        while (true) {
            rows.addAll(texts(page, "/starting_at"));
            if (!page.path("has_more").asBoolean()) {
                break;
            }
            page = report(query + "&page=" + page.path("next_page").asText());
        }
        assertEquals(42, rows.size());
        assertEquals(21, Set.copyOf(rows).size());
        List<String> sorted = new ArrayList<>(rows);
        sorted.sort(order.equals("asc") ? Comparator.naturalOrder() : Comparator.reverseOrder());
        assertEquals(sorted, rows);
    }

    @Test
    void page_afterARowThatIsGone_saysSo_andOfAnotherQuestion_isRefused() {
        reports.rows = query -> List.of(row(2, "a"), row(1, "b"));
        String next =
                report(DAYS + "&limit=1&group_by[]=model").path("next_page").asText();
        reports.rows = query -> List.of(row(1, "b"));

        Wire.Response gone = Wire.get(
                server, "/v1/organizations/analytics/usage?" + DAYS + "&limit=1&group_by[]=model&page=" + next);

        assertEquals(410, gone.status());
        assertEquals("page: the row that this page follows is gone; ask again without page", gone.message());
        assertTrue(refusal(DAYS + "&group_by[]=team&page=" + next).startsWith("page: found"));
        assertTrue(refusal(DAYS + "&page=page_x").startsWith("page: found"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=1 | starting_at: missing",
                "starting_at=2026-11-20 | starting_at: found",
                "starting_at=2026-11-20T00:00:00Z&time_bucket_width=1d | ending_at: missing",
                "starting_at=2026-11-20T00:00:00Z&time_bucket_width=1w | time_bucket_width: found \"1w\"",
                "starting_at=2026-11-20T00:00:00Z&ending_at=2026-11-20T00:00:00Z | ending_at: found",
                "starting_at=2026-10-01T00:00:00Z&ending_at=2026-11-01T00:00:01Z | ending_at: found",
                "starting_at=2026-11-20T00:00:00Z&time_bucket_width=1m&ending_at=2026-11-21T00:00:01Z | ending_at: found",
                "starting_at=2026-11-20T00:00:00Z&limit=0 | limit: found \"0\", expected a whole number from 1 to 1000",
                "starting_at=2026-11-20T00:00:00Z&limit=1001 | limit: found",
                "starting_at=2026-11-20T00:00:00Z&order_by=amount | order_by: found \"amount\", expected total_tokens",
                "starting_at=2026-11-20T00:00:00Z&order=up | order: found \"up\", expected asc or desc",
                "starting_at=2026-11-20T00:00:00Z&group_by[]=cost_type | group_by[]: found \"cost_type\"",
                "starting_at=2026-11-20T00:00:00Z&group_by[]=model&group_by[]=speed&group_by[]=actor&group_by[]=team&group_by[]=tag&group_by[]=product | group_by[]: found",
                "starting_at=2026-11-20T00:00:00Z&actor_types[]=robot | actor_types[]: found \"robot\", expected one of",
                "starting_at=2026-11-20T00:00:00Z&products[]=x | products[]: found \"x\", expected one of",
                "starting_at=2026-11-20T00:00:00Z&exclude_deleted_users=x | exclude_deleted_users: found \"x\"",
                "starting_at=2026-11-20T00:00:00Z&organization_ids[]=x | organization_ids[]: found \"x\", expected none",
                "starting_at=2026-11-20T00:00:00Z&bucket_width=1d | query: found \"bucket_width\", expected only",
            })
    void question_wrong_isRefusedNamingFoundAndExpected(String query, String message) {
        String refused = refusal(query);
        assertTrue(refused.startsWith(message), refused);
    }

    @Test
    void splits_areNotCountedAmongTheFiveGroups() {
        reports.rows = query -> List.of(row(1, "m", "f", "t", "a", "p"));
        JsonNode report = cost(START + "&group_by[]=model&group_by[]=speed&group_by[]=team&group_by[]=tag"
                + "&group_by[]=project&group_by[]=cost_type&group_by[]=token_type");
        assertFalse(report.path("data").isEmpty());
    }
}
