package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.admin.Access;
import dev.reckoner.simulator.admin.Admin;
import dev.reckoner.simulator.admin.ClaudeCodeDay;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claude Code's analytics beside the ledger's own figures of the same people. */
final class ClaudeCodeTest {

    @TempDir
    private Path directory;

    private BilledServer billed;

    @BeforeEach
    void serve() throws Exception {
        billed = new BilledServer(directory);
        Instant now = Clock.systemUTC().instant();
        Admin admin = billed.simulator.admin();
        admin.key("ci", BilledServer.secret(0), null);
        Counts some = new Counts(1_000, 0, 0, 5_000, 300, 0);
        admin.claudeCode(new ClaudeCodeDay(now, "ADA", 3, 120, 30, 2, Map.of("claude-opus-5-5", some)));
        admin.claudeCode(
                new ClaudeCodeDay(now.minus(Duration.ofDays(1)), "ada", 1, 5, 0, 0, Map.of("claude-opus-5-5", some)));
        admin.claudeCode(new ClaudeCodeDay(now, "ci", 7, Map.of("claude-haiku-5-5", some)));
        admin.claudeCode(new ClaudeCodeDay(now, "bob@example.org", 1, Map.of("claude-haiku-5-5", some)));
    }

    @AfterEach
    void close() {
        billed.close();
    }

    private int run(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "claude-code", "--from", billed.today.minusDays(1).toString(), "--to", billed.today.toString()));
        words.addAll(List.of(more));
        return billed.run(words);
    }

    private BigDecimal booked(Dimension dimension, String value) {
        try (OpenBooks books = billed.books()) {
            return books
                    .reports()
                    .report(new ReportQuery(
                            Instant.EPOCH,
                            Instant.parse("2100-01-01T00:00:00Z"),
                            Bucket.ALL,
                            List.of(dimension),
                            Map.of()))
                    .stream()
                    .filter(row -> row.group().get(0).equals(value))
                    .map(ReportRow::sums)
                    .map(sums -> sums.amount())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    private static JsonNode person(JsonNode json, String name) {
        for (JsonNode one : json.path("people")) {
            if (one.path("name").asText().equalsIgnoreCase(name)) {
                return one;
            }
        }
        throw new AssertionError(name + " isn't in " + json);
    }

    @Test
    void people_standBesideTheLedgersFiguresOfThem() throws Exception {
        assertEquals(0, run("--format", "json"), billed.err.toString());

        JsonNode json = new ObjectMapper().readTree(billed.out.toString());
        assertEquals(3, json.path("people").size(), json.toString());
        JsonNode ada = person(json, "ada");
        assertEquals("key's name", ada.path("same").asText());
        assertEquals(4, ada.path("sessions").asInt());
        assertEquals(125, ada.path("lines_added").asInt());
        assertEquals(2, ada.path("commits").asInt());
        assertEquals(12_600, ada.path("tokens").asInt());
        assertEquals(
                0,
                booked(Dimension.USER, "ada")
                        .compareTo(new BigDecimal(ada.path("booked_amount").asText())));
        JsonNode ci = person(json, "ci");
        assertEquals("key", ci.path("same").asText());
        assertEquals(
                0,
                booked(Dimension.KEY, "sk-ant-api03-rec...0000")
                        .compareTo(new BigDecimal(ci.path("booked_amount").asText())));
        assertTrue(person(json, "bob@example.org").path("same").isNull(), json.toString());
        assertTrue(json.path("information_only").asBoolean());
    }

    @Test
    void table_fitsTheTerminal_andSaysThatItIsNoBill() {
        assertEquals(0, run(), billed.err.toString());

        String text = billed.out.toString();
        text.lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(text.contains("Information only: the vendor estimates"), text);
        assertTrue(
                text.lines().anyMatch(line -> line.startsWith("bob@example.org") && line.endsWith("no match")), text);
    }

    @Test
    void csv_hasARowForEach() {
        assertEquals(0, run("--format", "csv"), billed.err.toString());

        List<String> lines = billed.out.toString().lines().toList();
        assertEquals(4, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("name,sessions,lines_added"), lines.toString());
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith("bob@example.org,1,0,0,0,0,6300,") && line.endsWith(",,,")),
                lines.toString());
    }

    @Test
    void nobody_andNotAllowed_areSaid() {
        assertEquals(0, billed.run(List.of("claude-code", "--from", "2026-02-01", "--to", "2026-02-02")));
        assertTrue(billed.out.toString().contains("The vendor lists nobody."), billed.out.toString());

        billed.simulator.admin().access(Access.INDIVIDUAL_ACCOUNT);
        assertEquals(1, run());
        assertTrue(billed.err.toString().contains("it has to be an Admin key"), billed.err.toString());
    }
}
