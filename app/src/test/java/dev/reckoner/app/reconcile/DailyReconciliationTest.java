package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import dev.reckoner.simulator.admin.Access;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server's own reconciliation of the last days: when it is made, what it says, and how it ends. */
@Timeout(120)
final class DailyReconciliationTest {

    private static final Duration PROMPTLY = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    private final Said said = new Said();
    private final List<Alert> raised = new ArrayList<>();
    private World world;
    private OpenBooks books;

    @BeforeEach
    void begin() throws Exception {
        world = new World(directory);
        world.send("/u/ada", "claude-opus-5-5", "a question");
        world.settle();
        books = world.books();
    }

    @AfterEach
    void end() {
        books.close();
        world.close();
    }

    private DailyReconciliation daily(String adminUrl) {
        return daily(adminUrl, books.archive());
    }

    private DailyReconciliation daily(String adminUrl, Archive archive) {
        Settings settings = SettingsLoader.load(
                        null,
                        Map.of(),
                        Map.of(
                                "reconcile.admin_url",
                                adminUrl,
                                "reconcile.days",
                                "3",
                                "ledger.directory",
                                directory.toString()))
                .settings();
        return new DailyReconciliation(
                settings,
                books.reports(),
                archive,
                world.env,
                world.clock(),
                new DailyReconciliation.Told(said, raised::add));
    }

    private DailyReconciliation daily() {
        return daily(world.simulator.url().toString());
    }

    private List<Document> kept(String kind) {
        return books.archive().list(kind, 10);
    }

    @Test
    void day_isReconciledOnce_asSoonAsItsReportsAreComplete() {
        DailyReconciliation daily = daily();
        world.at("2026-10-06T05:59:59Z");
        daily.look();
        assertEquals("2026-10-05", kept(DailyReconciliation.KIND).get(0).name());
        said.lines();

        world.at("2026-10-06T06:00:00Z");
        daily.look();
        daily.look();
        world.at("2026-10-07T05:59:59Z");
        daily.look();

        List<String> lines = said.lines();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(
                lines.get(0).startsWith("INFO 2026-10-03 to 2026-10-05: Matched exactly: billed $"), lines.toString());
        assertEquals(2, kept(DailyReconciliation.KIND).size());
        assertEquals(2, kept(KeptReconciliations.KIND).size());
    }

    @Test
    void missedRun_isMadeUp_atTheNextStart_andOnlyTheLast() {
        world.at("2026-10-20T15:00:00Z");
        daily().look();

        assertEquals(
                List.of("2026-10-20"),
                kept(DailyReconciliation.KIND).stream().map(Document::name).toList());
        assertTrue(said.lines().get(0).startsWith("INFO 2026-10-17 to 2026-10-19: Matched exactly"));
    }

    @Test
    void difference_isWarnedOf_andAKeyThatBypassesOnce() {
        world.bypass("nightly\u001b[31m", "claude-opus-5-5", 1_000, 100);
        world.at("2026-10-06T12:00:00Z");
        DailyReconciliation daily = daily();
        daily.look();

        List<String> first = said.lines();
        assertEquals(2, first.size(), first.toString());
        assertTrue(
                first.get(0).startsWith("WARN 2026-10-03 to 2026-10-05: Not matched: $0.006 more billed"),
                first.toString());
        assertTrue(
                first.get(1).startsWith("WARN a key bypasses the proxy that didn't before: nightly?[31m (apikey_"),
                first.toString());
        assertTrue(first.get(1).endsWith("), 1100 tokens, $0.006 billed, since 2026-10-05"), first.toString());
        assertEquals(
                List.of(Alert.Kind.VARIANCE, Alert.Kind.BYPASS),
                raised.stream().map(Alert::kind).toList());
        assertEquals("2026-10-03 to 2026-10-05", raised.get(0).about());
        assertTrue(raised.get(0).message().contains("Not matched: $0.006 more billed"), raised.toString());
        assertTrue(raised.get(1).about().startsWith("apikey_"), raised.toString());

        world.at("2026-10-07T12:00:00Z");
        daily.look();
        List<String> second = said.lines();
        assertEquals(1, second.size(), second.toString());
        assertTrue(second.get(0).startsWith("WARN 2026-10-04 to 2026-10-06: Not matched"), second.toString());
    }

