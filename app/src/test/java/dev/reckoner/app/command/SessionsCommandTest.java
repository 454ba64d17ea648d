package dev.reckoner.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.SessionRow;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code sessions} through the real command line, on books in memory. */
final class SessionsCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final String ID = "0b1d5f3a-7c1e-4a55-9d55-2f6f0c1a9e77";

    private final MemoryReports books = new MemoryReports();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    @BeforeEach
    void book() {
        books.sessions.add(row(ID, "ada", 1_234_567, "0.55"));
        books.sessions.add(row("=cmd|'/c calc'!A1\u001b[2J", "@eve", 5, "12.000001"));
    }

    private static SessionRow row(String session, String user, long tokens, String usd) {
        BigDecimal cost = new BigDecimal(usd);
        Sums sums = new Sums(3, 1, 0, 0, Map.of(TokenType.OUTPUT, tokens), Map.of(TokenType.OUTPUT, cost));
        Instant first = Instant.parse("2026-11-21T03:00:00Z");
        Duration wall = Duration.ofMillis(23_590_249);
        return new SessionRow(
                session,
                user,
                "research",
                "",
                first,
                first.plus(wall),
                cost,
                sums,
                Duration.ofMillis(379_799),
                wall,
                List.of(new SessionRow.ModelPart("claude-opus-5-5", cost, sums)));
    }

    @Test
    void table_hasCostAndDurations_asClaudeCodePrintsThem() {
        assertEquals(0, run("sessions"), err::toString);
        String table = out.toString();
        table.lines().forEach(line -> assertTrue(Text.columns(line) <= 80, line));
        assertTrue(table.contains(ID), table);
        assertTrue(table.contains("6m 19.7s"), table);
        assertTrue(table.contains("6h 33m 10.2s"), table);
        assertTrue(table.contains("$12.00"), table);
        assertFalse(table.contains("\u001b"), table);
    }

    @Test
    void exchangesWithoutSession_areCounted_belowTheTable() {
        for (int i = 0; i < 9; i++) {
            books.message("ada", "claude-opus-5", "2026-11-21T01:00:00Z", 1_000_000, 1_000_000);
        }
        assertEquals(0, run("sessions", "--last", "1d"), err::toString);
        assertTrue(out.toString().contains("3 exchanges of no stated session are not listed: $"), out::toString);
    }

    @Test
    void json_hasEverything() throws Exception {
        assertEquals(0, run("sessions", "--json"), err::toString);
        JsonNode row =
                new ObjectMapper().readTree(out.toString()).path("sessions").path(0);
        assertEquals(ID, row.path("sessionId").asText());
        assertEquals("ada", row.path("user").asText());
        assertEquals("0.55", row.path("totalCost").asText());
        assertEquals(379_799, row.path("apiDurationMs").asLong());
        assertEquals(23_590_249, row.path("wallDurationMs").asLong());
        assertEquals("2026-11-21T09:33:10.249Z", row.path("lastActivity").asText());
        assertEquals(
                "claude-opus-5-5",
                row.path("modelBreakdowns").path(0).path("modelName").asText());
    }

    @Test
    void csv_ofHostileNames_isSafe() {
        assertEquals(0, run("sessions", "--csv"), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).startsWith("session,user,team,project,first,last,api_duration_ms,"), lines.get(0));
        assertTrue(lines.get(2).contains("'=cmd|"), lines.get(2));
        assertTrue(lines.get(2).contains("'@eve"), lines.get(2));
        assertTrue(lines.get(2).endsWith("12.000001"), lines.get(2));
    }

    @Test
    void options_reachTheBooks_daysWhole() {
        assertEquals(0, run("sessions", "--last", "5h", "--order", "cost", "-n", "7", "--where", "user=ada"));
        SessionQuery asked = books.sessionsAsked.get(0);
        assertEquals(Instant.parse("2026-11-21T00:00:00Z"), asked.from());
        assertEquals(Instant.parse("2026-11-22T00:00:00Z"), asked.until());
        assertEquals(Map.of(Dimension.USER, List.of("ada")), asked.where());
        assertEquals(SessionQuery.Order.COST, asked.order());
        assertEquals(7, asked.limit());
    }

    @ParameterizedTest
    @CsvSource({
        "--order best, expected cost or last",
        "--where tag=x, 'expected session, user, team, project or model'",
        "--limit 0, expected 1 or more"
    })
    void wrongUse_exitsTwo(String options, String said) {
        String[] words = ("sessions " + options).split(" ");
        assertEquals(2, run(words));
        assertTrue(err.toString().contains(said), err::toString);
    }

    private int run(String... words) {
        Shell shell = new Shell(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of("HOME", home.toString()),
                CLOCK,
                false,
                80);
        OpenBooks open = MemoryBooks.open(books);
        return new CommandTree(shell, (settings, console) -> open)
                .commandLine(List.of())
                .execute(words);
    }
}
