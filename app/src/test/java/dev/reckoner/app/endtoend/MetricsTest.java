package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that has served says at /metrics is what it has booked; and Prometheus and the dashboard understand it. */
final class MetricsTest {
    private static final long SEED = 20261122;
    private static final int CLIENTS = 4;
    private static final int EXCHANGES = 200;
    private static final double EXACT_TO = 1e-9;
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(reckoner_[a-z_]+)(\\{.*})? ([0-9.E+-]+)$");
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (reckoner_[a-z_]+) (\\w+)$");
    private static final Pattern RULES = Pattern.compile("(?s)```yaml\n(groups:.*?)```");

    /** Panels that stand empty until somebody reconciles or corrects something. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("Coverage of the bill", "Bill minus ledger", "Corrections");

    @TempDir
    private Path directory;

    @Test
    void metrics_afterTraffic_areTheBooks() throws Exception {
        try (Simulator simulator = simulator();
                RunningServer server = server(simulator)) {
            new Load(new Mix(SEED)::body).send(server.proxy(), CLIENTS, EXCHANGES);
            Sums sums = settled(simulator, server);
            String text = scrape(server);

            assertEquals((double) sums.exchanges(), sum(text, "reckoner_exchanges_total", "route=\"messages\""));
            assertEquals((double) sums.exchanges(), sum(text, "reckoner_entries_total", ""));
            assertEquals((double) sums.pending(), sum(text, "reckoner_entries_total", "status=\"pending\""));
            assertEquals((double) sums.estimated(), sum(text, "reckoner_entries_estimated_total", ""));
            assertEquals(
                    (double) sums.exchanges(),
                    sum(text, "reckoner_exchange_duration_seconds_count", "route=\"messages\""));
            for (TokenType type : TokenType.values()) {
                boolean search = type == TokenType.WEB_SEARCH;
                String label = "class=\"" + type.name().toLowerCase(Locale.ROOT) + "\"";
                assertEquals(
                        (double) sums.quantity(type),
                        search
                                ? sum(text, "reckoner_web_searches_total", "")
                                : sum(text, "reckoner_tokens_total", label),
                        type.name());
            }
            double amount = sums.amount().doubleValue();
            assertTrue(amount > 0.01, "something was spent");
            assertEquals(amount, sum(text, "reckoner_cost_usd_total", ""), EXACT_TO);
            assertEquals(0, sum(text, "reckoner_exchanges_in_flight", ""));
            assertEquals(3, sums(text, "reckoner_limit", "team"), "one for each team");
            assertFalse(text.contains("user-"), "nobody is named");
            assertFalse(text.contains("sk-ant"), "no key is");
        }
    }

    @Test
    void dashboard_everyMetricItNames_isThere() throws Exception {
        try (Simulator simulator = simulator();
                RunningServer server = server(simulator)) {
            new Load(new Mix(SEED)::body).send(server.proxy(), 1, 20);
            settled(simulator, server);
            Set<String> there = new TreeSet<>();
            Matcher family = FAMILY.matcher(scrape(server));
            while (family.find()) {
                there.add(family.group(1));
                if (family.group(2).equals("histogram")) {
                    Set.of("_bucket", "_sum", "_count").forEach(part -> there.add(family.group(1) + part));
                }
            }
            Matcher documented = Pattern.compile("`(reckoner_[a-z_]+)`")
                    .matcher(Files.readString(Dashboard.root().resolve("docs/metrics.md")));
            while (documented.find()) {
                there.add(documented.group(1));
            }
            Set<String> named = Dashboard.read().metrics();
            assertTrue(named.size() > 25, named.toString());
            named.removeAll(there);
            assertEquals(Set.of(), named);
        }
    }

    @Test
    @Tag("full")
    void prometheus_scrapesIt_andAnswersEveryPanel() throws Exception {
        try (Simulator simulator = simulator();
                RunningServer server = server(simulator);
                Prometheus prometheus = Prometheus.scraping(directory.resolve("prometheus"), server.console())) {
            Load load = new Load(new Mix(SEED)::body);
            for (int round = 1; round <= 6; round++) {
                load.send(server.proxy(), CLIENTS, round * 40L);
                prometheus.awaitScrapes(2);
            }
            settled(simulator, server);
            prometheus.awaitScrapes(2);
            for (Map.Entry<String, List<String>> panel :
                    Dashboard.read().questions().entrySet()) {
                for (String question : panel.getValue()) {
                    int series = prometheus.ask(question);
                    assertTrue(
                            series > 0 || MAY_BE_EMPTY.contains(panel.getKey()),
                            () -> panel.getKey() + " is empty: " + question);
                }
            }
            assertEquals(1, prometheus.ask("up == 1"));
        }
    }

    @Test
    @Tag("full")
    void promtool_findsNothingWrong() throws Exception {
        try (Simulator simulator = simulator();
                RunningServer server = server(simulator)) {
            new Load(new Mix(SEED)::body).send(server.proxy(), 1, 20);
            settled(simulator, server);
            Path scraped = Files.writeString(directory.resolve("metrics.txt"), scrape(server));
            assertEquals("", Prometheus.tool(scraped, "check", "metrics"));
        }
        Matcher rules = RULES.matcher(Files.readString(Dashboard.root().resolve("docs/metrics.md")));
        assertTrue(rules.find());
        Path file = Files.writeString(directory.resolve("rules.yml"), rules.group(1));
        String checked = Prometheus.tool(null, "check", "rules", file.toString());
        assertTrue(checked.contains("SUCCESS: 6 rules found"), checked);
    }

    private static Simulator simulator() throws IOException {
        return Simulator.start(SimulatorOptions.defaults().seed(SEED).gzip(true).faultRate(0.1));
    }

    /** A limit for each team, and one that refuses some of what the load sends. */
    private RunningServer server(Simulator simulator) {
        Settings settings = SettingsLoader.load(
                        null,
                        Map.of(),
                        Map.of(
                                "listen", "127.0.0.1:0",
                                "console.listen", "127.0.0.1:0",
                                "upstream.url", simulator.url().toString(),
                                "ledger.directory", directory.resolve("ledger").toString(),
                                "limits.rules",
                                        "team=* 1000/day,all 5000/day,user=user-3 models claude-haiku-5-5,team=team-1 1 rpm"))
                .settings();
        return RunningServer.start(settings, RateTables.builtIn(), Map.of(), Clock.systemUTC());
    }

    private static Sums settled(Simulator simulator, RunningServer server) throws Exception {
        assertTrue(simulator.served().awaitIdle(Duration.ofMinutes(1)));
        try (OpenBooks books = new LocalDoor(Clock.systemUTC()).open(server.settings(), server.console())) {
            Stack.awaitSettled(books.reports());
            Instant now = Instant.parse("2100-01-01T00:00:00Z");
            return books.reports().report(new ReportQuery(Instant.EPOCH, now, Bucket.ALL, List.of(), Map.of())).stream()
                    .map(ReportRow::sums)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String scrape(RunningServer server) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(server.console().resolve("/metrics")).build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        return response.body();
    }

    private static double sum(String text, String name, String label) {
        double sum = 0;
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            String labels = sample.group(2) == null ? "" : sample.group(2);
            if (sample.group(1).equals(name) && labels.contains(label)) {
                sum += Double.parseDouble(sample.group(3));
            }
        }
        return sum;
    }

    private static long sums(String text, String name, String label) {
        Matcher sample = SAMPLE.matcher(text);
        return sample.results()
                .filter(one -> one.group(1).equals(name) && one.group().contains("subject=\"" + label))
                .filter(one -> one.group().contains("usd/day"))
                .count();
    }
}
