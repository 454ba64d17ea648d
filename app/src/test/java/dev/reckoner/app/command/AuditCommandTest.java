package dev.reckoner.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.limits.MemoryLimits;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import dev.reckoner.ledger.trail.TrailRow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AuditCommandTest {

    private static final Instant AT = Instant.parse("2026-11-22T09:30:00Z");
    private static final List<TrailRow> ROWS = List.of(
            new TrailRow(
                    2,
                    AT,
                    new Actor("ops: command line of ada", "10.0.0.9"),
                    new Change(Change.What.LIMIT_CHANGED, "lim_1", "user=ada 5/day", "user=ada 7/day")),
            new TrailRow(
                    1,
                    AT,
                    new Actor("=HYPERLINK(\"http://evil\")\u001b[2J", ""),
                    new Change(Change.What.KEY_CREATED, "key_1", "", "\"ci\", secret rk-…abcd")));

    private final StringWriter out = new StringWriter();

    @Test
    void audit_saysWhatWhomAndWhen() {
        assertEquals(0, run(ROWS, "audit"));
        assertTrue(
                out.toString()
                        .lines()
                        .anyMatch(line -> line.replaceAll(" +", " ")
                                .equals("11-22 09:30 limit_changed lim_1 ops: command line of ada")),
                out.toString());
        assertTrue(out.toString().lines().allMatch(line -> line.length() <= 80), out.toString());
        assertFalse(out.toString().contains("\u001b"), "nothing that was sent reaches the terminal as it is");
    }

    @Test
    void audit_json_hasAllOfIt() throws Exception {
        assertEquals(0, run(ROWS, "audit", "--json"));
        JsonNode first =
                new ObjectMapper().readTree(out.toString()).path("changes").path(0);
        assertEquals(
                "{\"number\":2,\"at\":\"2026-11-22T09:30:00Z\",\"who\":\"ops: command line of ada\","
                        + "\"from\":\"10.0.0.9\",\"what\":\"limit_changed\",\"about\":\"lim_1\","
                        + "\"before\":\"user=ada 5/day\",\"after\":\"user=ada 7/day\"}",
                first.toString());
    }

    @Test
    void audit_csv_cannotBeAFormula() {
        assertEquals(0, run(ROWS, "audit", "--csv"));
        assertTrue(out.toString().contains("\"'=HYPERLINK("), out.toString());
    }

    @Test
    void audit_before_isAskedForAndNothingSaysSo() {
        assertEquals(0, run(ROWS, "audit", "--before", "1"));
        assertEquals("Nothing was changed.\n", out.toString());
    }

    private int run(List<TrailRow> rows, String... args) {
        Shell shell = new Shell(
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter(), true),
                Map.of(),
                Clock.fixed(AT, ZoneOffset.UTC),
                false,
                80);
        MemoryReports books = new MemoryReports();
        OpenBooks open = new OpenBooks(
                books,
                books,
                books,
                books,
                new MemoryKeys(),
                books,
                new MemoryLimits(),
                books.insights(),
                (before, max) -> rows.stream()
                        .filter(row -> row.number() < before)
                        .limit(max)
                        .toList(),
                "memory",
                () -> {});
        return new CommandTree(shell, (settings, console) -> open)
                .commandLine(List.of())
                .execute(args);
    }
}
