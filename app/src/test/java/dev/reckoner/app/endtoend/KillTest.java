package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.simulator.Receipt;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load, again and again: what a client saw whole is booked exactly, and nothing stays in flight. */
final class KillTest {
    private static final long SEED = 4711;
    private static final int CLIENTS = 4;
    private static final int REQUESTS_A_ROUND = 400;

    @TempDir
    private Path home;

    @Test
    void server_killedUnderLoad_losesNothingThatAClientSawWhole() throws Exception {
        killed(20);
    }

    @Test
    @Tag("full")
    void server_killedManyTimes_losesNothingThatAClientSawWhole() throws Exception {
        killed(60);
    }

    private void killed(int times) throws Exception {
        Path books = home.resolve("books");
        SplittableRandom random = new SplittableRandom(SEED);
        SimulatorOptions options =
                SimulatorOptions.defaults().seed(SEED).pace(Duration.ofMillis(1), Duration.ofNanos(20_000));
        try (Simulator simulator = Simulator.start(options)) {
            Load load = new Load(new Mix(SEED)::body);
            for (int round = 1; round <= times; round++) {
                try (ServerProcess server = ServerProcess.start(home, books, simulator.url())) {
                    killInside(server, load, round, random.nextInt(150));
                }
            }
            assertTrue(simulator.served().awaitIdle(Duration.ofSeconds(30)));
            try (Ledger ledger = Ledger.openForReading(
                    LoopbackSettings.of(simulator.url(), books).ledger(), RateTables.builtIn(), Clock.systemUTC())) {
                Stack.awaitSettled(ledger.reports());
                check(simulator, load, ledger);
            }
        }
    }

    /** Sends a round's requests and kills the server after so many of them were answered. */
    private static void killInside(ServerProcess server, Load load, int round, int answered) throws Exception {
        long goal = load.seen().size() + answered + 1L;
        CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> send(server, load, round));
        while (load.seen().size() < goal && !clients.isDone()) {
            new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
        }
        server.kill();
        clients.get(60, TimeUnit.SECONDS);
    }

    private static void send(ServerProcess server, Load load, int round) {
        try {
            load.send(server.url(), CLIENTS, (long) round * REQUESTS_A_ROUND);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(Simulator simulator, Load load, Ledger ledger) {
        List<StoredEntry> entries = Stack.entries(ledger.reports());
        Map<String, Entry> byId = Comparison.byRequestId(entries);
        assertTrue(load.seen().size() > 100, "seen whole: " + load.seen().size());
        Comparison.assertBooked(load.seen(), entries);
        for (String id : load.seen()) {
            if (!id.startsWith("req_")) {
                continue; // the proxy's own answer
            }
            Receipt receipt = simulator.served().receipt(id).orElseThrow();
            Entry entry = Objects.requireNonNull(byId.get(id));
            assertEquals(receipt.stated(), Comparison.counts(entry), () -> receipt + " booked as " + entry);
            assertTrue(entry.closing().reading().usageFinal(), () -> "booked as " + entry);
        }
        long interrupted = entries.stream()
                .filter(stored -> stored.entry().closing().outcome() == Outcome.FAILED_LOCAL_INTERRUPTED)
                .count();
        assertTrue(interrupted > 0, "no exchange was in flight when the server was killed");
        Audit audit = ledger.reports().verify();
        assertTrue(audit.clean(), audit.findings().toString());
        assertEquals(0, audit.openings());
    }
}
