package dev.reckoner.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.AttributeQuery;
import dev.reckoner.ledger.AttributeResult;
import dev.reckoner.ledger.AttributionRule;
import dev.reckoner.ledger.Dimension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttributeCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final MemoryReports books = new MemoryReports();
    private String said = "";

    @Test
    void dryRun_isTheDefault_andSaysWhatWouldBeBooked() {
        books.attributed = new AttributeResult(
                12,
                3,
                false,
                List.of(new AttributeResult.Assigned("ada", "", "web", 3, new BigDecimal("1.230000000000000001"))));

        assertEquals(0, run("attribute", "--since", "2026-11-01", "--where", "user=", "--to-user", "ada"));

        AttributeQuery asked = books.attributesAsked.get(0);
        assertEquals(Instant.parse("2026-11-01T00:00:00Z"), asked.from());
        assertEquals(Map.of(Dimension.USER, List.of("")), asked.where());
        assertEquals(List.of(new AttributionRule(AttributionRule.Of.ALL, "", "ada", null, null)), asked.rules());
        assertEquals(false, asked.apply());
        assertTrue(said.contains("3 of 12 entries named nobody. Nothing is booked yet: --apply books it."), said);
        assertTrue(said.lines().allMatch(line -> line.length() <= 80), said);
    }

    @Test
    void people_areRules_keysBeforeNames_andTheRestLast() throws Exception {
        Path file = Files.writeString(
                directory.resolve("people.csv"), "user,team,keys\nada,search,sk-ant-api03-ada...1111\n");

        assertEquals(0, run("attribute", "--people", file.toString(), "--to-team", "other", "--apply", "--json"));

        AttributeQuery asked = books.attributesAsked.get(0);
        assertEquals(
                List.of(
                        new AttributionRule(AttributionRule.Of.KEY, "sk-ant-api03-ada...1111", "ada", "search", null),
                        new AttributionRule(AttributionRule.Of.USER, "ada", null, "search", null),
                        new AttributionRule(AttributionRule.Of.ALL, "", null, "other", null)),
                asked.rules());
        assertEquals(true, asked.apply());
        assertTrue(said.contains("\"changed\" : 0"), said);
    }

    @Test
    void nobodyNamed_isWrongUse_andABadFileSaysItsLine() throws Exception {
        assertEquals(2, run("attribute"));
        assertTrue(said.contains("expected --to-user"), said);
        Path file = Files.writeString(directory.resolve("people.yaml"), "people: [{usr: ada}]");
        assertEquals(2, run("attribute", "--people", file.toString()));
        assertTrue(said.contains(":1:11: found \"usr\""), said);
    }

    private int run(String... words) {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out, true);
        Shell shell = new Shell(printer, printer, Map.of("HOME", directory.toString()), CLOCK, false, 80);
        int code = new CommandTree(shell, (settings, console) -> MemoryBooks.open(books))
                .commandLine(List.of())
                .execute(words);
        said = out.toString();
        return code;
    }
}
