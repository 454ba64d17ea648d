package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.simulator.admin.Terms;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month that is closed, restated by the vendor, and adjusted in the next one. */
final class ClosingTest {

    private static final String OPUS = "claude-opus-5-5";

    @TempDir
    private Path directory;

    private World world;

    @BeforeEach
    void october() throws Exception {
        world = new World(directory);
        for (int i = 0; i < 3; i++) {
            world.send(i == 0 ? "/u/ada/t/engines" : "/u/grace/t/compilers", OPUS, "question " + i);
        }
        world.settle();
    }

    @AfterEach
    void end() {
        world.close();
    }

    private JsonNode chargeback(String... more) throws Exception {
        String[] words = new String[more.length + 3];
        words[0] = "chargeback";
        words[1] = "--format";
        words[2] = "json";
        System.arraycopy(more, 0, words, 3, more.length);
        assertEquals(0, world.run(words), world.err());
        return world.json();
    }

    private static BigDecimal sum(JsonNode chargeback) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode row : chargeback.path("rows")) {
            BigDecimal amount = new BigDecimal(row.path("amount").asText());
            if (row.path("adjusts").isNull()) {
                BigDecimal parts = BigDecimal.ZERO;
                for (JsonNode part : row.path("parts")) {
                    parts = parts.add(new BigDecimal(part.path("amount").asText()));
                }
                assertEquals(0, amount.compareTo(parts), row.toString());
            }
            sum = sum.add(amount);
        }
        return sum;
    }

    private BigDecimal bill(String from, String until) {
        return world.simulator.admin().total(Instant.parse(from + "T00:00:00Z"), Instant.parse(until + "T00:00:00Z"));
    }

    @Test
    void monthThatMayStillChange_isNotClosed() {
        world.at("2026-10-20T12:00:00Z");
        assertEquals(1, world.run("chargeback", "--month", "2026-10", "--close"));
        world.at("2026-11-01T05:59:59Z");
        assertEquals(1, world.run("chargeback", "--month", "2026-10", "--close"));
        assertTrue(
                world.err()
                        .contains("the vendor's reports of 2026-10 may still change until 2026-11-01T06:00:00Z"
                                + " (reconcile.lag); close it from then on"),
                world.err());
    }

    @Test
    void monthOfWhichNothingIsBilled_isNotClosed() {
        world.at("2026-11-02T12:00:00Z");
        assertEquals(1, world.run("chargeback", "--month", "2026-09", "--close"));
        assertTrue(world.err().contains("the bill has nothing of 2026-09"), world.err());
    }

    @Test
    void closedMonth_isPrintedAsItWas_withoutAsking_andClosedOnce() throws Exception {
        world.at("2026-11-02T12:00:00Z");
        assertEquals(0, world.run("chargeback", "--month", "2026-10", "--close"), world.err());
        String then = world.out();
        assertTrue(
                then.startsWith("Chargeback by user, 2026-10-01 to 2026-10-31 UTC, closed 2026-11-02T12:00:00Z\n"),
                then);

        assertEquals(1, world.run("chargeback", "--month", "2026-10", "--close"));
        assertTrue(world.err().contains("the month 2026-10 was closed at 2026-11-02T12:00:00Z and stays"), world.err());
        world.env.remove("ANTHROPIC_ADMIN_KEY");
        assertEquals(0, world.run("chargeback", "--month", "2026-10"), world.err());
        assertEquals(then, world.out());
        JsonNode teams = chargeback("--month", "2026-10", "--by", "team");
        assertEquals("2026-11-02T12:00:00Z", teams.path("closed_at").asText());
        assertEquals(0, bill("2026-10-01", "2026-11-01").compareTo(sum(teams)));
    }

    @Test
    void restatedMonth_isAdjustedInTheNextOne_toTheLastDigit() throws Exception {
        world.at("2026-10-09T00:00:00Z");
        String key = world.simulator.admin().key("late", "sk-ant-api03-late-of-nobody-000000000000", null);
        world.simulator
                .admin()
                .late(world.billable(Terms.of(OPUS).key(key), 700, 90), Instant.parse("2026-11-10T00:00:00Z"));
        world.at("2026-11-02T12:00:00Z");
        JsonNode closed = chargeback("--month", "2026-10", "--close");
        assertEquals(0, bill("2026-10-01", "2026-11-01").compareTo(sum(closed)));
        world.at("2026-11-20T12:00:00Z");
        world.send("/u/ada/t/engines", OPUS, "a question in November");
        world.settle();
        world.at("2026-12-02T12:00:00Z");

        JsonNode november = chargeback("--month", "2026-11");

        BigDecimal restated = bill("2026-10-01", "2026-11-01").subtract(sum(closed));
        assertEquals(0, new BigDecimal("0.0046").compareTo(restated), restated.toString());
        assertEquals(0, bill("2026-11-01", "2026-12-01").add(restated).compareTo(sum(november)));
        JsonNode row = november.path("rows").get(1);
        assertEquals("outside", row.path("kind").asText(), november.toString());
        assertEquals("2026-10", row.path("adjusts").asText());
        assertEquals(0, restated.compareTo(new BigDecimal(row.path("amount").asText())));
        assertEquals(
                0,
                restated.compareTo(
                        new BigDecimal(november.path("adjusted_amount").asText())));
        assertEquals(0, world.run("chargeback", "--month", "2026-11", "--close"), world.err());
        assertTrue(world.out().contains("\n(outside the proxy)       2026-10       $0.0046\n"), world.out());
        assertTrue(world.out().contains("\nThe bill and adjustments"), world.out());
        world.at("2026-12-20T12:00:00Z");
        assertEquals(0, chargeback("--month", "2026-12").path("rows").size());
    }

    @Test
    void savedPages_thatLackAClosedMonth_makeNoRefundOfIt() throws Exception {
        world.at("2026-11-02T12:00:00Z");
        chargeback("--month", "2026-10", "--close");
        Path costs = directory.resolve("costs.json");
        Files.writeString(
                costs,
                "{\"data\":[{\"starting_at\":\"2026-11-01T00:00:00Z\",\"ending_at\":\"2026-11-02T00:00:00Z\",\"results\":["
                        + "{\"amount\":\"12.5\",\"currency\":\"USD\",\"cost_type\":\"session_usage\"}]}],\"has_more\":false}");

        JsonNode november = chargeback("--month", "2026-11", "--from-file", costs.toString());

        assertEquals(0, new BigDecimal("0.125").compareTo(sum(november)));
        assertTrue(november.path("notes").get(0).asText().startsWith("No adjustment of 2026-10"), november.toString());
    }

    @Test
    void statements_areWrittenForEachOwner_withAnIndex() throws Exception {
        world.send("/u/..%2F..%2Fpasswd", OPUS, "a question of someone with a bad name");
        world.settle();
        world.at("2026-11-02T12:00:00Z");
        Path statements = directory.resolve("out").resolve("october");
        Path page = directory.resolve("october.html");

        assertEquals(
                0,
                world.run(
                        "chargeback",
                        "--month",
                        "2026-10",
                        "--format",
                        "html",
                        "--output",
                        page.toString(),
                        "--statements",
                        statements.toString()),
                world.err());

        assertEquals("Wrote " + page + ".\n", world.out());
        assertTrue(world.err().contains("Wrote 3 statements and index.html to " + statements), world.err());
        try (Stream<Path> files = Files.list(statements)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(4, names.size(), names.toString());
            assertEquals("index.html", names.get(0));
            assertTrue(names.get(1).startsWith("user-ada-"), names.toString());
            assertTrue(names.get(2).startsWith("user-grace-"), names.toString());
            assertTrue(names.get(3).startsWith("user-passwd-"), names.toString());
            assertTrue(Files.readString(statements.resolve("index.html")).contains(names.get(1)));
            assertTrue(Files.readString(statements.resolve(names.get(1))).contains("Statement 2026-10: ada"));
        }
        assertTrue(Files.readString(page).contains("<h1>Chargeback 2026-10 by user</h1>"));
    }

    @Test
    void statements_thatCannotBeWritten_sayWhere() throws Exception {
        world.at("2026-11-02T12:00:00Z");
        Path file = Files.writeString(directory.resolve("taken"), "x");

        assertEquals(1, world.run("chargeback", "--month", "2026-10", "--statements", file.toString()));
        assertTrue(world.err().contains(file + " can't be made"), world.err());
        assertEquals(2, world.run("chargeback", "--month", "2026-10", "--output", "x"));
    }
}
