package dev.reckoner.app.serve;

import dev.reckoner.app.command.Version;
import dev.reckoner.config.Settings;
import dev.reckoner.console.ServerState;
import dev.reckoner.console.ServerState.About;
import dev.reckoner.console.ServerState.Traffic;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.proxy.ProxyServer;
import dev.reckoner.proxy.ProxyState;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the server stands, put together from its parts whenever it is asked. Any thread; waits for nothing. */
final class ServedState implements Supplier<ServerState> {
    private final Settings settings;
    private final Ledger ledger;
    private final BooksLook books;
    private final BooleanSupplier ready;
    private final Clock clock;
    private final Instant startedAt;
    private volatile @Nullable Listening listening;

    private record Listening(ProxyServer server, URI proxy, URI console) {}

    ServedState(Settings settings, Ledger ledger, BooksLook books, BooleanSupplier ready, Clock clock) {
        this.settings = settings;
        this.ledger = ledger;
        this.books = books;
        this.ready = ready;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** It listens, there. */
    void listening(ProxyServer server, URI proxy, URI console) {
        listening = new Listening(server, proxy, console);
    }

    @Override
    public ServerState get() {
        Listening now = listening;
        return new ServerState(
                new About(
                        Version.number(),
                        startedAt,
                        settings.upstream().url(),
                        now == null ? null : now.proxy(),
                        now == null ? null : now.console()),
                clock.instant(),
                ready.getAsBoolean(),
                now == null ? Traffic.NONE : traffic(now.server().state()),
                ledger.journalState(),
                ledger.reports().lag(),
                ledger.standings(),
                alertsRaised(),
                ledger.alerts().dropped(),
                books.last());
    }

    private Map<Alert.Kind, Long> alertsRaised() {
        Map<Alert.Kind, Long> raised = new EnumMap<>(Alert.Kind.class);
        for (Alert.Kind kind : Alert.Kind.values()) {
            raised.put(kind, ledger.alerts().raised(kind));
        }
        return raised;
    }

    private static Traffic traffic(ProxyState proxy) {
        return new Traffic(
                proxy.exchangesInFlight(),
                proxy.exchangesUnbooked(),
                proxy.drains(),
                proxy.clientConnections(),
                proxy.upstreamOpen(),
                proxy.upstreamIdle(),
                proxy.upstreamWaiting());
    }
}
