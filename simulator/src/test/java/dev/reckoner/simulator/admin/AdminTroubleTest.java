package dev.reckoner.simulator.admin;

import static dev.reckoner.simulator.admin.AdminStage.COST;
import static dev.reckoner.simulator.admin.AdminStage.USAGE;
import static dev.reckoner.simulator.admin.AdminStage.at;
import static dev.reckoner.simulator.admin.AdminStage.tokens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.simulator.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that may not, cursors that expire, pages that never end, and an edge in between. */
class AdminTroubleTest {
    private static final String HOURS = USAGE + "&bucket_width=1h&limit=2";

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
    void key_wrongRevokedOrOfAPerson_isRefused() throws Exception {
        assertError(401, "authentication_error", stage.send(USAGE, "x-api-key", "sk-ant-admin01-other"));
        assertError(401, "authentication_error", stage.send(USAGE, "x-api-key", "sk-ant-api03-ordinary"));
        assertEquals(
                200,
                stage.send(USAGE, "x-api-key", AdminStage.KEY, "anthropic-version", "2026-10-21")
                        .statusCode());
        stage.admin.access(Access.REVOKED);
        assertError(401, "authentication_error", stage.send(USAGE));
        stage.admin.access(Access.INDIVIDUAL_ACCOUNT);
        assertError(403, "permission_error", stage.send(USAGE));
    }

    @Test
    void path_unknown_isNotFound() throws Exception {
        assertError(404, "not_found_error", stage.send("/v1/organizations/nothing"));
    }

    @Test
    void adminAnswers_carryNoWorkspace() throws Exception {
        HttpResponse<byte[]> answer = stage.send(USAGE);
        assertTrue(answer.headers().firstValue("anthropic-workspace-id").isEmpty());
        assertTrue(answer.headers().firstValue("request-id").isPresent());
    }

    @Test
    void cursor_expired_isGoneAndTheFirstPageGoesOn() throws Exception {
        String cursor = stage.get(HOURS).path("next_page").textValue();
        stage.admin.expireCursors();
        assertEquals(410, stage.send(HOURS + "&page=" + cursor).statusCode());
        assertEquals(24, stage.all(HOURS).size());
    }

    @Test
    void pages_shorterThanAsked_stillHaveEverything() throws Exception {
        stage.admin.pageRowsMax(1);
        assertEquals(1, stage.get(HOURS).path("data").size());
        assertEquals(24, stage.all(HOURS).size());
    }

    @Test
    void pages_endless_alwaysNameANextOne() throws Exception {
        stage.admin.add(at(1, Terms.of("claude-opus-5-5"), tokens(1, 1)));
        stage.admin.endlessPages(true);
        String page = "";
        for (int i = 0; i < 20; i++) {
            JsonNode answer = stage.get(HOURS + page);
            assertTrue(answer.path("has_more").booleanValue());
            page = "&page=" + answer.path("next_page").textValue();
        }
        assertEquals(0, stage.get(HOURS + page).path("data").size());
        assertThrows(IOException.class, () -> stage.all(HOURS));
    }

    @Test
    void faults_ofTheSimulator_holdForReports() throws Exception {
        stage.simulator.inject(Fault.parse("status=429"));
        HttpResponse<byte[]> limited = stage.send(COST);
        assertError(429, "rate_limit_error", limited);
        assertTrue(limited.headers().firstValue("retry-after").isPresent());
        stage.simulator.inject(Fault.parse("status=529"));
        assertError(529, "overloaded_error", stage.send(COST));
        stage.simulator.inject(Fault.parse("html_error"));
        String page = new String(stage.send(COST).body(), StandardCharsets.UTF_8);
        assertTrue(page.startsWith("<html>"));
        stage.simulator.inject(Fault.parse("close_after_bytes=1000"));
        assertThrows(IOException.class, () -> stage.send(USAGE + "&bucket_width=1h"));
        assertEquals(200, stage.send(COST).statusCode());
    }

    private static void assertError(int status, String type, HttpResponse<byte[]> response) throws IOException {
        assertEquals(status, response.statusCode());
        JsonNode body = AdminStage.JSON.readTree(response.body());
        assertEquals("error", body.path("type").textValue());
        assertEquals(type, body.path("error").path("type").textValue());
        assertTrue(body.path("request_id").textValue().startsWith("req_"));
    }
}
