package dev.reckoner.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.insight.CacheCommand;
import dev.reckoner.app.insight.InsightsCommand;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Door;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.insight.ExchangeFact;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would have been cheaper, through the real command line. */
class InsightCommandsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String HOSTILE = "=cmd\u001b[31m|' /C calc";

    private final MemoryReports books = new MemoryReports();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    @BeforeEach
    void fill() {
        books.message(HOSTILE, "claude-opus-5-5", "2026-11-20T10:00:00Z", 1_000_000, 100_000);
        books.facts.add(new ExchangeFact(
                NOW,
                NOW,
                Outcome.FAILED_DOWNSTREAM_ABORTED,
                true,
                Map.of(Dimension.USER, HOSTILE, Dimension.MODEL, "claude-opus-5-5"),
                new TokenCounts(1_000L, 0L, 0L, 0L, null, null),
                0,
                new BigDecimal("0.004")));
    }

    private int run(String... args) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Shell shell = new Shell(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of("HOME", home.toString()),
                clock,
                false,
                80);
        Door door = (settings, console) -> MemoryBooks.open(books);
        return new CommandTree(shell, door)
                .commandLine(List.of(new InsightsCommand(shell, door), new CacheCommand(shell, door)))
                .execute(args);
    }

    @Test
    void insights_asText_fitTheTerminal_andAreHarmless() {
        assertEquals(0, run("insights"), err.toString());
        String text = out.toString();
        assertTrue(text.startsWith("What would have been cheaper, 2026-10-23 to 2026-11-21 UTC"), text);
        assertTrue(text.contains("Spent $6.0000 in 1 exchange\n"), text);
        assertTrue(text.contains("The next cheaper model: $3.0000 of $6.0000, hypothetical"), text);
        assertTrue(text.contains("opus-5-5 → sonnet-5-5"), text);
        assertTrue(text.contains("downstream aborted"), text);
        assertFalse(text.contains("\u001b"), text);
        text.lines().forEach(line -> assertTrue(Text.columns(line) <= 80, line));
    }

    @Test
    void insights_asJson_areExact() throws IOException {
        assertEquals(0, run("insights", "--json"), err.toString());
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertEquals("6", report.path("spent").asText());
        assertEquals("unread", report.path("insights").get(0).path("kind").asText());
        assertEquals("0.004", report.path("insights").get(0).path("saving").asText());
        JsonNode mix = report.path("insights").get(1);
        assertEquals("model_mix", mix.path("kind").asText());
        assertEquals("2", mix.path("steps").get(0).path("insteadRate").asText());
        assertEquals(HOSTILE, mix.path("owners").get(0).path("user").asText());
    }

    @Test
    void insights_asCsv_haveALineForEachStep() {
        assertEquals(0, run("insights", "--csv"), err.toString());
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).startsWith("insight,certainty,basis,what,type,quantity,rate"), lines.get(0));
        assertEquals("unread,assumed,exchanges,FAILED_DOWNSTREAM_ABORTED,,1,,,0.004,0,0.004", lines.get(1));
        assertEquals(4, lines.size());
    }

    @Test
    void cache_withoutCaching_saysSo_andAskedForUsers_isByUser() throws IOException {
        assertEquals(0, run("cache"), err.toString());
        assertTrue(out.toString().contains("Nothing was written to the cache or read from it."), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("cache", "--by", "user", "--csv"), err.toString());
        assertTrue(out.toString().startsWith("user,verdict,exchanges,input,written_5m"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("cache", "--json"), err.toString());
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertEquals("even", report.path("totals").path("verdict").asText());
        assertEquals(1_000_000, report.path("totals").path("input").asLong());
    }
}
