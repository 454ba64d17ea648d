package dev.reckoner.console.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.LimitRule;
import dev.reckoner.config.Settings;
import dev.reckoner.console.ServerState;
import dev.reckoner.console.TestState;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.limit.Limit;
import dev.reckoner.ledger.limit.Standing;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/metrics.md names every metric there is, and no other; limits that are shown, and those that aren't. */
final class MetricNamesTest {
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (reckoner_[a-z_]+) ");
    private static final Pattern NAMED = Pattern.compile("`(reckoner_[a-z_]+)`");

    private final Metrics metrics = new Metrics(Settings.defaults().metrics());

    @Test
    void document_namesEveryMetric_andNoOther() throws IOException {
        Set<String> documented = new TreeSet<>();
        try (var lines = Files.lines(root().resolve("docs/metrics.md"))) {
            lines.filter(line -> line.startsWith("| `")).forEach(line -> {
                Matcher name = NAMED.matcher(line);
                while (name.find()) {
                    documented.add(name.group(1));
                }
            });
        }
        Entry entry = MetricsTest.message("claude-opus-5-5", "core", MetricsTest.line(TokenType.OUTPUT, 1, "1"));
        metrics.made(entry);
        metrics.made(MetricsTest.refused());
        metrics.corrected(entry, entry);
        Set<String> there = new TreeSet<>();
        Matcher family = FAMILY.matcher(text(state("all 50/day")));
        while (family.find()) {
            there.add(family.group(1));
        }
        assertTrue(there.size() > 40, there.toString());
        assertEquals(there, documented);
    }

    @Test
    void limits_ofAllTeamsAndProjects_areShown_andThoseOfUsersAreNot() {
        ServerState state = state("all 50/day", "team=search 400000 itpm", "user=ada 1/day", "tag=env=x 1 concurrent");
        Scrape.Seen seen = Scrape.of(metrics, state, "");
        assertEquals(50, seen.get("reckoner_limit{measure=\"usd/day\",subject=\"all\"}"));
        assertEquals(400_000, seen.get("reckoner_limit{measure=\"itpm\",subject=\"team=search\"}"));
        assertEquals(0.5, seen.get("reckoner_limit_spent{measure=\"usd/day\",subject=\"all\"}"));
        assertEquals(0.25, seen.get("reckoner_limit_reserved{measure=\"usd/day\",subject=\"all\"}"));
        assertEquals(
                2,
                seen.names().stream()
                        .filter(name -> name.startsWith("reckoner_limit{"))
                        .count());
    }

    @Test
    void limits_moreThanTeams_areLeftOut() {
        Metrics few = new Metrics(
                new Settings.MetricSettings(30, 2, Settings.defaults().metrics().otlp()));
        Scrape.Seen seen = Scrape.of(few, state("team=a 1/day", "team=b 1/day", "team=c 1/day"), "");
        assertEquals(
                2,
                seen.names().stream()
                        .filter(name -> name.startsWith("reckoner_limit{"))
                        .count());
    }

    private String text(ServerState state) {
        return new String(metrics.write(metrics.writer(""), state), StandardCharsets.UTF_8);
    }

    private static ServerState state(String... rules) {
        ServerState state = TestState.STATE;
        List<Standing> standings = List.of(rules).stream()
                .map(rule -> LimitRule.parse(rule).orElseThrow())
                .map(rule -> new Standing(
                        new Limit("spl_1", rule, null, Limit.Origin.BOOKS),
                        rule.subject(),
                        new BigDecimal("0.5"),
                        BigDecimal.ZERO,
                        new BigDecimal("0.25"),
                        BigDecimal.ONE,
                        null,
                        null))
                .toList();
        return new ServerState(
                state.about(),
                state.at(),
                state.ready(),
                state.traffic(),
                state.journal(),
                state.lag(),
                standings,
                state.alertsRaised(),
                state.alertsDropped(),
                state.books());
    }

    private static Path root() {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.exists(place.resolve("ARCHITECTURE.md"))) {
                return place;
            }
        }
        throw new AssertionError("no ARCHITECTURE.md above " + Path.of("").toAbsolutePath());
    }
}
