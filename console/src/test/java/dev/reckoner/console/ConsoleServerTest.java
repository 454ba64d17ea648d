package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.HostPort;
import dev.reckoner.config.Settings;
import dev.reckoner.console.Wire.Response;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.ReloadedRates;
import dev.reckoner.ledger.RerateResult;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleServerTest {

    private static final String LAG = "/reckoner/v1/lag";
    private static final String REPORT = "/reckoner/v1/report?from=2026-11-01T00:00:00Z&until=2026-11-02T00:00:00Z";

    private static final String RELOAD = "/reckoner/v1/rates/reload";
    private static final RerateResult NOTHING_CHANGED =
            new RerateResult("abc", 0, 0, true, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, List.of());

    private final FakeReports reports = new FakeReports();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final ConsoleServer server = ConsoleServer.start(
            new Settings.ConsoleSettings(new HostPort("127.0.0.1", 0)),
            FakeParts.of(reports, new FakeKeys(), new FakeLimits()),
            ready::get,
            Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void healthz_always_saysOk() {
        ready.set(false);
        Response response = Wire.get(server, "/healthz");
        assertEquals(200, response.status());
        assertEquals("ok", response.json().path("status").asText());
    }

    @Test
    void readyz_ready_tellsTheLag() {
        reports.lag = () -> new Lag(7, Duration.ofMillis(1_250));
        Response response = Wire.get(server, "/readyz");
        assertEquals(200, response.status());
        assertEquals("{\"status\":\"ready\",\"lag\":{\"frames\":7,\"age_seconds\":1.250}}", response.body());
    }

    @Test
    void readyz_journalNotAccepting_is503WithTheReason() {
        ready.set(false);
        Response response = Wire.get(server, "/readyz");
        assertEquals(503, response.status());
        assertEquals("not_ready", response.json().path("status").asText());
        assertTrue(response.json().path("reason").asText().contains("journal"), response.body());
    }

    @Test
    void readyz_storeBroken_is503WithTheReason() {
        reports.lag = () -> {
            throw new IllegalStateException("disk on fire");
        };
        Response response = Wire.get(server, "/readyz");
        assertEquals(503, response.status());
        assertTrue(response.json().path("reason").asText().contains("store"), response.body());
    }

    @Test
    void state_get_isFlatAndWhole() {
        Response response = Wire.get(server, "/reckoner/v1/state");
        assertEquals(200, response.status());
        assertEquals(
                "{\"version\":\"1.2.3\",\"at\":\"2026-11-21T00:01:29.999999999Z\","
                        + "\"started_at\":\"2026-11-20T23:59:59.999999999Z\",\"uptime_seconds\":90.000,\"ready\":true,"
                        + "\"upstream\":\"https://api.example\",\"proxy\":\"http://127.0.0.1:1\","
                        + "\"console\":\"http://127.0.0.1:2\",\"exchanges_in_flight\":3,\"exchanges_unbooked\":4,"
                        + "\"drains\":5,\"client_connections\":6,\"upstream_open\":9,\"upstream_idle\":7,"
                        + "\"upstream_waiting\":8,\"journal_bytes\":4096,\"journal_frames_waiting\":11,"
                        + "\"journal_writable\":true,\"store_lag_frames\":13,\"store_lag_seconds\":1.500,"
                        + "\"books_at\":\"2026-11-20T23:59:59.999999999Z\",\"entries_pending\":16,\"batches_open\":17,"
                        + "\"batches_uncollected\":18,\"reconciliation\":{\"id\":\"rec_1\",\"from\":\"2026-11-01\","
                        + "\"to\":\"2026-11-07\",\"made_at\":\"2026-11-20T23:59:59.999999999Z\",\"matched\":false,"
                        + "\"ledger_usd\":\"10.5\",\"billed_usd\":\"12.25\",\"difference_usd\":\"1.75\","
                        + "\"variance_usd\":\"2.5\",\"coverage\":\"0.875\"}}",
                response.body());
    }

    @Test
    void metrics_get_isInTheFormatThatIsAccepted() {
        Response text = Wire.get(server, "/metrics");
        assertEquals("text/plain; version=0.0.4; charset=utf-8", text.header("content-type"));
        assertTrue(text.body().contains("\nreckoner_exchanges_in_flight 3.0\n"), text.body());
        Response open = Wire.get(server, "/metrics", "Accept: application/openmetrics-text; version=1.0.0\r\n");
        assertTrue(open.header("content-type").startsWith("application/openmetrics-text; version=1.0.0"));
        assertTrue(open.body().endsWith("# EOF\n"), open.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", LAG, "/nowhere", "/v1/organizations/cost_report"})
    void response_anywhere_carriesIdAndProtectiveHeaders(String path) {
        Response response = Wire.get(server, path);
        assertTrue(response.header("request-id").matches("req_[0-9a-f]{24}"), response.toString());
        assertEquals("no-store", response.header("cache-control"));
        assertEquals("nosniff", response.header("x-content-type-options"));
        assertEquals("no-referrer", response.header("referrer-policy"));
        assertEquals("default-src 'none'", response.header("content-security-policy"));
        assertEquals("same-origin", response.header("cross-origin-resource-policy"));
        assertEquals("same-origin", response.header("cross-origin-opener-policy"));
        assertEquals("", response.header("access-control-allow-origin"));
        assertNotEquals(response.header("request-id"), Wire.get(server, path).header("request-id"));
    }

    @Test
    void head_anyPath_hasTheHeadersOfGetAndNoBody() {
        int length = Integer.parseInt(Wire.get(server, "/healthz").header("content-length"));
        Response response = Wire.send(
                        server, "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 1)
                .get(0);
        assertEquals(200, response.status());
        assertEquals(length, Integer.parseInt(response.header("content-length")));
    }

    @Test
    void path_unknown_is404InTheVendorsEnvelope() {
        Response response = Wire.get(server, "/v1/organizations/nothing");
        assertEquals(404, response.status());
        assertEquals("error", response.json().path("type").asText());
        assertEquals(
                "not_found_error", response.json().path("error").path("type").asText());
        assertEquals(
                response.header("request-id"),
                response.json().path("request_id").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void method_otherThanGetAndHead_is405(String method) {
        Response response = Wire.send(
                        server, method + " /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", 1)
                .get(0);
        assertEquals(405, response.status());
        assertEquals("GET, HEAD", response.header("allow"));
    }

    @Test
    void change_asOurCommandLineAsks_isMade() {
        Response response = post("Content-Type: application/json\r\n");
        assertEquals(200, response.status(), response.body());
        assertEquals(47, response.json().path("rows").asInt());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | Origin: http://evil.example
            403 | Origin: null
            403 | Origin: http://localhost
            403 | Origin: http://localhost.evil.example
            403 | Sec-Fetch-Site: same-origin
            403 | Sec-Fetch-Site: cross-site
            403 | Sec-Fetch-Site: same-site
            403 | Sec-Fetch-Site: none
            415 | Content-Type: text/plain
            415 | Content-Type: application/x-www-form-urlencoded
            415 | X-Nothing: no content type at all
            """)
    void change_thatAPageElsewhereCouldAskFor_isRefused(int status, String field) {
        boolean typed = field.startsWith("Content-Type") || status == 415;
        Response response = post((typed ? "" : "Content-Type: application/json\r\n") + field + "\r\n");
        assertEquals(status, response.status(), response.body());
    }

    @Test
    void change_ofTheConsolesOwnPage_isMade() {
        String csrf =
                Wire.get(server, "/reckoner/v1/session").json().path("csrf").asText();
        String json = "Content-Type: application/json; charset=utf-8\r\nX-Reckoner-Csrf: " + csrf + "\r\n";
        String site = "Sec-Fetch-Site: same-origin\r\n";
        assertEquals(200, post(json + "Origin: http://localhost\r\n" + site).status());
        assertEquals(200, post(json + "Origin: https://localhost\r\n" + site).status(), "behind a proxy with TLS");
        assertEquals(403, post(json + "Origin: http://localhost:1\r\n" + site).status());
        assertEquals(403, post(json + "Origin: null\r\n").status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | Sec-Fetch-Site: cross-site
            403 | Sec-Fetch-Site: same-site
            403 | Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: no-cors;Sec-Fetch-Dest: script
            403 | Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate;Sec-Fetch-Dest: iframe
            200 | Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate;Sec-Fetch-Dest: document
            200 | Sec-Fetch-Site: same-origin;Sec-Fetch-Mode: cors;Sec-Fetch-Dest: empty
            200 | Sec-Fetch-Site: none
            200 | Origin: http://evil.example
            """)
    void reading_byAPageElsewhere_isRefusedUnlessItIsALink(int status, String fields) {
        Response response = Wire.get(server, LAG, fields.replace(";", "\r\n") + "\r\n");
        assertEquals(status, response.status());
        assertTrue(response.headers().stream().noneMatch(field -> field.startsWith("access-control")));
    }

    @Test
    void change_underAnotherHost_isRefused() {
        assertEquals(
                421, post("evil.example", "Content-Type: application/json\r\n").status());
    }

    @Test
    void change_askedByGet_is405() {
        Response response = Wire.get(server, RELOAD);
        assertEquals(405, response.status());
        assertEquals("POST", response.header("allow"));
    }

    private Response post(String fields) {
        return post("localhost", fields);
    }

    private Response post(String host, String fields) {
        reports.reloaded = () -> new ReloadedRates("abc", 47, false, NOTHING_CHANGED);
        String line = "POST " + RELOAD + " HTTP/1.1\r\n";
        String always = "Connection: close\r\nContent-Length: 0\r\n";
        String request = line + "Host: " + host + "\r\n" + always + fields + "\r\n";
        return Wire.send(server, request, 1).get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8485", "127.0.0.1", "127.0.0.1:1", "127.9.9.9", "[::1]:8485"})
    void host_loopback_isAnswered(String host) {
        Response response = Wire.send(server, "GET / HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n\r\n", 1)
                .get(0);
        assertEquals(200, response.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "10.0.0.1", "[::2]", "127.0.0.1.evil.example", "0x7f.1"
            })
    void host_notOurs_is421(String host) {
        Response response = Wire.send(server, "GET / HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n\r\n", 1)
                .get(0);
        assertEquals(421, response.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: localhost\r\nHost: localhost\r\n", "Host: \r\n", "Host: localhost:x\r\n"})
    void host_missingRepeatedOrMalformed_is400(String fields) {
        Response response = Wire.send(server, "GET / HTTP/1.1\r\nConnection: close\r\n" + fields + "\r\n", 1)
                .get(0);
        assertEquals(400, response.status());
        assertTrue(response.message().startsWith("Host: "), response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
                "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "GET /healthz?a=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            })
    void request_malformed_is400InTheVendorsEnvelopeAndCloses(String text) {
        Response response = Wire.send(server, text, 1).get(0);
        assertEquals(400, response.status());
        assertEquals(
                "invalid_request_error",
                response.json().path("error").path("type").asText());
    }

    @Test
    void header_longButWithinTheLimit_isAnswered() {
        String text = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: " + "a".repeat(12_000);
        assertEquals(200, Wire.send(server, text + "\r\n\r\n", 1).get(0).status());
    }

    @Test
    void requestLine_tooLong_is414() {
        String text = "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assertEquals(414, Wire.send(server, text, 1).get(0).status());
    }

    @Test
    void header_tooLong_is431() {
        String text = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n";
        assertEquals(431, Wire.send(server, text, 1).get(0).status());
    }

    @Test
    void requests_pipelined_areAnsweredInOrder() {
        reports.lag = () -> new Lag(1, Duration.ZERO);
        String host = " HTTP/1.1\r\nHost: localhost\r\n";
        List<Response> responses = Wire.send(
                server,
                "GET " + LAG + host + "\r\nGET /healthz" + host + "\r\nGET /nowhere" + host
                        + "Connection: close\r\n\r\n",
                3);
        assertEquals(
                List.of(200, 200, 404), responses.stream().map(Response::status).toList());
        assertTrue(responses.get(0).body().contains("frames"));
        assertTrue(responses.get(1).body().contains("ok"));
    }

    @Test
    void report_failing_is500WithoutTheReason() {
        reports.lag = () -> {
            throw new IllegalStateException("secret path");
        };
        Response response = Wire.get(server, LAG);
        assertEquals(500, response.status());
        assertEquals("api_error", response.json().path("error").path("type").asText());
        assertTrue(!response.body().contains("secret"));
    }

    @Test
    void reports_blocked_refuseWhatOverflowsAndLeaveHealthFree() throws Exception {
        int places = 4 + 64;
        int tooMany = 8;
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(tooMany);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        reports.rows = query -> {
            threads.add(Thread.currentThread().getName());
            awaitQuietly(release);
            return List.of();
        };
        ExecutorService clients = Executors.newCachedThreadPool();
        try {
            List<Future<Integer>> asked = new ArrayList<>();
            for (int i = 0; i < places + tooMany; i++) {
                asked.add(clients.submit(() -> {
                    Response response = Wire.get(server, REPORT);
                    if (response.status() == 503) {
                        assertEquals("1", response.header("retry-after"));
                        assertTrue(response.body().contains("overloaded_error"), response.body());
                        refused.countDown();
                    }
                    return response.status();
                }));
            }
            assertTrue(refused.await(20, TimeUnit.SECONDS), "what overflows is refused at once");
            assertEquals(200, Wire.get(server, "/healthz").status());
            assertEquals(200, Wire.get(server, "/readyz").status());
            release.countDown();
            int answered = 0;
            for (Future<Integer> one : asked) {
                answered += one.get(20, TimeUnit.SECONDS) == 200 ? 1 : 0;
            }
            assertEquals(places, answered);
            assertTrue(threads.stream().allMatch(name -> name.startsWith("console-report-")), threads.toString());
        } finally {
            release.countDown();
            clients.shutdownNow();
        }
    }

    @Test
    void start_addressInUse_saysWhichAndWhatToDo() {
        HostPort taken = new HostPort("127.0.0.1", server.address().getPort());
        UncheckedIOException failure = assertThrows(
                UncheckedIOException.class,
                () -> ConsoleServer.start(
                        new Settings.ConsoleSettings(taken),
                        FakeParts.of(reports, new FakeKeys(), new FakeLimits()),
                        ready::get,
                        Clock.systemUTC()));
        assertTrue(String.valueOf(failure.getMessage()).contains(taken.toString()), failure.toString());
        assertTrue(String.valueOf(failure.getMessage()).contains("--console"), failure.toString());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
