package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.config.HostPort;
import dev.reckoner.config.Settings;
import dev.reckoner.console.Wire.Response;
import dev.reckoner.console.access.Access;
import dev.reckoner.console.access.Role;
import dev.reckoner.console.access.Token;
import dev.reckoner.ledger.Pulse;
import dev.reckoner.ledger.ReloadedRates;
import dev.reckoner.ledger.RerateResult;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import java.io.IOException;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginTest {

    private static final String ADMIN = "admin-token-0123456789abcdef";
    private static final String READER = "reader-token-0123456789abcdef";
    private static final String ONCE = "once-0123456789abcdef";
    private static final String LAG = "/reckoner/v1/lag";
    private static final String SESSION = "/reckoner/v1/session";
    private static final String RELOAD = "/reckoner/v1/rates/reload";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String OWN = "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n";

    private final FakeReports reports = new FakeReports();
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final ConsoleServer server = start();

    LoginTest() {
        RerateResult nothing = new RerateResult("abc", 0, 0, true, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, List.of());
        reports.reloaded = () -> new ReloadedRates("abc", 47, true, nothing);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {LAG, SESSION, "/reckoner/v1/live", "/v1/organizations/cost_report", "/nowhere", "/metrics", "/"})
    void anything_withoutAToken_is401InTheVendorsEnvelope(String path) {
        Response response = Wire.get(server, path);
        assertEquals(401, response.status());
        assertEquals("Bearer realm=\"reckoner\"", response.header("www-authenticate"));
        assertEquals(
                "authentication_error",
                response.json().path("error").path("type").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/login", "/login.js"})
    void whatNeedsNoLogin_isShown(String path) {
        assertEquals(200, Wire.get(server, path).status());
    }

    @Test
    void whatTheLoginPageIsMadeOf_needsNoLogin() {
        List<String> parts = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"")
                .matcher(Wire.get(server, "/login").body())
                .results()
                .map(part -> part.group(1))
                .toList();
        assertTrue(parts.size() > 3, parts::toString);
        parts.forEach(path -> assertEquals(200, Wire.get(server, path).status(), path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/usage?by=user", "/nowhere", LAG})
    void anyPage_inABrowser_isThePageToLogInBy(String path) {
        Response response = Wire.get(server, path, "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n");
        assertEquals(401, response.status());
        assertEquals("text/html; charset=utf-8", response.header("content-type"));
        assertTrue(response.body().contains("id=\"token\""), response.body());
        assertEquals(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                        + " require-trusted-types-for 'script'",
                response.header("content-security-policy"));
    }

    @Test
    void description_saysWhatNeedsALogin_andHowATokenIsShown() throws IOException {
        JsonNode description = new ObjectMapper()
                .readTree(Wire.get(server, "/openapi.json", "x-api-key: " + READER + "\r\n")
                        .body());
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> assertEquals(
                                method.getValue().path("security").isArray(),
                                Wire.get(server, path.getKey()).status() != 401,
                                path.getKey())));
        JsonNode schemes = description.at("/components/securitySchemes");
        assertEquals("bearer", schemes.at("/bearer/scheme").asText());
        assertEquals("x-api-key", schemes.at("/apiKey/name").asText());
        assertEquals(3, description.path("security").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer ", "authorization: bearer ", "x-api-key: "})
    void program_withAToken_isKnown(String field) {
        JsonNode reader = Wire.get(server, SESSION, field + READER + "\r\n").json();
        assertEquals("reader", reader.path("role").asText());
        assertEquals("grafana", reader.path("name").asText());
        assertEquals("", reader.path("csrf").asText());
        assertTrue(reader.path("login").asBoolean());
    }

    @Test
    void program_withAWrongTokenOrHalfOfOne_is401() {
        for (String token : List.of("x", ADMIN.substring(0, 20), ADMIN + "x", "", ADMIN.toUpperCase(Locale.ROOT))) {
            assertEquals(
                    401, Wire.get(server, LAG, "x-api-key: " + token + "\r\n").status(), token);
        }
    }

    @Test
    void reader_looksAndChangesNothing() {
        String token = "x-api-key: " + READER + "\r\n";
        assertEquals(200, Wire.get(server, LAG, token).status());
        Response refused = post(RELOAD, JSON + token, "");
        assertEquals(403, refused.status());
        assertEquals(
                "permission_error", refused.json().path("error").path("type").asText());
        assertTrue(refused.message().contains("grafana"), refused.body());
        String removal = "DELETE /v1/organizations/spend_limits/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        assertEquals(403, Wire.send(server, removal + token + "\r\n", 1).get(0).status());
        assertEquals(List.of(), reports.noted);
    }

    @Test
    void admin_changes_andTheTrailSaysWhoFromWhereAndWhat() {
        assertEquals(
                200, post(RELOAD, JSON + "x-api-key: " + ADMIN + "\r\n", "").status());
        assertEquals(new Actor("ops", "127.0.0.1"), reports.noted.get(0).actor());
        assertEquals(
                new Change(Change.What.RATES_RELOADED, "rates", "", "abc"),
                reports.noted.get(0).change());
    }

    @Test
    void browser_logsInChangesAndLogsOut() {
        Response login = login(ADMIN);
        assertEquals(200, login.status(), login.body());
        String set = login.header("set-cookie");
        assertTrue(set.matches("reckoner_session=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600"), set);
        assertTrue(!set.contains(ADMIN));
        String cookie = cookie(login);
        String csrf = Wire.get(server, SESSION, cookie).json().path("csrf").asText();
        assertTrue(csrf.matches("[\\w-]{43}"), csrf);
        assertEquals(200, Wire.get(server, LAG, cookie).status());

        assertEquals(403, post(RELOAD, JSON + OWN + cookie, "").status(), "without the token of the page");
        assertEquals(403, post(RELOAD, JSON + cookie, "").status(), "a cookie alone is never enough");
        assertEquals(
                403, post(RELOAD, JSON + OWN + cookie + csrf(csrf + "x"), "").status());
        assertEquals(200, post(RELOAD, JSON + OWN + cookie + csrf(csrf), "").status());

        assertEquals(403, post("/logout", JSON + OWN + cookie, "").status());
        Response logout = post("/logout", JSON + OWN + cookie + csrf(csrf), "");
        assertEquals(200, logout.status());
        assertTrue(logout.header("set-cookie").startsWith("reckoner_session=; "), logout.toString());
        assertTrue(logout.header("set-cookie").contains("Max-Age=0"), logout.toString());
        assertEquals(401, Wire.get(server, LAG, cookie).status());
        assertEquals(
                List.of(Change.What.LOGGED_IN, Change.What.RATES_RELOADED, Change.What.LOGGED_OUT),
                reports.noted.stream().map(row -> row.change().what()).toList());
    }

    @Test
    void readersBrowser_maySeeAndLogOutButNotChange() {
        String cookie = cookie(login(READER));
        String csrf = Wire.get(server, SESSION, cookie).json().path("csrf").asText();
        assertEquals(403, post(RELOAD, JSON + OWN + cookie + csrf(csrf), "").status());
        assertEquals(200, post("/logout", JSON + OWN + cookie + csrf(csrf), "").status());
    }

    @Test
    void tokenOfAnotherSession_isNoTokenForThisOne() {
        String cookie = cookie(login(ADMIN));
        String other = Wire.get(server, SESSION, cookie(login(ADMIN)))
                .json()
                .path("csrf")
                .asText();
        assertEquals(403, post(RELOAD, JSON + OWN + cookie + csrf(other), "").status());
    }

    @Test
    void session_endsWithItsTime() {
        String cookie = cookie(login(ADMIN));
        clock.pass(Duration.ofMinutes(59));
        assertEquals(200, Wire.get(server, LAG, cookie).status());
        clock.pass(Duration.ofMinutes(2));
        assertEquals(401, Wire.get(server, LAG, cookie).status());
    }

    @Test
    void followersOfASession_areLetGoWithIt() throws IOException {
        String cookie = cookie(login(ADMIN));
        try (Follow follow = Follow.of(server, cookie)) {
            assertTrue(String.valueOf(follow.block()).startsWith("HTTP/1.1 200"));
            assertTrue(String.valueOf(follow.block()).startsWith("id: 0"));
            clock.pass(Duration.ofHours(2));
            reports.pulse = () -> new Pulse(1, 0, FakeParts.STILL.lag());
            assertNull(follow.block());
        }
    }

    @Test
    void linkThatTheServerPrinted_worksOnce() {
        assertEquals(200, login(ONCE).status());
        assertEquals(401, login(ONCE).status());
        assertEquals(401, Wire.get(server, LAG, "x-api-key: " + ONCE + "\r\n").status());
    }

    @Test
    void wrongTokens_areLookedAtTenTimesInFiveMinutes() {
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    401,
                    (i % 2 == 0 ? login("wrong" + i) : Wire.get(server, LAG, "x-api-key: " + i + "\r\n")).status());
        }
        Response refused = login(ADMIN);
        assertEquals(429, refused.status(), "the right one isn't looked at either");
        assertEquals("301", refused.header("retry-after"));
        assertEquals(429, Wire.get(server, LAG, "x-api-key: " + ADMIN + "\r\n").status());
        assertEquals(200, Wire.get(server, "/healthz").status());
        clock.pass(Duration.ofMinutes(5));
        assertEquals(200, login(ADMIN).status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | Origin: http://evil.example
            403 | Origin: null
            403 | Sec-Fetch-Site: cross-site
            """)
    void login_askedByAPageElsewhere_isRefused(int status, String field) {
        Response response = post("/login", JSON + field + "\r\n", "{\"token\":\"" + ADMIN + "\"}");
        assertEquals(status, response.status());
        assertEquals("", response.header("set-cookie"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"token\":1}", "{\"token\":null}"})
    void login_withoutAToken_is400(String body) {
        assertEquals(400, post("/login", JSON, body).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: reckoner_session=\r\n",
                "Cookie: reckoner_session=x\r\n",
                "Cookie: =;;,\u0001\r\n",
                "Cookie: __Host-reckoner_session=x\r\n",
                "Authorization: Basic YTpi\r\n",
                "Authorization: Bearer\r\n",
                "Authorization:\r\n"
            })
    void nonsense_isNobody(String fields) {
        Response response = Wire.get(server, LAG, fields);
        assertTrue(response.status() == 401 || response.status() == 400, response.toString());
    }

    @Test
    void browserThatAsksOverTls_keepsItsCookieToIt_andIsKnownByNoOtherBeside() {
        String own = "Origin: https://localhost\r\nSec-Fetch-Site: same-origin\r\n";
        Response login = post("/login", JSON + own, "{\"token\":\"" + READER + "\"}");
        String set = login.header("set-cookie");
        assertTrue(
                set.matches(
                        "__Host-reckoner_session=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600; Secure"),
                set);
        String planted = cookie(login(ADMIN));
        JsonNode session = Wire.get(server, SESSION, planted + cookie(login)).json();
        assertEquals("grafana", session.path("name").asText());
        String token = csrf(session.path("csrf").asText());
        Response left = post("/logout", JSON + own + token + cookie(login), "");
        assertEquals(
                "__Host-reckoner_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0; Secure",
                left.header("set-cookie"));
        assertEquals(401, Wire.get(server, SESSION, cookie(login)).status());
    }

    @Test
    void namesOfTheOperator_areOurHost_andMetricsOpenWhereSoSet() {
        Settings.ConsoleSettings settings = new Settings.ConsoleSettings(
                new HostPort("127.0.0.1", 0), List.of(), List.of("books.example"), Duration.ofHours(1), true, null);
        ConsoleServer named = ConsoleServer.start(
                settings,
                FakeParts.guarded(reports, Access.guarded(login(), new SecureRandom(), clock)),
                () -> true,
                clock);
        try {
            assertEquals(200, status(named, "/healthz", "Books.Example:8485"));
            assertEquals(421, status(named, "/healthz", "other.example"));
            assertEquals(421, status(named, "/healthz", "sub.books.example"));
            assertEquals(200, status(named, "/metrics", "localhost"));
            assertEquals(401, status(named, LAG, "localhost"));
        } finally {
            named.close();
        }
    }

    private static int status(ConsoleServer server, String path, String host) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        return Wire.send(server, request, 1).get(0).status();
    }

    @Test
    void secrets_areInNothingThatIsPrinted() {
        Token token = Token.of("ops", Role.ADMIN, ADMIN);
        assertTrue(!token.toString().contains(ADMIN), token.toString());
    }

    private ConsoleServer start() {
        return ConsoleServer.start(
                new Settings.ConsoleSettings(new HostPort("127.0.0.1", 0)),
                FakeParts.guarded(reports, Access.guarded(login(), new SecureRandom(), clock)),
                () -> true,
                clock);
    }

    private static Access.Login login() {
        return new Access.Login(
                List.of(Token.of("ops", Role.ADMIN, ADMIN), Token.of("grafana", Role.READER, READER)),
                Token.of("start", Role.ADMIN, ONCE),
                Duration.ofHours(1));
    }

    private Response login(String token) {
        return post("/login", JSON + OWN, "{\"token\":\"" + token + "\"}");
    }

    private static String cookie(Response login) {
        String set = login.header("set-cookie");
        return "Cookie: other=1; " + set.substring(0, set.indexOf(';')) + "\r\n";
    }

    private static String csrf(String value) {
        return "X-Reckoner-Csrf: " + value + "\r\n";
    }

    private Response post(String path, String fields, String body) {
        return Wire.send(server, request(path, fields, body), 1).get(0);
    }

    private static String request(String path, String fields, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n" + fields + "\r\n" + body;
    }
}