    @Test
    void failure_isWarnedOf_andTriedAgainAnHourLater() {
        String key = String.valueOf(world.env.remove("ANTHROPIC_ADMIN_KEY"));
        world.at("2026-10-06T12:00:00Z");
        DailyReconciliation daily = daily();
        daily.look();
        String none = said.lines().get(0);
        assertTrue(
                none.startsWith(
                        "WARN the daily reconciliation could not be made and is tried again in an hour: no Admin"
                                + " key: set ANTHROPIC_ADMIN_KEY"),
                none);

        world.env.put("ANTHROPIC_ADMIN_KEY", key);
        world.simulator.admin().access(Access.REVOKED);
        world.at("2026-10-06T12:59:59Z");
        daily.look();
        assertEquals(List.of(), said.lines());
        world.at("2026-10-06T13:00:00Z");
        daily.look();
        assertTrue(said.lines().get(0).contains("the Admin key is wrong or was revoked"));

        world.simulator.admin().access(Access.GRANTED);
        world.at("2026-10-06T14:00:00Z");
        daily.look();
        assertTrue(said.lines().get(0).startsWith("INFO 2026-10-03 to 2026-10-05: Matched"));
        assertEquals(1, kept(KeptReconciliations.KIND).size());
    }

    @Test
    void secondServer_onTheSameLedger_leavesItToTheFirst() {
        world.at("2026-10-06T12:00:00Z");
        daily().look();
        said.lines();

        daily().look();

        assertEquals(List.of(), said.lines());
        assertEquals(1, kept(KeptReconciliations.KIND).size());
    }

    @Test
    void secondServer_thatWasFasterMeanwhile_isLeftItsResult() {
        world.at("2026-10-06T12:00:00Z");
        Archive archive = books.archive();
        Archive overtaken = new Archive() {
            @Override
            public void keep(String kind, String name, String body) {
                archive.keep(kind, name, body);
                archive.keep(DailyReconciliation.KIND, "2026-10-06", "rec_of_the_other");
            }

            @Override
            public Optional<Document> find(String kind, String name) {
                return archive.find(kind, name);
            }

            @Override
            public List<Document> list(String kind, int limit) {
                return archive.list(kind, limit);
            }
        };

        daily(world.simulator.url().toString(), overtaken).look();

        assertEquals(
                List.of("INFO another server on this ledger has made the daily reconciliation meanwhile"),
                said.lines());
        assertEquals(List.of(), kept(KeptReconciliations.KIND));
    }

    @Test
    void stop_inTheMiddleOfAPull_isPrompt_andKeepsNothingHalf() throws Exception {
        world.at("2026-10-06T12:00:00Z");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DailyReconciliation daily = daily("http://127.0.0.1:" + silent.getLocalPort());
            daily.start(Executors.newSingleThreadScheduledExecutor());
            try (Socket asked = silent.accept()) {
                assertTrue(asked.getInputStream().read() > 0, "nothing was asked");
                long start = System.nanoTime();

                daily.close();

                assertTrue(System.nanoTime() - start < PROMPTLY.toNanos(), "the stop waited for the vendor");
            }
        }
        assertEquals(List.of(), said.lines());
        assertEquals(List.of(), kept(DailyReconciliation.KIND));
        assertEquals(List.of(), kept(KeptReconciliations.KIND));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void server_withTheSetting_reconcilesByItself_onAThreadOfItsOwn(@TempDir Path other) throws Exception {
        try (World own = World.daily(other)) {
            long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            try (OpenBooks itsBooks = own.books()) {
                while (itsBooks.archive()
                        .find(DailyReconciliation.KIND, "2026-10-05")
                        .isEmpty()) {
                    assertTrue(System.nanoTime() < deadline, "it doesn't reconcile");
                    World.pause();
                }
            }
            assertTrue(
                    Thread.getAllStackTraces().keySet().stream()
                            .anyMatch(thread -> thread.getName().equals("reconcile")),
                    "no thread of its own");
        }
    }
}
