package dev.reckoner.console.metrics;

import dev.reckoner.config.Settings.MetricSettings;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenType;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of entries. Confined to the journal's writer thread, where entries are made: each series is made once and
 * kept in plain maps, so that an entry costs some look-ups and no label is put together again.
 */
final class ExchangeMetrics {
    private static final double[] SECONDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600};
    private static final double NANOS = 1e9;

    private final BoundedNames models;
    private final BoundedNames teams;
    private final Map<String, Map<String, Series>> series = new HashMap<>();
    private final Map<Outcome, Map<Route, CounterDataPoint>> endings = new EnumMap<>(Outcome.class);
    private final Map<RatingStatus, CounterDataPoint> statuses = new EnumMap<>(RatingStatus.class);
    private final Map<Route, Map<String, Times>> times = new EnumMap<>(Route.class);

    private final Counter exchanges;
    private final Counter rated;
    private final Counter estimated;
    private final Counter refusals;
    private final Counter tokens;
    private final Counter searches;
    private final Counter cost;
    private final Histogram durations;
    private final Histogram firstBytes;

    ExchangeMetrics(MetricSettings settings, PrometheusRegistry registry) {
        models = new BoundedNames(settings.modelsMax());
        teams = new BoundedNames(settings.teamsMax());
        exchanges = Counter.builder()
                .name("reckoner_exchanges_total")
                .help("Exchanges and items of batches that were booked, by how they ended.")
                .labelNames("outcome", "route")
                .withoutExemplars()
                .register(registry);
        rated = Counter.builder()
                .name("reckoner_entries_total")
                .help("Entries of metered exchanges, by how far their amount can be relied on when they are made.")
                .labelNames("status")
                .withoutExemplars()
                .register(registry);
        estimated = Counter.builder()
                .name("reckoner_entries_estimated_total")
                .help("Entries of which a quantity is an estimate.")
                .withoutExemplars()
                .register(registry);
        refusals = Counter.builder()
                .name("reckoner_refusals_total")
                .help("Exchanges that were refused here: by a limit, for their model, or because of their virtual key.")
                .labelNames("reason")
                .withoutExemplars()
                .register(registry);
        tokens = Counter.builder()
                .name("reckoner_tokens_total")
                .help(
                        "Tokens that were booked, by class; input is what was neither read from a cache nor written to one.")
                .labelNames("class", "model", "team")
                .withoutExemplars()
                .register(registry);
        searches = Counter.builder()
                .name("reckoner_web_searches_total")
                .help("Web searches that were booked.")
                .labelNames("model", "team")
                .withoutExemplars()
                .register(registry);
        cost = Counter.builder()
                .name("reckoner_cost_usd_total")
                .help("USD that were booked, as they were rated when the entry was made.")
                .labelNames("model", "team")
                .withoutExemplars()
                .register(registry);
        durations = histogram(
                        "reckoner_exchange_duration_seconds",
                        "Seconds from a request's head to the end of its exchange.")
                .register(registry);
        firstBytes = histogram(
                        "reckoner_first_byte_seconds",
                        "Seconds from a request's head to the first byte of its response's body.")
                .register(registry);
    }

    /** Counts an entry. */
    void made(Entry entry) {
        Closing closing = entry.closing();
        Route route = closing.opening().route();
        endings.computeIfAbsent(closing.outcome(), ended -> new EnumMap<>(Route.class))
                .computeIfAbsent(route, of -> exchanges.labelValues(word(closing.outcome()), word(of)))
                .inc();
        if (closing.outcome() == Outcome.FAILED_LOCAL_REFUSED) {
            refusals.labelValues(reason(closing.status())).inc();
        }
        if (route.metered()) {
            charged(closing, entry.charge());
        }
        if (route != Route.BATCH_ITEM && closing.outcome() != Outcome.FAILED_LOCAL_INTERRUPTED) {
            timed(closing, route);
        }
    }

    private void charged(Closing closing, Charge charge) {
        statuses.computeIfAbsent(charge.status(), status -> rated.labelValues(word(status)))
                .inc();
        if (charge.estimated()) {
            estimated.inc();
        }
        Attribution.Part team = closing.opening().attribution().team();
        String teamName = teams.of(team == null ? null : team.value());
        String served = closing.reading().model();
        for (Line line : charge.lines()) {
            // a model that only a request has named could be anything
            boolean real = line.amount() != null || line.model().equals(served);
            series(real ? models.of(line.model()) : BoundedNames.OTHER, teamName)
                    .add(line);
        }
    }

    private void timed(Closing closing, Route route) {
        String served = closing.reading().model();
        String model = served == null ? BoundedNames.NOT_STATED : models.of(served);
        Instant start = closing.opening().startedAt();
        Times observed = times.computeIfAbsent(route, of -> new HashMap<>())
                .computeIfAbsent(model, of -> new Times(word(route), of));
        observed.whole.observe(seconds(start, closing.endedAt()));
        Instant first = firstByte(closing);
        if (first != null) {
            observed.first.observe(seconds(start, first));
        }
    }

    /** A body that was held whole until its entry was on disk begins when it ends. */
    private static @Nullable Instant firstByte(Closing closing) {
        Instant first = closing.firstByteAt();
        return first == null && closing.bytesOut() > 0 ? closing.endedAt() : first;
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos()) / NANOS;
    }

    private static String reason(int status) {
        return switch (status) {
            case 429 -> "limit";
            case 403 -> "model";
            default -> "key";
        };
    }

    private Series series(String model, String team) {
        return series.computeIfAbsent(model, name -> new HashMap<>())
                .computeIfAbsent(team, name -> new Series(model, name));
    }

    private static Histogram.Builder histogram(String name, String help) {
        Histogram.Builder builder =
                Histogram.builder().name(name).help(help).classicOnly().classicUpperBounds(SECONDS);
        builder.labelNames("route", "model").withoutExemplars();
        return builder;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The histograms of one route and model. */
    private final class Times {
        private final DistributionDataPoint whole;
        private final DistributionDataPoint first;

        Times(String route, String model) {
            whole = durations.labelValues(route, model);
            first = firstBytes.labelValues(route, model);
        }
    }

    /** The counters of one model and team. */
    private final class Series {
        private final Map<TokenType, CounterDataPoint> quantities = new EnumMap<>(TokenType.class);
        private final CounterDataPoint usd;

        Series(String model, String team) {
            for (TokenType type : TokenType.values()) {
                boolean search = type == TokenType.WEB_SEARCH;
                quantities.put(
                        type, search ? searches.labelValues(model, team) : tokens.labelValues(word(type), model, team));
            }
            usd = cost.labelValues(model, team);
        }

        void add(Line line) {
            CounterDataPoint quantity = quantities.get(line.type());
            if (quantity != null && line.quantity() > 0) {
                quantity.inc(line.quantity());
            }
            BigDecimal amount = line.amount();
            if (amount != null && amount.signum() > 0) {
                usd.inc(amount.doubleValue());
            }
        }
    }
}
