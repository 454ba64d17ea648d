package dev.reckoner.console.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.config.Settings.MetricSettings;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What entries are counted as, in bounded series that can be read back whatever names they carry. */
final class MetricsTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final String MODEL = "claude-opus-5-5";

    private final Metrics metrics = metrics(30, 30);

    @Test
    void entry_rated_countsTokensByClassAndMoney() {
        metrics.made(message(MODEL, "core", line(TokenType.INPUT, 100, "0.5"), line(TokenType.OUTPUT, 7, "0.25")));
        metrics.made(message(MODEL, "core", line(TokenType.INPUT, 11, "0.125"), line(TokenType.WEB_SEARCH, 2, "0.02")));

        Scrape.Seen seen = Scrape.of(metrics);
        assertEquals(111, seen.get("reckoner_tokens_total{class=\"input\",model=\"claude-opus-5-5\",team=\"core\"}"));
        assertEquals(7, seen.get("reckoner_tokens_total{class=\"output\",model=\"claude-opus-5-5\",team=\"core\"}"));
        assertEquals(
                0, seen.get("reckoner_tokens_total{class=\"cache_read\",model=\"claude-opus-5-5\",team=\"core\"}"));
        assertEquals(2, seen.get("reckoner_web_searches_total{model=\"claude-opus-5-5\",team=\"core\"}"));
        assertEquals(0.895, seen.get("reckoner_cost_usd_total{model=\"claude-opus-5-5\",team=\"core\"}"), 1e-12);
        assertEquals(2, seen.get("reckoner_exchanges_total{outcome=\"ok_upstream_complete\",route=\"messages\"}"));
        assertEquals(2, seen.get("reckoner_entries_total{status=\"rated\"}"));
    }

    @Test
    void entry_ofNobody_isNotStated() {
        metrics.made(message(MODEL, null, line(TokenType.OUTPUT, 1, "1")));
        assertEquals(
                1, Scrape.of(metrics).get("reckoner_cost_usd_total{model=\"claude-opus-5-5\",team=\"(not stated)\"}"));
    }

    @Test
    void durations_ofMessages_areObserved_andOfItemsAreNot() {
        metrics.made(message(MODEL, null));
        metrics.made(entry(closing(Route.BATCH_ITEM, Outcome.OK_UPSTREAM_COMPLETE, MODEL, null, 200), List.of()));
        metrics.made(entry(closing(Route.MESSAGES, Outcome.FAILED_LOCAL_INTERRUPTED, MODEL, null, 200), List.of()));

        Scrape.Seen seen = Scrape.of(metrics);
        String labels = "model=\"claude-opus-5-5\",route=\"messages\"";
        assertEquals(1, seen.get("reckoner_exchange_duration_seconds_count{" + labels + "}"));
        assertEquals(2.0, seen.get("reckoner_exchange_duration_seconds_sum{" + labels + "}"));
        assertEquals(0, seen.get("reckoner_exchange_duration_seconds_bucket{" + labels + ",le=\"1.0\"}"));
        assertEquals(1, seen.get("reckoner_exchange_duration_seconds_bucket{" + labels + ",le=\"2.5\"}"));
        assertEquals(2.0, seen.get("reckoner_first_byte_seconds_sum{" + labels + "}"), "held whole: at its end");
        assertFalse(seen.names().stream().anyMatch(name -> name.contains("route=\"batch_item\",model")));
    }

    @Test
    void refusals_areToldApartByWhatWasAnswered() {
        for (int status : new int[] {429, 429, 403, 401}) {
            metrics.made(entry(closing(Route.MESSAGES, Outcome.FAILED_LOCAL_REFUSED, null, null, status), List.of()));
        }
        Scrape.Seen seen = Scrape.of(metrics);
        assertEquals(2, seen.get("reckoner_refusals_total{reason=\"limit\"}"));
        assertEquals(1, seen.get("reckoner_refusals_total{reason=\"model\"}"));
        assertEquals(1, seen.get("reckoner_refusals_total{reason=\"key\"}"));
    }

    @Test
    void corrections_upAndDown_areCountedApart() {
        Entry dear = message(MODEL, null, line(TokenType.OUTPUT, 1, "3"));
        Entry cheap = message(MODEL, null, line(TokenType.OUTPUT, 1, "1"));
        metrics.corrected(dear, cheap);
        metrics.corrected(cheap, dear);
        metrics.corrected(cheap, dear);

        Scrape.Seen seen = Scrape.of(metrics);
        assertEquals(3, seen.get("reckoner_corrections_total"));
        assertEquals(2, seen.get("reckoner_corrected_usd_total{direction=\"down\"}"));
        assertEquals(4, seen.get("reckoner_corrected_usd_total{direction=\"up\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"} 1\nreckoner_ready 0\nx{y=\"",
                "back\\slash",
                "back\\\"both",
                "line\nfeed\r\u0085\u2028",
                "\u0000\u0007\u001b[31mred",
                "\ud800 half a pair",
                "# EOF",
                "{}=,",
                "<script>alert(1)</script>",
                "ümläut 日本 🚀"
            })
    void names_whateverTheyHold_stayInOneLabel(String hostile) {
        metrics.made(message(MODEL, hostile, line(TokenType.OUTPUT, 3, "1")));
        metrics.made(message(hostile, "core", line(TokenType.OUTPUT, 4, "1")));

        for (String accept : List.of("", "application/openmetrics-text; version=1.0.0")) {
            Scrape.Seen seen = Scrape.of(metrics, accept);
            assertEquals(1, seen.get("reckoner_ready"), "still what the server says");
            List<String> costs = seen.names().stream()
                    .filter(name -> name.startsWith("reckoner_cost_usd_total{"))
                    .toList();
            assertEquals(2, costs.size(), costs.toString());
        }
    }

    @Test
    void names_thatDifferByHalfAPairOnly_areOneSeries() {
        metrics.made(message(MODEL, "a\ud800", line(TokenType.OUTPUT, 1, "1")));
        metrics.made(message(MODEL, "a\ud801", line(TokenType.OUTPUT, 1, "1")));
        assertEquals(2, Scrape.of(metrics).get("reckoner_cost_usd_total{model=\"claude-opus-5-5\",team=\"a\ufffd\"}"));
    }

    @Test
    void names_beyondTheBound_areOther_andTheFirstStay() {
        Metrics bounded = metrics(2, 3);
        for (int model = 0; model < 20; model++) {
            for (int team = 0; team < 20; team++) {
                bounded.made(message("model-" + model, "team-" + team, line(TokenType.OUTPUT, 1, "0.5")));
            }
        }
        Scrape.Seen seen = Scrape.of(bounded);
        List<String> costs = seen.names().stream()
                .filter(name -> name.startsWith("reckoner_cost_usd_total{"))
                .toList();
        assertEquals(3 * 4, costs.size(), costs.toString());
        assertEquals(0.5, seen.get("reckoner_cost_usd_total{model=\"model-1\",team=\"team-2\"}"));
        assertEquals(18 * 17 * 0.5, seen.get("reckoner_cost_usd_total{model=\"other\",team=\"other\"}"));
        assertEquals(200, costs.stream().mapToDouble(name -> seen.get(name)).sum());
    }

    @Test
    void model_thatOnlyARequestHasNamed_getsNoSeries() {
        Line unknown = new Line(
                0, "junk-from-a-client", TokenType.INPUT, 5, null, BigDecimal.ONE, null, null, null, null, null, null);
        Closing aborted = closing(Route.MESSAGES, Outcome.FAILED_DOWNSTREAM_ABORTED, null, "core", 0);
        metrics.made(new Entry(
                aborted, new Charge(List.of(unknown), RatingStatus.PENDING, "no_rate", true, "request_bytes"), START));

        Scrape.Seen seen = Scrape.of(metrics);
        assertFalse(
                seen.names().stream().anyMatch(name -> name.contains("junk")),
                seen.names().toString());
        assertEquals(5, seen.get("reckoner_tokens_total{class=\"input\",model=\"other\",team=\"core\"}"));
        assertEquals(1, seen.get("reckoner_entries_estimated_total"));
    }

    @Test
    void series_ofUsersSessionsAndKeys_thereAreNone() {
        metrics.made(message(MODEL, "core", line(TokenType.OUTPUT, 3, "1")));
        Set<String> labels = new TreeSet<>();
        Scrape.of(metrics).names().forEach(name -> Scrape.labels(name).forEach(labels::add));
        assertEquals(
                new TreeSet<>(Set.of(
                        "area", "class", "java", "kind", "le", "model", "outcome", "route", "state", "status", "team",
                        "version")),
                labels);
    }

    @Test
    void journal_writesAndSyncs_areCounted() {
        metrics.written(100);
        metrics.written(28);
        metrics.synced(2_000_000);
        Scrape.Seen seen = Scrape.of(metrics);
        assertEquals(128, seen.get("reckoner_journal_written_bytes_total"));
        assertEquals(1, seen.get("reckoner_journal_sync_seconds_count"));
        assertEquals(0, seen.get("reckoner_journal_sync_seconds_bucket{le=\"0.001\"}"));
        assertEquals(1, seen.get("reckoner_journal_sync_seconds_bucket{le=\"0.0025\"}"));
    }

    @Test
    void state_isWhatTheServerSays() {
        Scrape.Seen seen = Scrape.of(metrics);
        assertEquals(90, seen.get("reckoner_uptime_seconds"));
        assertEquals(3, seen.get("reckoner_exchanges_in_flight"));
        assertEquals(4, seen.get("reckoner_exchanges_unbooked_total"));
        assertEquals(7, seen.get("reckoner_upstream_connections{state=\"idle\"}"));
        assertEquals(2, seen.get("reckoner_upstream_connections{state=\"used\"}"));
        assertEquals(8, seen.get("reckoner_upstream_waiting"));
        assertEquals(4096, seen.get("reckoner_journal_bytes"));
        assertEquals(0, seen.get("reckoner_journal_unwritable"));
        assertEquals(1.5, seen.get("reckoner_store_lag_seconds"));
        assertEquals(14, seen.get("reckoner_alerts_total{kind=\"variance\"}"));
        assertEquals(0, seen.get("reckoner_alerts_total{kind=\"bypass\"}"));
        assertEquals(16, seen.get("reckoner_entries_pending"));
        assertEquals(18, seen.get("reckoner_batches{state=\"uncollected\"}"));
        assertEquals(0.875, seen.get("reckoner_reconciliation_coverage_ratio"));
        assertEquals(1.75, seen.get("reckoner_reconciliation_difference_usd"));
        assertEquals(0, seen.get("reckoner_reconciliation_matched"));
        assertTrue(seen.get("reckoner_threads") > 0);
    }

    private static Metrics metrics(int models, int teams) {
        return new Metrics(
                new MetricSettings(models, teams, Settings.defaults().metrics().otlp()));
    }

    static Entry message(String model, @Nullable String team, Line... lines) {
        List<Line> ofModel = List.of(lines).stream()
                .map(line -> new Line(
                        0,
                        model,
                        line.type(),
                        line.quantity(),
                        line.rate(),
                        line.factor(),
                        line.amount(),
                        null,
                        null,
                        null,
                        null,
                        null))
                .toList();
        return entry(closing(Route.MESSAGES, Outcome.OK_UPSTREAM_COMPLETE, model, team, 200), ofModel);
    }

    static Line line(TokenType type, long quantity, String amount) {
        return new Line(
                0,
                MODEL,
                type,
                quantity,
                BigDecimal.ONE,
                BigDecimal.ONE,
                new BigDecimal(amount),
                null,
                null,
                null,
                null,
                null);
    }

    private static Entry entry(Closing closing, List<Line> lines) {
        return new Entry(closing, new Charge(lines, RatingStatus.RATED, null, false, null), closing.endedAt());
    }

    static Entry refused() {
        return entry(closing(Route.MESSAGES, Outcome.FAILED_LOCAL_REFUSED, null, null, 429), List.of());
    }

    private static Closing closing(
            Route route, Outcome outcome, @Nullable String model, @Nullable String team, int status) {
        Attribution attribution = new Attribution(
                new Attribution.Part("ada", Attribution.Source.PATH),
                team == null ? null : new Attribution.Part(team, Attribution.Source.HEADER),
                null,
                new Attribution.Part("s-1", Attribution.Source.BODY),
                List.of("env=prod"),
                new KeyRef("0123456789abcdef0123456789abcdef", "sk-ant-api03-R2D...igAA", KeyRef.Kind.API_KEY),
                null);
        Opening opening = new Opening(
                ExchangeId.parse("019aa000-0000-7000-8000-0000000000ff"),
                START,
                route,
                "POST",
                "/v1/messages",
                attribution,
                Asked.NOTHING,
                null);
        Reading reading = new Reading("msg_1", model, null, true, null, null, null, 0, List.of(), null);
        return new Closing(
                opening, START.plusSeconds(2), null, status, outcome, null, null, null, null, 10, 20, reading, null);
    }
}
