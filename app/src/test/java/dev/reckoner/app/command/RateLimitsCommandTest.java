package dev.reckoner.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.RateLimitRow.Peak;
import dev.reckoner.ledger.RateLimitRow.Throttled;
import dev.reckoner.ledger.VendorLimits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code ratelimits} through the real command line, on books in memory. */
final class RateLimitsCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    private final MemoryReports books = new MemoryReports();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    @BeforeEach
    void book() {
        books.rateLimits.add(new RateLimitRow(
                TEN,
                "claude-opus-5-5",
                new Peak(1_999_999, TEN.plusSeconds(60)),
                new Peak(400_000, TEN),
                new Peak(4_000, TEN),
                20_000_000,
                180_000_000,
                4_000_000,
                100_000,
                12,
                new VendorLimits(4_000L, 2_000_000L, 400_000L),
                List.of(new Throttled("ada", 9), new Throttled("", 3))));
        books.rateLimits.add(new RateLimitRow(
                TEN.plusSeconds(3_600),
                "claude-haiku-5-5",
                new Peak(5, TEN.plusSeconds(3_600)),
                Peak.NONE,
                new Peak(1, TEN.plusSeconds(3_600)),
                5,
                0,
                0,
                1,
                0,
                VendorLimits.NONE,
                List.of()));
    }

    @Test
    void table_fits_andSaysWhoWasThrottled() {
        assertEquals(0, run("ratelimits"), err::toString);
        String table = out.toString();
        table.lines().forEach(line -> assertTrue(Text.columns(line) <= 80, line));
        assertTrue(table.contains("opus-5-5"), table);
        assertTrue(table.contains("1,999,999"), table);
        assertTrue(table.contains(" 99 %"), table);
        assertTrue(table.contains(" 100 %"), table);
        assertTrue(table.contains(" 90 %"), table);
        assertTrue(table.contains("Refused by the vendor (429): ada 9, (not stated) 3."), table);
        assertEquals(
                List.of(new RateLimitQuery(
                        Instant.parse("2026-11-21T00:00:00Z"),
                        Instant.parse("2026-11-22T00:00:00Z"),
                        Bucket.HOUR,
                        Dimension.MODEL)),
                books.rateLimitsAsked);
    }

    @Test
    void jsonAndCsv_haveEverything() throws Exception {
        assertEquals(0, run("ratelimits", "--json", "--by", "model", "--bucket", "1h"), err::toString);
        JsonNode first =
                new ObjectMapper().readTree(out.toString()).path("rateLimits").path(0);
        assertEquals(1_999_999, first.path("peakInput").path("perMinute").asLong());
        assertEquals("2026-11-21T10:01:00Z", first.path("peakInput").path("at").asText());
        assertEquals(2_000_000, first.path("peakInput").path("limit").asLong());
        assertEquals("ada", first.path("throttledUsers").path(0).path("user").asText());
        out.getBuffer().setLength(0);
        assertEquals(0, run("ratelimits", "--csv"), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).startsWith("start,model,peak_input,peak_input_at,input_limit,"), lines.get(0));
        assertTrue(lines.get(1).endsWith(",20000000,180000000,4000000,100000,12,ada 9;  3"), lines.get(1));
        assertEquals(3, lines.size());
    }

    @Test
    void otherWidthsAndGroups_areWrongUse() {
        assertEquals(2, run("ratelimits", "--bucket", "1d"));
        assertTrue(err.toString().contains("expected 1m or 1h"), err.toString());
        assertEquals(2, run("ratelimits", "--by", "tag"));
        assertTrue(err.toString().contains("expected model, user or key"), err.toString());
    }

    @Test
    void nothing_saysSo() {
        books.rateLimits.clear();
        assertEquals(0, run("ratelimits", "--by", "user"));
        assertTrue(out.toString().endsWith("No messages.\n"), out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,-",
        "1,,-",
        "1,3,33 %",
        "1,1000,<1 %",
        "0,5,0 %",
        "3,3,100 %",
        "9223372036854775807,9223372036854775807,100 %"
    })
    void percent_isRoundedDown(long part, Long whole, String expected) {
        assertEquals(expected, RateLimitTable.percent(part, whole));
    }

    private int run(String... args) {
        Map<String, String> env = Map.of("HOME", home.toString());
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, CLOCK, false, 80);
        return new CommandTree(shell, (settings, console) -> MemoryBooks.open(books))
                .commandLine(List.of())
                .execute(args);
    }
}
