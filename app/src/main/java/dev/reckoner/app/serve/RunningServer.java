package dev.reckoner.app.serve;

import dev.reckoner.app.alert.AlertDesk;
import dev.reckoner.app.alert.LagWatch;
import dev.reckoner.app.command.Version;
import dev.reckoner.app.credit.CreditWatch;
import dev.reckoner.app.otlp.OtlpExport;
import dev.reckoner.app.read.ServerFile;
import dev.reckoner.app.reconcile.DailyReconciliation;
import dev.reckoner.app.reconcile.ServedStatements;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.Settings;
import dev.reckoner.console.ConsoleParts;
import dev.reckoner.console.ConsoleServer;
import dev.reckoner.console.metrics.Metrics;
import dev.reckoner.ledger.Batches;
import dev.reckoner.ledger.BooksWatch;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.proxy.ProxyParts;
import dev.reckoner.proxy.ProxyServer;
import dev.reckoner.proxy.collect.BatchKeys;
import dev.reckoner.proxy.collect.Collector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of one ledger directory: its books, its console, its proxy, and the file that tells the command line where
 * it is. Closing it drains the proxy, then closes console and books, so that every exchange is booked.
 */
public final class RunningServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

    /** The variable that the vendor's SDKs read too. */
    private static final String API_KEY = "ANTHROPIC_API_KEY";

    private final Settings settings;
    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final AtomicBoolean serving = new AtomicBoolean();
    private final URI proxy;
    private final URI console;
    private final ServedAccess access;

    private RunningServer(Settings settings, RateTable rates, Map<String, String> env, Clock clock) {
        this.settings = settings;
        boolean whole = false;
        try {
            Metrics metrics = new Metrics(settings.metrics());
            PendingMoves moves = new PendingMoves();
            Ledger ledger = Ledger.open(settings.ledger(), rates, clock, exported(metrics.and(moves), env));
            closings.push(ledger::close);
            AlertDesk desk =
                    new AlertDesk(settings.alerts(), ledger.alerts(), ledger.outbox(), clock, new SplittableRandom());
            closings.push(desk::close);
            ServedRates served = new ServedRates(ledger, settings.rating().ratesFiles(), rates);
            BooksLook books = new BooksLook(ledger, moves, clock);
            closings.push(books::close);
            BooleanSupplier ready = () -> serving.get() && ledger.accepting();
            ServedState state = new ServedState(settings, ledger, books, ready, clock);
            ServedStatements statements = new ServedStatements(settings, ledger, env, clock);
            access = ServedAccess.of(settings.console(), env, clock);
            ConsoleServer consoleServer = ConsoleServer.start(
                    settings.console(),
                    parts(ledger, new Served(served, desk, metrics, state, statements)),
                    ready,
                    clock);
            closings.push(consoleServer::close);
            closings.push(statements::close);
            closings.push(served::close);
            served.start();
            ServedIdentities identities = new ServedIdentities(ledger, settings.attribution(), env);
            closings.push(identities::close);
            identities.start();
            ProxyServer proxyServer = ProxyServer.start(
                    settings,
                    new ProxyParts(
                            ledger,
                            ledger.batches(),
                            ledger.ids(),
                            identities.identities(),
                            ledger.admission(),
                            clock));
            closings.push(proxyServer::close);
            proxy = url(proxyServer.address());
            collect(proxyServer, ledger.batches(), env.get(API_KEY), clock);
            reconcileDaily(ledger, env, clock);
            desk.start(alone("alerts"), watch(ledger, clock));
            console = url(consoleServer.address());
            state.listening(proxyServer, proxy, console);
            books.start(alone("books-look"));
            Path directory = settings.ledger().directory();
            new ServerFile(ProcessHandle.current().pid(), proxy, console, access.local()).write(directory);
            closings.push(() -> ServerFile.remove(directory));
            serving.set(true);
            whole = true;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    /**
     * Starts one.
     *
     * @param env may hold the credentials that virtual keys are served with, the key that collects the results of batches
     *     whose own credential isn't known, the Admin key that the vendor's bill is read with, and where metrics are sent
     * @throws dev.reckoner.ledger.LedgerException where the books can't be opened
     * @throws java.io.UncheckedIOException where an address can't be listened on
     */
    public static RunningServer start(Settings settings, RateTable rates, Map<String, String> env, Clock clock) {
        return new RunningServer(settings, rates, env, clock);
    }

    /** What apps use as their base URL. */
    public URI proxy() {
        return proxy;
    }

    /** Where reports and health are. */
    public URI console() {
        return console;
    }

    /** Who may ask it. */
    ServedAccess access() {
        return access;
    }

    /** The settings it runs with. */
    public Settings settings() {
        return settings;
    }

    /** Drains, then closes; only the first call does anything. */
    @Override
    public void close() {
        if (serving.getAndSet(false)) {
            LOG.info(
                    "draining: no new connections, exchanges in flight may go on for {} s",
                    settings.downstream().drainTimeout().toSeconds());
        }
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }

    /** A watch with the export beside it, where metrics are exported. */
    private BooksWatch exported(BooksWatch watch, Map<String, String> env) {
        Optional<OtlpExport> export = OtlpExport.start(settings, env, Version.number());
        export.ifPresent(one -> closings.push(one::close));
        return export.map(watch::and).orElse(watch);
    }

    /** What serves beside the ledger. */
    private record Served(
            ServedRates rates, AlertDesk desk, Metrics metrics, ServedState state, ServedStatements statements) {}

    private ConsoleParts parts(Ledger ledger, Served served) {
        return new ConsoleParts(
                ledger.reports(),
                served.rates(),
                ledger.archive(),
                served.desk(),
                ledger.virtualKeys(),
                ledger.credits(),
                ledger.limits(),
                ledger.insights(),
                served.metrics(),
                served.state(),
                ledger.trail(),
                access.access(),
                ledger.pulse(),
                Version.number(),
                served.statements(),
                served.rates()::table);
    }

    private void collect(ProxyServer proxyServer, Batches batches, @Nullable String apiKey, Clock clock) {
        BatchKeys keys = proxyServer.batchKeys();
        if (keys == null) {
            return;
        }
        Collector collector =
                new Collector(proxy, batches, keys, apiKey, settings.batches().pollInterval(), clock);
        closings.push(collector::close);
        collector.start();
    }

    private void reconcileDaily(Ledger ledger, Map<String, String> env, Clock clock) {
        if (!settings.reconcile().daily()) {
            return;
        }
        DailyReconciliation daily =
                new DailyReconciliation(settings, ledger.reports(), ledger.archive(), env, clock, ledger.alerts());
        closings.push(daily::close);
        daily.start(alone("reconcile"));
    }

    /** What nobody raises by itself. */
    private Runnable watch(Ledger ledger, Clock clock) {
        LagWatch lag = new LagWatch(ledger.reports()::lag, settings.alerts().storeBehind(), ledger.alerts(), clock);
        CreditWatch credits = new CreditWatch(
                ledger.credits(),
                ledger.reports(),
                ledger.archive(),
                settings.alerts().creditsBelow(),
                ledger.alerts(),
                clock);
        return () -> {
            lag.run();
            credits.run();
        };
    }

    private static ScheduledExecutorService alone(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, name);
            named.setDaemon(true);
            return named;
        });
    }

    /** The URL of an address; where it is every address of this machine, the loopback one. */
    private static URI url(InetSocketAddress bound) {
        InetAddress address =
                bound.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound.getAddress();
        String host = address.getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }
}
