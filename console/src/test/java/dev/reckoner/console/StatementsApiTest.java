package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements and pages over a real socket. */
final class StatementsApiTest {
    private static final String PREFIX = "/reckoner/v1/";

    private final FakeReports reports = new FakeReports();
    private final FakeStatements statements = new FakeStatements();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConsoleServer server = FakeParts.serving(FakeParts.with(reports, statements));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void reconciliations_areListedAndShown() throws Exception {
        assertEquals(
                "{\"reconciliations\":[{\"id\":\"rec_1\"}]}",
                get("reconciliations?limit=1").body());
        assertEquals(
                "{\"id\":\"rec_1\",\"variances\":[]}",
                get("reconciliations/show?id=rec_1").body());
        assertEquals(404, get("reconciliations/show?id=rec_9").statusCode());
        assertEquals(400, get("reconciliations/show").statusCode());
    }

    @Test
    void unstated_isOfDays() throws Exception {
        assertEquals(
                "{\"daysReconciled\":9,\"codeExecution\":\"0.125\",\"sessionTime\":\"0\"}",
                get("unstated?from=2026-11-01&to=2026-11-10").body());
        assertEquals(400, get("unstated?from=2026-11-01&to=2026-10-31").statusCode());
        assertEquals(400, get("unstated?from=2026-11-01").statusCode());
        assertEquals(400, get("unstated?from=2020-11-01&to=2026-10-31").statusCode());
    }

    @Test
    void statement_mayRunAndLoadNothing() throws Exception {
        for (String path : List.of("reconciliations/html?id=rec_1", "chargeback/html?month=2026-11&by=user")) {
            HttpResponse<String> page = get(path);
            assertEquals(200, page.statusCode());
            assertTrue(page.headers().firstValue("content-type").orElse("").startsWith("text/html"));
            String policy = page.headers().firstValue("content-security-policy").orElse("");
            assertTrue(policy.startsWith("sandbox; default-src 'none'"), policy);
        }
    }

    @Test
    void chargeback_isSplitWhenAsked() throws Exception {
        assertTrue(get("chargeback?month=2026-11&by=team").body().contains("TEAM"));
        assertEquals("null", get("chargeback?month=2026-10&by=team").body());
        assertEquals(404, get("chargeback/html?month=2026-10&by=team").statusCode());
        assertEquals(400, get("chargeback?month=2026-13&by=team").statusCode());
        assertEquals(400, get("chargeback?month=2026-11&by=colour").statusCode());
        assertEquals(200, post("chargeback?month=2026-10").statusCode());
        assertEquals(
                "{\"id\":\"rec_1\"}",
                post("reconcile?from=2026-11-01&to=2026-11-02").body());
        assertEquals(400, post("reconcile?from=2026-11-01&to=tomorrow").statusCode());
        assertEquals(List.of("2026-10", "2026-11-01/2026-11-02"), statements.asked);
    }

    @Test
    void bill_thatCantBeHad_isSaid() throws Exception {
        statements.available = false;
        HttpResponse<String> answer = post("reconcile?from=2026-11-01&to=2026-11-02");
        assertEquals(409, answer.statusCode());
        assertTrue(answer.body().contains("ANTHROPIC_ADMIN_KEY"), answer.body());
    }

    @Test
    void credits_withoutABalance_areNull() throws Exception {
        assertEquals(
                "{\"statement\":null,\"low\":false}", get("credits/statement").body());
    }

    @Test
    void rates_areThoseThatHold() throws Exception {
        String rates = get("rates").body();
        assertTrue(rates.contains("\"model\":\"claude-opus-5-5\""), rates.substring(0, 200));
        assertTrue(rates.contains("\"toolPrices\":["), rates.substring(0, 200));
    }

    @Test
    void page_runsItsOwnScriptsAlone() throws Exception {
        for (String path : List.of("/", "/cost", "/people?user=%3Cscript%3E")) {
            HttpResponse<String> page =
                    http.send(HttpRequest.newBuilder(server(path)).build(), BodyHandlers.ofString());
            assertEquals(
                    "text/html; charset=utf-8",
                    page.headers().firstValue("content-type").orElse(""));
            assertEquals(
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                            + " require-trusted-types-for 'script'",
                    page.headers().firstValue("content-security-policy").orElse(""));
            assertTrue(page.body().contains("<script src=\"/app.js\" type=\"module\">"), page.body());
            assertTrue(!page.body().contains("%3Cscript") && !page.body().contains("http://"), page.body());
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(server(PREFIX + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server(PREFIX + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private URI server(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
