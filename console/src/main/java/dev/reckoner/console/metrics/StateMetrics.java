package dev.reckoner.console.metrics;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.console.ServerState;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.limit.Standing;
import io.prometheus.metrics.model.snapshots.Labels;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures of a server's present state. */
final class StateMetrics {
    private static final double MILLIS = 1e3;

    /** Limits of users, keys and tags are as many as there are of these, and their names are nobody's business here. */
    private static final Set<Subject.Kind> SHOWN = Set.of(Subject.Kind.ALL, Subject.Kind.TEAM, Subject.Kind.PROJECT);

    private final int limitsMax;

    /** At most so many limits are shown. */
    StateMetrics(int limitsMax) {
        this.limitsMax = limitsMax;
    }

    void add(Figures figures, ServerState state) {
        figures.gauge("reckoner_ready", "Whether new exchanges can be booked: 1 or 0.", state.ready() ? 1 : 0);
        figures.gauge(
                "reckoner_start_time_seconds",
                "When the server was started, in seconds since 1970.",
                seconds(state.about().startedAt()));
        figures.gauge(
                "reckoner_uptime_seconds",
                "For how long it has been running.",
                seconds(Duration.between(state.about().startedAt(), state.at())));
        figures.gauge(
                "reckoner_build_info",
                "1; the labels say what is running.",
                Map.of(
                        Labels.of(
                                "java",
                                System.getProperty("java.version", ""),
                                "version",
                                state.about().version()),
                        1.0));
        traffic(figures, state.traffic());
        journal(figures, state);
        limits(figures, state.limits());
        alerts(figures, state);
        ServerState.Books books = state.books();
        if (books != null) {
            books(figures, books);
        }
    }

    private static void traffic(Figures figures, ServerState.Traffic traffic) {
        figures.gauge(
                "reckoner_exchanges_in_flight",
                "Exchanges that have begun and have not come to their end.",
                traffic.inFlight());
        figures.counter(
                "reckoner_exchanges_unbooked",
                "Exchanges served without being booked, where ledger.journal_unwritable says so.",
                traffic.unbooked());
        figures.gauge(
                "reckoner_drains", "Exchanges whose client is lost and whose upstream is read on.", traffic.drains());
        figures.gauge("reckoner_client_connections", "Open connections of clients.", traffic.clientConnections());
        figures.gauge(
                "reckoner_upstream_connections",
                "Open connections to the upstream.",
                Figures.by(
                        "state",
                        new TreeMap<>(Map.of(
                                "idle",
                                traffic.upstreamIdle(),
                                "used",
                                Math.max(0, traffic.upstreamOpen() - traffic.upstreamIdle())))));
        figures.gauge(
                "reckoner_upstream_waiting",
                "Exchanges that wait for a new connection to the upstream.",
                traffic.upstreamWaiting());
    }

    private static void journal(Figures figures, ServerState state) {
        figures.gauge(
                "reckoner_journal_bytes",
                "What the journal's files hold that the store has not let go of.",
                state.journal().bytes());
        figures.gauge(
                "reckoner_journal_frames_waiting",
                "Frames that wait to be written.",
                state.journal().framesWaiting());
        figures.counter(
                "reckoner_journal_frames",
                "Frames that were synced.",
                state.journal().framesSynced());
        figures.gauge(
                "reckoner_journal_unwritable",
                "1 while the journal can't be written, else 0.",
                state.journal().writable() ? 0 : 1);
        figures.gauge(
                "reckoner_store_lag_frames",
                "Frames in the journal that the store has not taken yet.",
                state.lag().frames());
        figures.gauge(
                "reckoner_store_lag_seconds",
                "For how long the store has been behind.",
                seconds(state.lag().age()));
    }

    private void limits(Figures figures, Iterable<Standing> standings) {
        Map<Labels, Double> caps = new LinkedHashMap<>();
        Map<Labels, Double> spent = new LinkedHashMap<>();
        Map<Labels, Double> reserved = new LinkedHashMap<>();
        for (Standing standing : standings) {
            BigDecimal cap = quantity(standing.limit().rule().cap());
            if (cap == null
                    || caps.size() >= limitsMax
                    || !SHOWN.contains(standing.subject().kind())) {
                continue;
            }
            Labels labels = Labels.of(
                    "measure",
                    standing.limit().rule().cap().measure(),
                    "subject",
                    standing.subject().toString());
            caps.put(labels, cap.doubleValue());
            put(spent, labels, standing.spent());
            put(reserved, labels, standing.reserved());
        }
        figures.gauge("reckoner_limit", "What a limit allows, in the unit of its measure.", caps);
        figures.gauge("reckoner_limit_spent", "What the books have towards it, in its present window.", spent);
        figures.gauge("reckoner_limit_reserved", "What exchanges in flight hold of it.", reserved);
    }

    private static void put(Map<Labels, Double> values, Labels labels, @Nullable BigDecimal value) {
        if (value != null) {
            values.put(labels, value.doubleValue());
        }
    }

    private static @Nullable BigDecimal quantity(Cap cap) {
        if (cap instanceof Cap.Budget budget) {
            return budget.usd();
        }
        if (cap instanceof Cap.PerMinute flow) {
            return BigDecimal.valueOf(flow.most());
        }
        return cap instanceof Cap.Concurrent concurrent ? BigDecimal.valueOf(concurrent.most()) : null;
    }

    private static void alerts(Figures figures, ServerState state) {
        Map<String, Long> raised = new TreeMap<>();
        for (Alert.Kind kind : Alert.Kind.values()) {
            raised.put(
                    kind.name().toLowerCase(Locale.ROOT), state.alertsRaised().getOrDefault(kind, 0L));
        }
        figures.counter(
                "reckoner_alerts",
                "Alerts that were raised, those among them that say what is known already.",
                Figures.by("kind", raised));
        figures.counter("reckoner_alerts_dropped", "Alerts that found no room.", state.alertsDropped());
    }

    private static void books(Figures figures, ServerState.Books books) {
        figures.gauge(
                "reckoner_entries_pending", "Entries that have no rate yet, in all the books.", books.entriesPending());
        figures.gauge(
                "reckoner_batches",
                "Batches that have not ended, and those that have and whose results nobody has downloaded.",
                Figures.by(
                        "state",
                        new TreeMap<>(Map.of("open", books.batchesOpen(), "uncollected", books.batchesUncollected()))));
        ServerState.Reconciled last = books.reconciled();
        if (last == null) {
            return;
        }
        figures.gauge(
                "reckoner_reconciliation_timestamp_seconds",
                "When the last reconciliation was made, in seconds since 1970.",
                seconds(last.madeAt()));
        figures.gauge(
                "reckoner_reconciliation_matched",
                "Whether bill and ledger agreed in it: 1 or 0.",
                last.matched() ? 1 : 0);
        figures.gauge(
                "reckoner_reconciliation_difference_usd",
                "Billed minus ledger in it.",
                last.difference().doubleValue());
        figures.gauge(
                "reckoner_reconciliation_variance_usd",
                "The differences of all cells in it, without their signs.",
                last.variance().doubleValue());
        BigDecimal coverage = last.coverage();
        if (coverage != null) {
            figures.gauge(
                    "reckoner_reconciliation_coverage_ratio",
                    "The share of the bill that passed through the proxy, 0 to 1.",
                    coverage.doubleValue());
        }
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / MILLIS;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }
}
