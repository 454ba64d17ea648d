package dev.reckoner.app.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.limits.LimitsCommand;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.read.ServerFile;
import dev.reckoner.config.ConfigException;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.console.access.Access;
import dev.reckoner.console.access.Access.Known;
import dev.reckoner.console.access.Access.Nobody;
import dev.reckoner.console.access.Role;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServedAccessTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void loopbackWithoutTokens_needsNoLogin() throws IOException {
        ServedAccess access = of("127.0.0.1:0", "", Map.of());
        assertFalse(access.access().login());
        assertEquals("", access.local());
        assertNull(access.made());
        assertEquals(
                Role.ADMIN,
                assertInstanceOf(Known.class, find(access, "")).caller().role());
    }

    @Test
    void elsewhereWithoutTokens_makesOneAndALinkForOnce() throws IOException {
        ServedAccess access = of("0.0.0.0:0", "", Map.of());
        assertTrue(access.access().login());
        String made = Objects.requireNonNull(access.made());
        String once = Objects.requireNonNull(access.once());
        assertTrue(made.matches("[\\w-]{43}"), "256 bits");
        assertNotEquals(made, of("0.0.0.0:0", "", Map.of()).made());
        assertInstanceOf(Nobody.class, find(access, ""));
        assertInstanceOf(Nobody.class, find(access, once));
        assertEquals(
                "start",
                assertInstanceOf(Known.class, find(access, made)).caller().name());
        assertEquals(
                "local",
                assertInstanceOf(Known.class, find(access, access.local()))
                        .caller()
                        .name());
        assertInstanceOf(Known.class, access.access().enter(once, "::1", false).finding());
        assertInstanceOf(Nobody.class, access.access().enter(once, "::1", false).finding());
        assertFalse(access.toString().contains(made), access.toString());
    }

    @Test
    void tokensOfTheSettings_areReadFromEnvironmentAndFiles() throws IOException {
        Files.writeString(directory.resolve("grafana"), "  " + TOKEN + "x\n");
        ServedAccess access =
                of("127.0.0.1:0", "[ops role=admin env=OPS, grafana role=reader file=grafana]", Map.of("OPS", TOKEN));
        assertTrue(access.access().login(), "on loopback too");
        assertNull(access.made());
        Known ops = assertInstanceOf(Known.class, find(access, TOKEN));
        assertEquals(Role.ADMIN, ops.caller().role());
        Known grafana = assertInstanceOf(Known.class, find(access, TOKEN + "x"));
        assertEquals("grafana", grafana.caller().name());
        assertEquals(Role.READER, grafana.caller().role());
    }

    @Test
    void tokensThatAreMissingShortOrUnsendable_stopTheStart_allAtOnce() {
        ConfigException failure = assertThrows(
                ConfigException.class,
                () -> of(
                        "127.0.0.1:0",
                        "[a role=admin env=A, b role=reader env=B, c role=reader file=nowhere, d role=admin env=D]",
                        Map.of("A", "short", "D", TOKEN + " two words")));
        assertEquals(4, failure.problems().size());
        String said = String.valueOf(failure.getMessage());
        assertTrue(said.contains("$A: console.tokens a: found \"5 characters\", expected a token of 20"), said);
        assertTrue(said.contains("$B: console.tokens b: nothing found"), said);
        assertFalse(said.contains("short"), said);
    }

    @Test
    void commandLine_onTheSameMachine_isLetInByTheServersFile() throws Exception {
        Settings settings = settings("127.0.0.1:0", "[ops role=admin env=OPS]", "");
        try (RunningServer server =
                RunningServer.start(settings, RateTables.builtIn(), Map.of("OPS", TOKEN), Clock.systemUTC())) {
            assertEquals(401, status(server.console(), ""));
            assertEquals(200, status(server.console(), TOKEN));
            ServerFile file =
                    Objects.requireNonNull(ServerFile.read(settings.ledger().directory()));
            assertTrue(file.token().matches("[\\w-]{43}"));
            assertFalse(file.toString().contains(file.token()), file.toString());

            assertTrue(run("limits", "set", "user=ada", "5/day").contains("user=ada 5/day"));
            String audit = run("audit", "--json");
            assertTrue(audit.contains("\"limit_created\""), audit);
            assertTrue(audit.contains("\"local: command line of "), audit);
            assertTrue(audit.contains("\"127.0.0.1\""), audit);
            String refused = run("audit", "--console", server.console().toString());
            assertTrue(refused.contains("answered 401: this console needs a token"), refused);
            settings("127.0.0.1:0", "[ops role=admin env=OPS]", "  token: " + TOKEN);
            assertTrue(run("audit", "--console", server.console().toString()).contains("limit_created"));
        }
    }

    @Test
    void banner_ofAServerThatMadeItsToken_hasTheLinkAndTheToken() throws IOException {
        ServedAccess access = of("0.0.0.0:0", "", Map.of());
        List<String> lines = ServeCommand.login(access, URI.create("http://10.0.0.1:8485"));
        assertEquals("  log in   http://10.0.0.1:8485/login#" + access.once(), lines.get(0));
        assertTrue(lines.get(2).endsWith(String.valueOf(access.made())), lines.toString());
        assertEquals(List.of(), ServeCommand.login(of("127.0.0.1:0", "", Map.of()), URI.create("http://x")));
    }

    private String run(String... args) {
        StringWriter out = new StringWriter();
        Map<String, String> env = new HashMap<>();
        env.put("RECKONER_CONFIG", directory.resolve("reckoner.yaml").toString());
        env.put("OPS", TOKEN);
        PrintWriter printer = new PrintWriter(out, true);
        Shell shell = new Shell(printer, printer, env, Clock.systemUTC(), false, 80);
        LocalDoor door = new LocalDoor(Clock.systemUTC());
        new CommandTree(shell, door)
                .commandLine(List.of(LimitsCommand.whole(shell, door)))
                .execute(args);
        return out.toString();
    }

    private static int status(URI console, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(console.resolve("/reckoner/v1/session"));
        HttpRequest asked = token.isEmpty()
                ? request.build()
                : request.header("x-api-key", token).build();
        return HttpClient.newHttpClient()
                .send(asked, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Access.Finding find(ServedAccess access, String token) {
        HttpHeaders headers = new DefaultHttpHeaders();
        if (!token.isEmpty()) {
            headers.set("authorization", "Bearer " + token);
        }
        return access.access().find(headers, null);
    }

    private ServedAccess of(String listen, String tokens, Map<String, String> env) throws IOException {
        return ServedAccess.of(settings(listen, tokens, "").console(), env, Clock.systemUTC());
    }

    private Settings settings(String listen, String tokens, String more) throws IOException {
        Path file = directory.resolve("reckoner.yaml");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "listen: 127.0.0.1:0",
                        "ledger: {directory: books}",
                        "console:",
                        "  listen: " + listen,
                        tokens.isEmpty() ? "" : "  tokens: " + tokens,
                        more));
        return SettingsLoader.load(file, Map.of(), Map.of()).settings();
    }
}
