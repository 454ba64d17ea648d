package dev.reckoner.app.endtoend;

import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.limit.Limits;
import dev.reckoner.proxy.ProxyParts;
import dev.reckoner.proxy.ProxyServer;
import dev.reckoner.proxy.attribute.Identities;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Simulator, ledger and proxy in this process, as they are in use, and what stands in the books in the end. */
final class Stack implements AutoCloseable {
    private static final Duration SETTLE_MAX = Duration.ofMinutes(2);

    private final Simulator simulator;
    private final Ledger ledger;
    private final ProxyServer proxy;

    private Stack(Path directory, SimulatorOptions options, Map<String, String> more) throws IOException {
        simulator = Simulator.start(options);
        Settings settings = LoopbackSettings.of(simulator.url(), directory, more);
        ledger = Ledger.open(settings.ledger(), RateTables.builtIn(), Clock.systemUTC());
        proxy = ProxyServer.start(
                settings,
                new ProxyParts(
                        ledger,
                        ledger.batches(),
                        ledger.ids(),
                        Identities.unknown(ledger.keys()),
                        ledger.admission(),
                        Clock.systemUTC()));
    }

    static Stack start(Path directory, SimulatorOptions options) throws IOException {
        return new Stack(directory, options, Map.of());
    }

    /** With settings of its own, by dotted key. */
    static Stack start(Path directory, SimulatorOptions options, Map<String, String> more) throws IOException {
        return new Stack(directory, options, more);
    }

    /** The base URL of the proxy. */
    URI url() {
        return URI.create("http://127.0.0.1:" + proxy.address().getPort());
    }

    Simulator simulator() {
        return simulator;
    }

    Reports reports() {
        return ledger.reports();
    }

    Limits limits() {
        return ledger.limits();
    }

    /** Waits until nothing is in flight and the store has everything, and returns all metered entries. */
    List<StoredEntry> settledEntries() throws InterruptedException {
        if (!simulator.served().awaitIdle(SETTLE_MAX)) {
            throw new AssertionError("the simulator still answers after " + SETTLE_MAX);
        }
        awaitSettled(reports());
        return entries(reports());
    }

    static void awaitSettled(Reports reports) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLE_MAX.toNanos();
        while (!reports.openings().isEmpty() || reports.lag().frames() > 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(reports.openings().size() + " exchanges in flight, "
                        + reports.lag().frames() + " frames not applied after " + SETTLE_MAX);
            }
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }

    static List<StoredEntry> entries(Reports reports) {
        List<StoredEntry> all = new ArrayList<>();
        long after = 0;
        while (true) {
            List<StoredEntry> page = reports.entries(new EntryQuery(null, null, Map.of(), after, true, 1000));
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            after = page.get(page.size() - 1).sequence();
        }
    }

    @Override
    public void close() {
        proxy.close();
        ledger.close();
        simulator.close();
    }
}
