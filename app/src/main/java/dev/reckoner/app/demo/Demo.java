package dev.reckoner.app.demo;

import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The parts of the demo, running: simulator, ledger, proxy, console, all on loopback with ports of the system's. */
final class Demo implements AutoCloseable {
    /** How the simulator paces its answers, so that the traffic is seen to flow. */
    record Pace(Duration think, Duration event) {}

    /** The clock leaps over whole nights, and over weekends; the store seems to be behind by as much. */
    private static final String BEHIND_MAX = "7d";

    private static final int ENTRIES_MAX = 1000;
    private static final Duration SETTLE_MAX = Duration.ofSeconds(60);
    private static final Duration SETTLE_POLL = Duration.ofMillis(20);

    private final SimulatorOptions pacing;
    private final Pace pace;
    private final DemoClock clock;
    private final Simulator simulator;
    private final RunningServer server;
    private final OpenBooks books;

    private Demo(Started started, RunningServer server, OpenBooks books) {
        Simulator simulator = started.simulator();
        this.pacing = started.pacing();
        this.pace = started.pace();
        this.clock = started.clock();
        this.simulator = simulator;
        this.server = server;
        this.books = books;
    }

    /** The simulator with what it goes by. */
    private record Started(Simulator simulator, SimulatorOptions pacing, Pace pace, DemoClock clock) {}

    /**
     * Starts them, with their clock so far behind.
     *
     * @param pace what is seen of the traffic of today; what was before passes at once
     */
    static Demo start(Path directory, long seed, Pace pace, Clock real, Duration behind) throws IOException {
        DemoClock clock = new DemoClock(real, behind);
        SimulatorOptions options =
                SimulatorOptions.defaults().seed(seed).gzip(true).clock(clock);
        Simulator simulator = Simulator.start(options);
        simulator.admin().lag(Duration.ZERO);
        boolean whole = false;
        try {
            Settings settings = settings(directory, simulator.url());
            RunningServer server = RunningServer.start(settings, RateTables.builtIn(), DemoBill.ADMIN, clock);
            OpenBooks books = new LocalDoor(clock).open(settings, server.console());
            whole = true;
            return new Demo(new Started(simulator, options, pace, clock), server, books);
        } finally {
            if (!whole) {
                simulator.close();
            }
        }
    }

    /** Sends what was sent on earlier days, and comes to the present. */
    void past(List<PastDay> days, BooleanSupplier enough) throws IOException, InterruptedException {
        Traffic traffic = new Traffic(proxyUrl(), enough);
        for (PastDay day : days) {
            for (PastDay.Shift shift : day.shifts()) {
                clock.to(shift.at());
                traffic.send(shift.calls(), count -> {});
            }
        }
        clock.now();
        pacing.pace(pace.think(), pace.event());
    }

    URI proxyUrl() {
        return server.proxy();
    }

    URI consoleUrl() {
        return server.console();
    }

    Simulator simulator() {
        return simulator;
    }

    /** The books as any command reads them: through the running console. */
    OpenBooks books() {
        return books;
    }

    /** All entries of the ledger, at most a page of them. */
    List<StoredEntry> entries() {
        return books.reports().entries(new EntryQuery(null, null, Map.of(), null, true, ENTRIES_MAX));
    }

    /** Waits until every exchange has its entry in the store; false when that took too long. */
    boolean settle() throws InterruptedException {
        long deadline = System.nanoTime() + SETTLE_MAX.toNanos();
        boolean idle = simulator.served().awaitIdle(SETTLE_MAX);
        while (idle && System.nanoTime() < deadline) {
            boolean open = !books.reports().openings().isEmpty();
            if (!open && books.reports().lag().frames() == 0) {
                return true;
            }
            pause();
        }
        return false;
    }

    @Override
    public void close() {
        books.close();
        server.close();
        simulator.close();
    }

    private static void pause() throws InterruptedException {
        boolean ended = new CountDownLatch(1).await(SETTLE_POLL.toMillis(), TimeUnit.MILLISECONDS);
        assert !ended;
    }

    private static Settings settings(Path directory, URI upstream) {
        Map<String, String> flags = Map.of(
                "listen",
                "127.0.0.1:0",
                "console.listen",
                "127.0.0.1:0",
                "upstream.url",
                upstream.toString(),
                "ledger.directory",
                directory.toString(),
                "alerts.store_behind",
                BEHIND_MAX,
                "reconcile.admin_url",
                upstream.toString());
        return SettingsLoader.load(null, Map.of(), flags).settings();
    }
}
