package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.TokenType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, workspaces, users and the organization, as far as the books have seen them, against api-facts §4.5. */
final class ListingsTest extends VendorReports {

    private static final String HINT = "sk-ant-api03-abc...wxyz";

    ListingsTest() {
        super("/v1/organizations/api_keys");
    }

    private static ReportRow row(String start, String... group) {
        return Rows.of(TokenType.INPUT, 1, "1").at(start, group);
    }

    private JsonNode list(String path, String query) {
        Wire.Response response = Wire.get(server, "/v1/organizations/" + path + "?" + query);
        assertEquals(200, response.status(), response.body());
        return response.json();
    }

    private static List<String> ids(JsonNode listing) {
        List<String> ids = new ArrayList<>();
        listing.path("data").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    @Test
    void keys_areTheOnesSeen_sinceTheyWere_inTheirWorkspace() throws InterruptedException {
        reports.rows = query -> List.of(
                row("2026-11-02T00:00:00Z", "", "w1"),
                row("2026-11-03T00:00:00Z", HINT, ""),
                row("2026-11-02T00:00:00Z", HINT, "w1"),
                row("2026-11-04T00:00:00Z", "0123456789abcdef", "w1"),
                row("2026-11-04T00:00:00Z", "0123456789abcdef", "w2"));

        JsonNode keys = report("limit=1000");

        assertEquals(List.of("0123456789abcdef", HINT), ids(keys));
        assertEquals(
                "{\"id\":\"sk-ant-api03-abc...wxyz\",\"type\":\"api_key\",\"name\":\"sk-ant-api03-abc...wxyz\","
                        + "\"partial_key_hint\":\"sk-ant-api03-abc...wxyz\",\"status\":\"active\","
                        + "\"created_at\":\"2026-11-02T00:00:00Z\",\"expires_at\":null,\"created_by\":null,"
                        + "\"principal\":null,\"workspace_id\":\"w1\","
                        + "\"scope\":{\"type\":\"workspace\",\"workspace_id\":\"w1\"}}",
                keys.at("/data/1").toString());
        assertTrue(keys.at("/data/0/partial_key_hint").isNull(), "a hash is no hint");
        assertTrue(keys.at("/data/0/workspace_id").isNull(), "it has been in two");
        assertEquals(List.of(Dimension.KEY, Dimension.WORKSPACE), asked().by());
        assertEquals(List.of("0123456789abcdef"), ids(report("workspace_id=w2")));
        assertEquals(2, report("status=active").path("data").size());
        assertEquals(0, report("status=archived").path("data").size());
        assertEquals(0, report("created_by_user_id=u").path("data").size());
    }

    @Test
    void workspacesAndUsers_areTheOnesSeen() {
        reports.rows = query -> List.of(
                row("2026-11-02T00:00:00Z", "b@example.org"),
                row("2026-11-03T00:00:00Z", ""),
                row("2026-11-04T00:00:00Z", "a"));
        assertEquals(
                "{\"data\":[{\"id\":\"a\",\"type\":\"user\",\"email\":\"a\",\"name\":\"a\",\"role\":\"user\","
                        + "\"added_at\":\"2026-11-04T00:00:00Z\"}],\"has_more\":true,\"first_id\":\"a\",\"last_id\":\"a\"}",
                list("users", "limit=1").toString());
        assertEquals(List.of("b@example.org"), ids(list("users", "email=b@example.org")));
        assertEquals(
                "{\"id\":\"b@example.org\",\"type\":\"workspace\",\"name\":\"b@example.org\","
                        + "\"created_at\":\"2026-11-02T00:00:00Z\",\"archived_at\":null}",
                list("workspaces", "include_archived=true&include_default=true&ids[]=b@example.org")
                        .at("/data/0")
                        .toString());
    }

    @Test
    void pages_goBothWays() {
        List<ReportRow> rows = new ArrayList<>();
        for (int i = 10; i < 35; i++) {
            rows.add(row("2026-11-02T00:00:00Z", "user-" + i));
        }
        reports.rows = query -> rows;
        JsonNode first = list("users", "");
        assertEquals(20, first.path("data").size());
        JsonNode second = list("users", "after_id=" + first.path("last_id").asText());
        assertEquals(List.of("user-30", "user-31", "user-32", "user-33", "user-34"), ids(second));
        assertEquals(false, second.path("has_more").asBoolean());
        JsonNode back = list("users", "limit=2&before_id=user-30");
        assertEquals(List.of("user-28", "user-29"), ids(back));
        assertTrue(back.path("has_more").asBoolean());
        assertEquals(0, list("users", "before_id=user-10").path("data").size());
        assertTrue(list("users", "before_id=user-10").path("last_id").isNull());
    }

    @Test
    void organization_isTheOneNamedLast_elseUnknown() {
        assertEquals(404, Wire.get(server, "/v1/organizations/me").status());
        reports.entries = List.of(Samples.BARE, Samples.FULL);
        assertEquals(
                "{\"id\":\"org\",\"type\":\"organization\",\"name\":\"org\"}",
                list("me", "").toString());
    }

    @Test
    void whatTheBooksCannotKnow_isNotFound() {
        Wire.Response response = Wire.get(server, "/v1/organizations/rate_limits");
        assertEquals(404, response.status());
        assertEquals("not_found_error", response.json().at("/error/type").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | limit: found",
                "after_id=a&before_id=b | before_id: found",
                "status=lost | status[]: found \"lost\", expected one of",
                "name=x | query: found \"name\"",
            })
    void question_wrong_isRefused(String query, String message) {
        String refused = refusal(query);
        assertTrue(refused.startsWith(message), refused);
    }
}
