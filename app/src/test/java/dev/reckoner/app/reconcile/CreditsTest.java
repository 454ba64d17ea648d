package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.app.credit.CreditWatch;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.alert.Alert;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credits through the command line and a server: by the books first, as billed once the bill was pulled. */
final class CreditsTest {

    @TempDir
    private Path directory;

    private World world;

    @BeforeEach
    void begin() throws Exception {
        world = new World(directory);
        world.send("/u/ada", "claude-opus-5-5", "a question");
        world.settle();
    }

    @AfterEach
    void end() {
        world.close();
    }

    private JsonNode credits() throws Exception {
        assertEquals(0, world.run("credits", "--json"), world.err());
        return world.json();
    }

    private static BigDecimal amount(JsonNode json, String field) {
        return new BigDecimal(json.path(field).asText());
    }

    @Test
    void credits_neverStated_saysHow() {
        assertEquals(1, world.run("credits"));
        assertTrue(world.err().contains("reckoner credits set AMOUNT"), world.err());
    }

    @Test
    void credits_followTheBooks_thenTheBill() throws Exception {
        world.at("2026-10-05T12:00:00Z");
        assertEquals(0, world.run("credits", "set", "5", "--at", "2026-10-05T00:00Z"), world.err());
        assertEquals("Balance set to $5.00.", world.out().strip());
        assertEquals(0, world.run("credits", "add", "2.5"), world.err());
        JsonNode first = credits();
        BigDecimal booked = amount(first.path("spent"), "otherwiseByOurBooks");
        assertTrue(booked.signum() > 0, first.toString());
        assertEquals(new BigDecimal("7.5").subtract(booked), amount(first, "remaining"));

        world.bypass("beside", "claude-opus-5-5", 100_000, 10_000);
        world.at("2026-10-07T12:00:00Z");
        assertEquals(3, world.run("reconcile", "--from", "2026-10-05", "--to", "2026-10-06"), world.err());
        JsonNode second = credits();
        assertEquals(2, second.path("spent").path("billedDays").asInt());
        assertEquals(booked, amount(second.path("spent"), "billedDaysByOurBooks"));
        assertEquals(booked.add(new BigDecimal("0.6")), amount(second.path("spent"), "billed"));
        assertEquals(new BigDecimal("6.9").subtract(booked), amount(second, "remaining"), second.toString());
    }

    @Test
    void credits_table_fitsAndSaysWhatIsAssumed() {
        world.at("2026-10-05T12:00:00Z");
        assertEquals(0, world.run("credits", "auto-reload", "--below", "50", "--to", "200", "--at", "2026-10-01"));
        assertEquals(0, world.run("credits", "set", "50", "--at", "2026-10-05"), world.err());
        assertEquals(0, world.run("credits", "warn", "--below", "500"), world.err());
        assertEquals(0, world.run("credits"), world.err());
        String table = world.out();
        assertTrue(table.contains("Reloaded, assumed"), table);
        assertTrue(table.contains("~$200.00"), table);
        assertTrue(table.contains("below $500.00: it is below"), table);
        table.lines().forEach(line -> assertTrue(Text.columns(line) <= 80, line));

        assertEquals(0, world.run("credits", "history", "--csv"), world.err());
        List<String> lines = world.out().lines().toList();
        assertEquals("kind,at,amount_usd,up_to_usd,source,recorded_at", lines.get(0));
        assertTrue(
                lines.get(1)
                        .matches("auto_reload,2026-10-01T00:00:00Z,50,200,"
                                + "loopback: command line of .+ from 127\\.0\\.0\\.1,2026-10-05T12:00:00Z"),
                lines.get(1));
        assertEquals(4, lines.size());
    }

    @Test
    void notes_thatMakeNoSense_areWrongUse() {
        assertEquals(2, world.run("credits", "set", "-5"));
        assertEquals(2, world.run("credits", "set", "5", "--at", "2026-10-05T09:00:01Z"));
        assertTrue(world.err().contains("expected no later than now"), world.err());
        assertEquals(2, world.run("credits", "set", "5", "--at", "yesterday"));
        assertEquals(2, world.run("credits", "auto-reload", "--below", "50", "--to", "50"));
        assertEquals(2, world.run("credits", "auto-reload", "--below", "50", "--off"));
        assertEquals(2, world.run("credits", "warn"));
    }

    @Test
    void watch_alertsWhereFewerAreLeft_andAtMostEveryFiveMinutes() {
        world.at("2026-10-05T12:00:00Z");
        assertEquals(0, world.run("credits", "set", "5", "--at", "2026-10-05"), world.err());
        List<Alert> raised = new ArrayList<>();
        try (OpenBooks books = world.books()) {
            CreditWatch watch = new CreditWatch(
                    books.credits(), books.reports(), books.archive(), new BigDecimal("5"), raised::add, world.clock());
            watch.run();
            watch.run();
            assertEquals(1, raised.size());
            assertEquals(Alert.Kind.CREDITS_LOW, raised.get(0).kind());
            assertTrue(
                    raised.get(0)
                            .message()
                            .startsWith("prepaid credits are low: $5.00 left, fewer than $5.00; at this rate"),
                    raised.toString());
            world.at("2026-10-05T12:05:00Z");
            watch.run();
            assertEquals(2, raised.size());
            assertEquals(0, world.run("credits", "add", "100"), world.err());
            world.at("2026-10-05T12:10:00Z");
            watch.run();
            assertEquals(2, raised.size());
        }
    }
}
