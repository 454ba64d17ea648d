package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.console.ReportsClient;
import dev.reckoner.console.ReportsFailed;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys of our own in a whole server, with the vendor's own SDK as the client and a vendor that knows one key only. */
@Timeout(120)
final class VirtualKeysTest {
    private static final String SERVERS = "sk-ant-api03-servers-own-key-0123456789abcdefghij-own";
    private static final KeyDraft ADAS = new KeyDraft(
            "ada-laptop",
            "ada",
            "search",
            null,
            List.of("env=dev"),
            List.of(),
            "default",
            ClientTrust.SESSIONS,
            null,
            null);
    private static final String BODY =
            "{\"model\":\"claude-sonnet-5-5\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir
    private Path directory;

    @Test
    void sdk_withAKeyOfOurs_hearsWhatTheVendorSays_andIsBookedToItsUser() throws Exception {
        List<String> direct;
        try (Simulator simulator = Simulator.start(options())) {
            direct = SdkConversation.with(simulator.url(), SERVERS);
        }
        try (Simulator simulator = Simulator.start(options());
                RunningServer server = start(simulator, Map.of("ANTHROPIC_API_KEY", SERVERS))) {
            ReportsClient books = new ReportsClient(server.console(), null);
            IssuedKey issued = books.create(ADAS, "a test");

            assertEquals(direct, SdkConversation.with(server.proxy(), issued.secret()));

            List<StoredEntry> entries = entries(books, SdkConversation.MESSAGES);
            for (StoredEntry stored : entries) {
                var who = stored.entry().closing().opening().attribution();
                assertEquals("ada", who.user() == null ? null : who.user().value());
                assertEquals("search", who.team() == null ? null : who.team().value());
                assertEquals(issued.key().id(), who.virtualKey());
                assertEquals("sk-ant-api03-ser...-own", who.key().hint());
                assertTrue(who.tags().contains("env=dev"), who.tags().toString());
            }
        }
    }

    @Test
    void key_revoked_isRefusedWithinASecond_andItsSecretRotatedHoldsForItsGrace() throws Exception {
        try (Simulator simulator = Simulator.start(options());
                RunningServer server = start(simulator, Map.of("ANTHROPIC_API_KEY", SERVERS))) {
            ReportsClient books = new ReportsClient(server.console(), null);
            IssuedKey first = books.create(ADAS, "a test");
            assertEquals(200, send(server.proxy(), first.secret()));

            IssuedKey second = books.rotate(first.key().id(), Duration.ofHours(1), "a test");
            assertEquals(200, send(server.proxy(), first.secret()));
            assertEquals(200, send(server.proxy(), second.secret()));

            long since = System.nanoTime();
            books.revoke(first.key().id(), "a test");
            assertEquals(401, send(server.proxy(), first.secret()));
            assertEquals(401, send(server.proxy(), second.secret()));
            assertTrue(System.nanoTime() - since < Duration.ofSeconds(1).toNanos());
        }
    }

    @Test
    void credentials_ofTheirOwn_areTakenFromFiles_andReadAgain() throws Exception {
        Path file = directory.resolve("research");
        KeyDraft draft = new KeyDraft(
                "", null, "research", null, List.of(), List.of(), "research", ClientTrust.SESSIONS, null, null);
        try (Simulator simulator = Simulator.start(options());
                RunningServer server = start(
                        simulator, Map.of("RECKONER_CREDENTIALS", "research file=" + file + " workspace=wrkspc_1"))) {
            String secret = new ReportsClient(server.console(), null)
                    .create(draft, "a test")
                    .secret();
            assertEquals(503, send(server.proxy(), secret));

            Files.writeString(file, SERVERS + "\n");
            int status = 503;
            for (int look = 0; status == 503 && look < 100_000; look++) {
                status = send(server.proxy(), secret);
            }
            assertEquals(200, status);
        }
    }

    @Test
    void people_areKnownByTheirVendorsKey_andAChangedFileIsTaken() throws Exception {
        Path file = directory.resolve("people.yaml");
        Files.writeString(file, "people: [{user: ada, keys: [sk-ant-api03-ser...-own]}]");
        try (Simulator simulator = Simulator.start(options());
                RunningServer server = start(simulator, Map.of("RECKONER_ATTRIBUTION_PEOPLE", file.toString()))) {
            ReportsClient books = new ReportsClient(server.console(), null);
            assertEquals(200, send(server.proxy(), SERVERS));
            assertEquals(Set.of("ada"), users(entries(books, 1)));

            Files.writeString(file, "people: [{usr: bo}]");
            Files.writeString(file, "people: [{user: bo, team: search, keys: [sk-ant-api03-ser...-own]}]");
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            int sent = 1;
            while (!users(entries(books, sent)).contains("bo") && sent < 10_000) {
                assertEquals(200, send(server.proxy(), SERVERS));
                sent++;
            }
            assertTrue(users(entries(books, sent)).contains("bo"));
        }
    }

    @Test
    void keys_areNotChangedByAPageElsewhere() throws Exception {
        try (Simulator simulator = Simulator.start(options());
                RunningServer server = start(simulator, Map.of())) {
            HttpRequest forged = HttpRequest.newBuilder(server.console().resolve("/reckoner/v1/keys"))
                    .header("content-type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            assertEquals(
                    415,
                    HttpClient.newHttpClient()
                            .send(forged, HttpResponse.BodyHandlers.discarding())
                            .statusCode());
        }
    }

    private static Set<String> users(List<StoredEntry> entries) {
        return entries.stream()
                .map(stored -> stored.entry().closing().opening().attribution().user())
                .map(user -> user == null ? "" : user.value())
                .collect(Collectors.toSet());
    }

    /** The latest entries, once there are so many. */
    private static List<StoredEntry> entries(ReportsClient books, int least) {
        List<StoredEntry> entries = List.of();
        for (int look = 0; entries.size() < Math.min(least, 100) && look < 1_000_000; look++) {
            try {
                entries = books.entries(new EntryQuery(null, null, Map.of(), null, true, 100));
            } catch (ReportsFailed busy) {
                entries = List.of();
            }
        }
        return entries;
    }

    private static int send(URI proxy, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/v1/messages"))
                .header("authorization", "Bearer " + key)
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private RunningServer start(Simulator simulator, Map<String, String> env) {
        Map<String, String> flags = Map.of(
                "listen",
                "127.0.0.1:0",
                "console.listen",
                "127.0.0.1:0",
                "upstream.url",
                simulator.url().toString(),
                "ledger.directory",
                directory.resolve("books").toString());
        Settings settings = SettingsLoader.load(null, env, flags).settings();
        return RunningServer.start(settings, RateTables.builtIn(), env, Clock.systemUTC());
    }

    private static SimulatorOptions options() {
        Clock still = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        return SimulatorOptions.defaults().clock(still).keys(Set.of(SERVERS));
    }
}
