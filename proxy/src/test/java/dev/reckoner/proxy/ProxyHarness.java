package dev.reckoner.proxy;

import dev.reckoner.config.HostPort;
import dev.reckoner.config.Settings;
import dev.reckoner.config.Settings.JournalUnwritable;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.limit.Admission;
import dev.reckoner.proxy.attribute.Identities;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A proxy on a free port with recording books, and the settings that tests turn. */
final class ProxyHarness implements AutoCloseable {

    final RecordingBooks books;
    final RecordingBatches batches = new RecordingBatches();

    private final ProxyServer proxy;
    private final Path secret;

    private ProxyHarness(Settings settings, RecordingBooks books, Admission admission) throws IOException {
        this(settings, books, admission, Identities::unknown, Clock.systemUTC());
    }

    private ProxyHarness(
            Settings settings,
            RecordingBooks books,
            Admission admission,
            Function<KeyHasher, Identities> identities,
            Clock clock)
            throws IOException {
        this.books = books;
        Path directory = Files.createTempDirectory("reckoner-proxy-test");
        secret = directory.resolve("secret");
        proxy = ProxyServer.start(
                settings,
                new ProxyParts(
                        books,
                        batches,
                        new ExchangeIds(clock),
                        identities.apply(KeyHasher.load(secret)),
                        admission,
                        clock));
    }

    static ProxyHarness before(URI upstream) throws IOException {
        return before(upstream, settings -> settings);
    }

    static ProxyHarness before(URI upstream, UnaryOperator<Settings> turned) throws IOException {
        return new ProxyHarness(turned.apply(settings(upstream)), new RecordingBooks(), Admission.OPEN);
    }

    static ProxyHarness before(URI upstream, RecordingBooks books) throws IOException {
        return new ProxyHarness(settings(upstream), books, Admission.OPEN);
    }

    static ProxyHarness before(URI upstream, RecordingBooks books, UnaryOperator<Settings> turned) throws IOException {
        return new ProxyHarness(turned.apply(settings(upstream)), books, Admission.OPEN);
    }

    static ProxyHarness before(URI upstream, Admission admission) throws IOException {
        return new ProxyHarness(settings(upstream), new RecordingBooks(), admission);
    }

    /** Where somebody is known, and a listener that believes clients or not. */
    static ProxyHarness before(
            URI upstream, Settings.Trust trust, Function<KeyHasher, Identities> identities, Clock clock)
            throws IOException {
        return new ProxyHarness(
                believing(settings(upstream), trust), new RecordingBooks(), Admission.OPEN, identities, clock);
    }

    InetSocketAddress address() {
        return proxy.address();
    }

    ProxyState state() {
        return proxy.state();
    }

    RawClient client() throws IOException {
        return new RawClient(proxy.address());
    }

    void stop() {
        proxy.close();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        books.close();
        Files.deleteIfExists(secret);
        Files.deleteIfExists(secret.getParent());
    }

    static Settings downstream(Settings s, UnaryOperator<Settings.Downstream> turned) {
        return new Settings(
                turned.apply(s.downstream()),
                s.upstream(),
                s.ledger(),
                s.console(),
                s.aborts(),
                s.metering(),
                s.attribution(),
                s.rating(),
                s.batches(),
                s.reconcile(),
                s.alerts(),
                s.metrics());
    }

    static Settings upstream(Settings s, UnaryOperator<Settings.Upstream> turned) {
        return new Settings(
                s.downstream(),
                turned.apply(s.upstream()),
                s.ledger(),
                s.console(),
                s.aborts(),
                s.metering(),
                s.attribution(),
                s.rating(),
                s.batches(),
                s.reconcile(),
                s.alerts(),
                s.metrics());
    }

    static Settings aborts(Settings s, Settings.Aborts aborts) {
        return new Settings(
                s.downstream(),
                s.upstream(),
                s.ledger(),
                s.console(),
                aborts,
                s.metering(),
                s.attribution(),
                s.rating(),
                s.batches(),
                s.reconcile(),
                s.alerts(),
                s.metrics());
    }

    static Settings listening(Settings s, int port) {
        return downstream(
                s,
                d -> new Settings.Downstream(
                        new HostPort("127.0.0.1", port),
                        d.connectionsMax(),
                        d.requestLineBytesMax(),
                        d.headerBytesMax(),
                        d.headerFieldsMax(),
                        d.bodyBytesMax(),
                        d.headerTimeout(),
                        d.bodyIdleTimeout(),
                        d.keepAliveTimeout(),
                        d.drainTimeout()));
    }

    private static Settings believing(Settings s, Settings.Trust trust) {
        return new Settings(
                s.downstream(),
                s.upstream(),
                s.ledger(),
                s.console(),
                s.aborts(),
                s.metering(),
                new Settings.AttributionSettings(trust, 256, 32, null, List.of()),
                s.rating(),
                s.batches(),
                s.reconcile(),
                s.alerts(),
                s.metrics());
    }

    static Settings unmetered(Settings s) {
        Settings.LedgerSettings l = s.ledger();
        return new Settings(
                s.downstream(),
                s.upstream(),
                new Settings.LedgerSettings(
                        l.directory(),
                        JournalUnwritable.SERVE_UNMETERED,
                        l.journalQueueMax(),
                        l.journalSegmentBytes(),
                        l.applyBatchMax(),
                        l.applyInterval(),
                        l.bookingInstant(),
                        l.rules(),
                        l.limits()),
                s.console(),
                s.aborts(),
                s.metering(),
                s.attribution(),
                s.rating(),
                s.batches(),
                s.reconcile(),
                s.alerts(),
                s.metrics());
    }

    private static Settings settings(URI url) {
        Settings defaults = Settings.defaults();
        Settings settings = downstream(
                defaults,
                d -> new Settings.Downstream(
                        new HostPort("127.0.0.1", 0),
                        d.connectionsMax(),
                        d.requestLineBytesMax(),
                        d.headerBytesMax(),
                        d.headerFieldsMax(),
                        d.bodyBytesMax(),
                        d.headerTimeout(),
                        d.bodyIdleTimeout(),
                        d.keepAliveTimeout(),
                        Duration.ofSeconds(5)));
        return upstream(
                settings,
                u -> new Settings.Upstream(
                        url, u.caFile(), u.connectTimeout(), u.idleTimeout(), u.poolIdleTimeout(), u.poolIdleMax()));
    }
}
