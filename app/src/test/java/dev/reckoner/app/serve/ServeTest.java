package dev.reckoner.app.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.Main;
import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.app.read.ServerFile;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as people run it: started, used, asked, stopped, against the simulator on loopback. */
@Timeout(120)
class ServeTest {
    private static final String BODY =
            "{\"model\":\"claude-sonnet-5-5\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static Simulator simulator;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startSimulator() throws IOException {
        simulator = Simulator.start(SimulatorOptions.defaults());
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    private Settings settings(String listen, String console) {
        Map<String, String> flags = Map.of(
                "listen",
                listen,
                "console.listen",
                console,
                "upstream.url",
                simulator.url().toString(),
                "ledger.directory",
                directory.resolve("books").toString());
        return SettingsLoader.load(null, Map.of(), flags).settings();
    }

    private Settings settings() {
        return settings("127.0.0.1:0", "127.0.0.1:0");
    }

    private static RunningServer start(Settings settings) {
        return RunningServer.start(settings, RateTables.builtIn(), Map.of(), Clock.systemUTC());
    }

    private static int send(URI proxy, String user) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/u/" + user + "/v1/messages"))
                .header("x-api-key", "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static List<StoredEntry> entries(Reports reports) {
        return reports.entries(new EntryQuery(null, null, Map.of(), null, true, 100));
    }

    @Test
    void books_whileServingAndAfter_readTheSame() throws Exception {
        Settings settings = settings();
        LocalDoor door = new LocalDoor(Clock.systemUTC());
        List<StoredEntry> asked;
        try (RunningServer server = start(settings)) {
            assertEquals(200, send(server.proxy(), "ada"));
            assertEquals(200, send(server.proxy(), "bob"));
            try (OpenBooks books = door.open(settings, null)) {
                assertEquals(server.console().toString(), books.source());
                asked = entries(books.reports());
                for (int look = 0; asked.size() < 2 && look < 1_000_000; look++) {
                    asked = entries(books.reports());
                }
                assertEquals(2, asked.size());
                Audit audit = books.reports().verify();
                assertTrue(audit.clean(), audit::toString);
            }
        }
        assertNull(ServerFile.read(settings.ledger().directory()));
        try (OpenBooks books = door.open(settings, null)) {
            assertEquals(settings.ledger().directory().toString(), books.source());
            assertEquals(asked, entries(books.reports()));
        }
    }

    @Test
    void readiness_onlyWhileServing() throws Exception {
        URI ready;
        try (RunningServer server = start(settings())) {
            ready = server.console().resolve("/readyz");
            HttpRequest request = HttpRequest.newBuilder(ready).build();
            assertEquals(
                    200,
                    HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode());
        }
        HttpRequest gone = HttpRequest.newBuilder(ready).build();
        assertThrows(
                IOException.class, () -> HttpClient.newHttpClient().send(gone, HttpResponse.BodyHandlers.discarding()));
    }

    @Test
    void secondServer_onTheSameBooks_refusedAndFirstGoesOn() throws Exception {
        try (RunningServer first = start(settings())) {
            LedgerException refused = assertThrows(LedgerException.class, () -> start(settings()));
            assertTrue(String.valueOf(refused.getMessage()).contains("in use"), refused.getMessage());
            assertNotNull(ServerFile.read(first.settings().ledger().directory()));
            assertEquals(200, send(first.proxy(), "ada"));
        }
    }

    @Test
    void portInUse_everythingGivenBack() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThrows(UncheckedIOException.class, () -> start(settings(address, "127.0.0.1:0")));
            assertThrows(UncheckedIOException.class, () -> start(settings("127.0.0.1:0", address)));
        }
        start(settings()).close();
    }

    @Test
    void serveCommand_brokenSurroundings_oneSentenceAndExitCode() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertSaid(1, "expected a directory", "serve", "--listen", "127.0.0.1:0", "--ledger", file.toString());
        assertSaid(2, "listen", "serve", "--listen", "nowhere");
        assertSaid(
                1, "no books in", "usage", "--ledger", directory.resolve("none").toString());
        assertFalse(Files.exists(directory.resolve("none")));
        assertSaid(1, "127.0.0.1:1", "usage", "--console", "http://127.0.0.1:1");
    }

    private void assertSaid(int code, String said, String... args) {
        StringWriter err = new StringWriter();
        PrintWriter out = new PrintWriter(new StringWriter());
        Map<String, String> env = Map.of("HOME", directory.toString());
        Shell shell = new Shell(out, new PrintWriter(err, true), env, Clock.systemUTC(), false, 80);
        int exit = new CommandTree(shell, new LocalDoor(Clock.systemUTC()))
                .commandLine(List.of(new ServeCommand(shell, Runnable::run)))
                .execute(args);
        assertEquals(code, exit, err.toString());
        assertTrue(err.toString().contains(said), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void process_terminated_drainsAndExitsZero() throws Exception {
        Path books = directory.resolve("books");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--console",
                        "127.0.0.1:0",
                        "--upstream",
                        simulator.url().toString(),
                        "--ledger",
                        books.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.contains("ANTHROPIC_BASE_URL=")) {
                line = said.readLine();
            }
            assertNotNull(line);
            assertEquals(200, send(URI.create(line.substring(line.indexOf('=') + 1)), "ada"));
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
        Settings settings = SettingsLoader.load(null, Map.of(), Map.of("ledger.directory", books.toString()))
                .settings();
        try (OpenBooks after = new LocalDoor(Clock.systemUTC()).open(settings, null)) {
            assertEquals(1, entries(after.reports()).size());
        }
    }
}
