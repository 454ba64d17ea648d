package dev.reckoner.app.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.ConfigException;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.console.ReportsFailed;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.ReloadedRates;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.trail.Change;
import dev.reckoner.ledger.trail.TrailRow;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rates that change while a server runs, and what becomes of the books, against the simulator on loopback. */
@Timeout(120)
final class ServedRatesTest {
    private static final String COLUMNS =
            "model_id,input,cache_write_5m,cache_write_1h,cache_read,output," + "inference_geo_us_multiplier,sources\n";
    private static final String UNLISTED = "claude-unlisted-1";
    private static final Clock CLOCK = Clock.systemUTC();

    private static Simulator simulator;

    @TempDir
    private Path directory;

    private Path rates;
    private Settings settings;

    @BeforeAll
    static void startSimulator() throws IOException {
        simulator = Simulator.start(SimulatorOptions.defaults());
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    @BeforeEach
    void load() throws IOException {
        rates = directory.resolve("rates.csv");
        Files.writeString(rates, COLUMNS);
        settings = LoopbackSettings.of(
                simulator.url(), directory.resolve("books"), Map.of("rating.rates_files", rates.toString()));
    }

    @Test
    void rateThatAppears_isTakenByReload_andThePendingEntryIsRated() throws Exception {
        try (RunningServer server = start();
                OpenBooks books = new LocalDoor(CLOCK).open(settings, server.console())) {
            send(server.proxy(), UNLISTED);
            assertEquals(
                    RatingStatus.PENDING, only(books.reports()).entry().charge().status());

            price(UNLISTED, "2", "10");
            String told = run("rates", "reload");
            assertTrue(told.contains("from now on."), told);
            assertTrue(told.contains("Rated now that were pending: 1; still pending: 0."), told);
            ReloadedRates reloaded = books.corrections().reloadRates();

            assertFalse(reloaded.changed());
            assertEquals(0, reloaded.pending().changed());
            StoredEntry rated = only(books.reports());
            assertEquals(RatingStatus.RATED, rated.entry().charge().status());
            assertEquals(1, rated.revision());
            assertEquals(0, sums(books.reports()).pending());
            assertAmount(rated.entry().charge().amount(), sums(books.reports()).amount());
            assertClean(books.reports());
        }
    }

    @Test
    void rateThatAppears_whileNoServerRuns_ratesThePendingEntryAtTheNextStart() throws Exception {
        try (RunningServer server = start();
                OpenBooks books = new LocalDoor(CLOCK).open(settings, server.console())) {
            send(server.proxy(), UNLISTED);
            only(books.reports());
        }
        price(UNLISTED, "2", "10");

        try (RunningServer server = start();
                OpenBooks books = new LocalDoor(CLOCK).open(settings, server.console())) {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            StoredEntry entry = only(books.reports());
            while (entry.revision() == 0 && System.nanoTime() < deadline) {
                entry = only(books.reports());
            }
            assertEquals(RatingStatus.RATED, entry.entry().charge().status());
            assertEquals(
                    "rate_appeared",
                    books.reports().history(entry.entry().id()).get(1).cause());
        }
    }

    @Test
    void fileThatIsWritten_isTakenOnceItRests_andABadOneIsNot() throws Exception {
        try (Ledger ledger = Ledger.open(settings.ledger(), RateTables.load(List.of(rates)), CLOCK);
                ServedRates served = new ServedRates(ledger, List.of(rates), RateTables.load(List.of(rates)))) {
            String before = version(served);
            price(UNLISTED, "2", "10");
            served.look();
            assertEquals(before, version(served), "it may be half written");
            served.look();
            String after = version(served);
            assertFalse(after.equals(before));
            TrailRow noted = ledger.trail().trail(Long.MAX_VALUE, 10).get(0);
            assertEquals("rate files", noted.actor().toString());
            assertEquals(new Change(Change.What.RATES_RELOADED, "rates", "", after), noted.change());

            Files.writeString(rates, COLUMNS + UNLISTED + ",none\n");
            Files.setLastModifiedTime(rates, FileTime.from(Instant.parse("2026-11-21T12:00:00Z")));
            served.look();
            assertThrows(ConfigException.class, served::look);
            served.look();
            assertEquals(after, version(served), "it is tried, and complained about, once");
            assertThrows(ConfigException.class, served::reloadRates);
            assertEquals(after, version(served));
        }
    }

    @Test
    void rerate_throughTheServer_takesTheFileAsItIsNow_andOnTheFilesTheSame() throws Exception {
        try (RunningServer server = start();
                OpenBooks books = new LocalDoor(CLOCK).open(settings, server.console())) {
            send(server.proxy(), "claude-sonnet-5-5");
            BigDecimal listed = only(books.reports()).entry().charge().amount();
            price("claude-sonnet-5-5", "0", "0");

            String plan = run("rerate", "--last", "2d");
            assertTrue(plan.contains("1 entry of 1 would change"), plan);
            assertAmount(listed, sums(books.reports()).amount());

            String done = run("rerate", "--last", "2d", "--apply");
            assertTrue(done.contains("the corrections are booked"), done);
            assertAmount(BigDecimal.ZERO, sums(books.reports()).amount());
            assertTrue(run("rerate", "--last", "2d", "--apply").contains("Nothing changes in 1 entry."));

            Files.writeString(rates, COLUMNS + "claude-sonnet-5-5,none\n");
            ReportsFailed bad =
                    assertThrows(ReportsFailed.class, () -> books.corrections().reloadRates());
            assertTrue(String.valueOf(bad.getMessage()).contains("rates.csv:2"), bad.toString());
            assertClean(books.reports());
        }
        Files.writeString(rates, COLUMNS);
        String done = run("rerate", "--last", "2d", "--apply");
        assertTrue(done.contains("the corrections are booked"), done);
        String invoice = run("explain", "--json", simulatorsLast());
        assertTrue(invoice.contains("\"revision\" : 2"), invoice);
        try (OpenBooks books = new LocalDoor(CLOCK).open(settings, null)) {
            assertTrue(sums(books.reports()).amount().signum() > 0);
            assertThrows(LedgerException.class, books.corrections()::reloadRates);
            assertClean(books.reports());
        }
    }

    private String simulatorsLast() {
        try (OpenBooks books = new LocalDoor(CLOCK).open(settings, null)) {
            return only(books.reports()).entry().id().toString();
        }
    }

    private RunningServer start() {
        return RunningServer.start(settings, RateTables.load(List.of(rates)), Map.of(), CLOCK);
    }

    private void price(String model, String input, String output) throws IOException {
        Files.writeString(
                rates, COLUMNS + String.join(",", model, input, input, input, input, output, "1", "agreed\n"));
    }

    private String run(String... words) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        Shell shell = new Shell(
                writer,
                writer,
                Map.of(
                        "HOME",
                        directory.toString(),
                        "RECKONER_LEDGER_DIRECTORY",
                        settings.ledger().directory().toString(),
                        "RECKONER_RATING_RATES_FILES",
                        rates.toString()),
                CLOCK,
                false,
                80);
        int code = new CommandTree(shell, new LocalDoor(CLOCK))
                .commandLine(List.of())
                .execute(words);
        assertEquals(0, code, out.toString());
        return out.toString();
    }

    private static String version(ServedRates served) {
        return served.table().version();
    }

    private static void send(URI proxy, String model) throws Exception {
        String body =
                "{\"model\":\"" + model + "\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/u/ada/v1/messages"))
                .header("x-api-key", "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
    }

    /** The one entry, waited for. */
    private static StoredEntry only(Reports reports) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        EntryQuery all = new EntryQuery(null, null, Map.of(), null, true, 10);
        List<StoredEntry> entries = reports.entries(all);
        while (entries.isEmpty() && System.nanoTime() < deadline) {
            entries = reports.entries(all);
        }
        assertEquals(1, entries.size());
        return entries.get(0);
    }

    private static Sums sums(Reports reports) {
        ReportQuery query = new ReportQuery(Instant.MIN, Instant.MAX, Bucket.ALL, List.of(), Map.of());
        return reports.report(query).stream().map(ReportRow::sums).findFirst().orElseThrow();
    }

    private static void assertAmount(BigDecimal expected, BigDecimal found) {
        assertEquals(0, expected.compareTo(found), () -> "expected " + expected + ", found " + found);
    }

    private static void assertClean(Reports reports) {
        Audit audit = reports.verify();
        assertEquals(List.of(), audit.findings());
    }
}
