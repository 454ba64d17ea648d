package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.config.LimitRule;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.config.LimitRule.Subject.Kind;
import dev.reckoner.console.Wire.Response;
import dev.reckoner.ledger.limit.Limit;
import dev.reckoner.ledger.limit.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpendLimitsTest {
    private static final String PATH = "/v1/organizations/spend_limits";
    private static final Instant AT = Instant.parse("2026-11-21T00:00:00Z");

    private final FakeLimits limits = new FakeLimits();
    private final FakeReports reports = new FakeReports();
    private final ConsoleServer server = FakeParts.serving(FakeParts.of(reports, new FakeKeys(), limits));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void limit_set_isTheVendorsObject_andARuleOfOurs() {
        Response response = post(
                "{\"scope\":{\"type\":\"user\",\"user_id\":\"ada\"},\"amount\":\"50001\",\"period\":\"monthly\"}", "");
        assertEquals(200, response.status(), response.body());
        assertEquals(
                "{\"type\":\"spend_limit\",\"id\":\"spl_1\",\"scope\":{\"type\":\"user\",\"user_id\":\"ada\"},"
                        + "\"amount\":\"50001\",\"currency\":\"USD\",\"period\":\"monthly\",\"is_enabled\":true,"
                        + "\"created_at\":\"2026-11-21T12:00:00Z\",\"updated_at\":\"2026-11-21T12:00:00Z\"}",
                response.body());
        assertEquals(
                "user=ada 500.01/month",
                limits.standings().get(0).limit().rule().toString());
        assertEquals(response.body(), get(PATH + "/spl_1").body());

        assertEquals(
                "spl_1",
                post("{\"scope\":{\"type\":\"user\",\"user_id\":\"ada\"},\"amount\":\"0\",\"period\":\"monthly\"}", "")
                        .json()
                        .path("id")
                        .asText());
        assertEquals(
                "user=ada 0/month", limits.standings().get(0).limit().rule().toString());
    }

    @Test
    void limitOfTheOrganization_isForEachUser() {
        assertEquals(
                200,
                post("{\"scope\":{\"type\":\"organization\"},\"amount\":\"100\",\"period\":\"daily\"}", "")
                        .status());
        assertEquals("user=* 1/day", limits.standings().get(0).limit().rule().toString());
        assertEquals(
                "organization",
                get(PATH).json().path("data").path(0).path("scope").path("type").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"scope\":{\"type\":\"workspace\"},\"amount\":\"1\",\"period\":\"daily\"} | scope.type",
                "{\"scope\":{\"type\":\"rbac_group\",\"rbac_group_id\":\"g\"},\"amount\":\"1\",\"period\":\"daily\"} | limits set team=",
                "{\"scope\":{\"type\":\"user\"},\"amount\":\"1\",\"period\":\"daily\"} | user_id",
                "{\"scope\":{\"type\":\"user\",\"user_id\":\"*\"},\"amount\":\"1\",\"period\":\"daily\"} | user_id",
                "{\"scope\":{\"type\":\"organization\"},\"amount\":1,\"period\":\"daily\"} | amount",
                "{\"scope\":{\"type\":\"organization\"},\"amount\":\"1.5\",\"period\":\"daily\"} | amount",
                "{\"scope\":{\"type\":\"organization\"},\"amount\":\"-1\",\"period\":\"daily\"} | amount",
                "{\"scope\":{\"type\":\"organization\"},\"amount\":null,\"period\":\"daily\"} | amount",
                "{\"scope\":{\"type\":\"organization\"},\"amount\":\"1\",\"period\":\"yearly\"} | period",
                "{\"scope\":{\"type\":\"organization\"},\"amount\":\"1\"} | period",
                "{\"amount\":\"1\",\"period\":\"daily\"} | type",
                "[] | JSON object",
                "{ | JSON",
            })
    void body_thatCantBeSaid_isRefusedWithWhatIsExpected(String body, String expected) {
        Response response = post(body, "");
        assertEquals(400, response.status(), response.body());
        assertEquals(
                "invalid_request_error",
                response.json().path("error").path("type").asText());
        assertTrue(response.json().path("request_id").asText().startsWith("req_"));
        assertTrue(response.message().contains(expected), response.message());
        assertEquals(List.of(), limits.standings());
    }

    @Test
    void change_fromElsewhere_isRefused() {
        String body = "{\"scope\":{\"type\":\"organization\"},\"amount\":\"1\",\"period\":\"daily\"}";
        assertEquals(403, post(body, "Origin: http://elsewhere\r\n").status());
        assertEquals(403, post(body, "Sec-Fetch-Site: cross-site\r\n").status());
        limits.set(LimitRule.parse("user=ada 1/day").orElseThrow(), "a test");
        assertEquals(403, delete("spl_1", "Origin: http://elsewhere\r\n").status());
        assertEquals(1, limits.standings().size());
    }

    @Test
    void limit_removed_isGone_andTheAuditSaysSo() {
        limits.set(LimitRule.parse("user=ada 1/day").orElseThrow(), "a test");
        assertEquals(
                "{\"type\":\"spend_limit_deleted\",\"id\":\"spl_1\"}",
                delete("spl_1", "").body());
        assertEquals(404, delete("spl_1", "").status());
        assertEquals(
                "not_found_error",
                get(PATH + "/spl_1").json().path("error").path("type").asText());

        JsonNode audit = get(PATH + "/audit").json();
        assertEquals("deleted", audit.path("data").path(0).path("action").asText());
        assertEquals(
                "loopback: spend-limit API from 127.0.0.1",
                audit.path("data").path(0).path("changed_by").asText());
        assertEquals("created", audit.path("data").path(1).path("action").asText());
        JsonNode page = get(PATH + "/audit?limit=1").json();
        assertTrue(page.path("has_more").asBoolean());
        JsonNode next = get(PATH + "/audit?limit=1&page="
                        + page.path("next_page").asText())
                .json();
        assertEquals("created", next.path("data").path(0).path("action").asText());
    }

    @Test
    void list_hasWhatCanBeSaid_inPages() {
        for (String rule : List.of(
                "all 1/day",
                "user=a 1/day",
                "user=b 0.001/day",
                "user=c 1/day Europe/Berlin",
                "user=d 2/week",
                "user=e 5 rpm",
                "user=* 3/month")) {
            limits.set(LimitRule.parse(rule).orElseThrow(), "a test");
        }
        assertEquals(List.of("spl_2", "spl_5", "spl_7"), ids(get(PATH).json()));
        JsonNode first = get(PATH + "?limit=2").json();
        assertTrue(first.path("has_more").asBoolean());
        assertEquals("spl_5", first.path("last_id").asText());
        for (String parameter : List.of("page=" + first.path("next_page").asText(), "after_id=spl_5")) {
            JsonNode second = get(PATH + "?limit=2&" + parameter).json();
            assertEquals(List.of("spl_7"), ids(second));
            assertFalse(second.path("has_more").asBoolean());
            assertTrue(second.path("next_page").isNull());
        }
        assertEquals(
                List.of("spl_2", "spl_5"),
                ids(get(PATH + "?limit=2&before_id=spl_7").json()));
        assertEquals(400, get(PATH + "?after_id=spl_9").status());
        assertEquals(400, get(PATH + "?limit=0").status());
        assertEquals(400, get(PATH + "?scope=user").status());
    }

    @Test
    void effective_hasTheTightestLimitOfEachUserAndPeriod() {
        standing("user=ada 5/day", "ada", "0.12345678");
        standing("user=* 3/day", "ada", "0.12345678");
        standing("user=* 3/day", "bob@example.com", "1");
        standing("user=bob@example.com 2/month", "bob@example.com", "1.5");
        standing("user=* 3/day", "", "9");
        standing("team=search 3/day", "search", "9");

        JsonNode data = get(PATH + "/effective").json().path("data");

        assertEquals(3, data.size(), data.toString());
        assertEquals(
                "{\"actor\":{\"type\":\"user_actor\",\"user_id\":\"ada\",\"name\":\"ada\",\"email_address\":null,"
                        + "\"deleted\":false},\"amount\":\"300\",\"currency\":\"USD\",\"period\":\"daily\","
                        + "\"period_to_date_spend\":\"12.346\",\"scope\":{\"type\":\"user\",\"user_id\":\"ada\"},"
                        + "\"source\":{\"type\":\"organization\"},\"spend_limit_id\":\"spl_user=* 3/day\"}",
                data.path(0).toString());
        assertEquals(
                "bob@example.com",
                data.path(1).path("actor").path("email_address").asText());
        assertEquals("monthly", data.path(2).path("period").asText());
        assertEquals("user", data.path(2).path("source").path("type").asText());

        JsonNode page = get(PATH + "/effective?limit=1").json();
        assertEquals(1, page.path("data").size());
        JsonNode next =
                get(PATH + "/effective?page=" + page.path("next_page").asText()).json();
        assertEquals(2, next.path("data").size(), "a user's periods stay on one page");
        assertTrue(next.path("next_page").isNull());
        assertEquals(
                1, get(PATH + "/effective?period[]=monthly").json().path("data").size());
        assertEquals(
                1, get(PATH + "/effective?user_ids[]=ada").json().path("data").size());
        assertEquals(400, get(PATH + "/effective?page=page_!").status());
        assertEquals(400, get(PATH + "/effective?period[]=yearly").status());
    }

    private void standing(String rule, String user, String spent) {
        LimitRule said = LimitRule.parse(rule).orElseThrow();
        limits.put(new Standing(
                new Limit("spl_" + rule, said, AT, Limit.Origin.BOOKS),
                new Subject(said.subject().kind() == Kind.TEAM ? Kind.TEAM : Kind.USER, user),
                new BigDecimal(spent),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                AT,
                AT.plusSeconds(86_400)));
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.path("data").forEach(limit -> ids.add(limit.path("id").asText()));
        return ids;
    }

    private Response get(String target) {
        return Wire.get(server, target);
    }

    private Response post(String body, String headers) {
        String request = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n" + headers + "\r\n"
                + body;
        return Wire.send(server, request, 1).get(0);
    }

    private Response delete(String id, String headers) {
        String request = "DELETE " + PATH + "/" + id + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                + "\r\n";
        return Wire.send(server, request, 1).get(0);
    }
}
