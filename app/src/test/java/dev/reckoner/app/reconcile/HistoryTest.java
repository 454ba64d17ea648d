package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reconciliations that were made, listed and shown again. */
final class HistoryTest {

    private static final String FIRST = "rec_20261007T120000Z";
    private static final String SECOND = "rec_20261007T130000Z";

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

    private void makeTwo() {
        world.at("2026-10-07T12:00:00Z");
        assertEquals(0, world.run("reconcile", "--from", "2026-10-05", "--to", "2026-10-06"), world.err());
        world.at("2026-10-06T10:00:00Z");
        world.bypass("beside", "claude-opus-5-5", 1_000, 100);
        world.at("2026-10-07T13:00:00Z");
        assertEquals(3, world.run("reconcile", "--from", "2026-10-05", "--to", "2026-10-06"), world.err());
    }

    @Test
    void history_ofNothing_saysWhatMakesOne() {
        assertEquals(0, world.run("reconcile", "history"), world.err());
        assertEquals("No reconciliation was made yet; reckoner reconcile makes one.\n", world.out());
        assertEquals(1, world.run("reconcile", "show"));
        assertTrue(world.err().contains("no reconciliation was made yet"), world.err());
    }

    @Test
    void history_listsTheLatestFirst_withItsLargestCause() throws Exception {
        makeTwo();

        assertEquals(0, world.run("reconcile", "history"), world.err());
        String[] lines = world.out().split("\n", -1);
        assertTrue(lines[0].startsWith("Id"), world.out());
        assertTrue(lines[2].startsWith("rec_20261007T130000") && lines[2].endsWith("  bypassed"), world.out());
        assertTrue(lines[2].contains("  +$0.006  "), world.out());
        assertTrue(lines[3].startsWith("rec_20261007T120000") && lines[3].endsWith("  matched"), world.out());
        assertTrue(lines[3].contains("  100.00 %  "), world.out());
        for (String line : lines) {
            assertTrue(line.length() <= 80, line);
        }
        assertEquals(0, world.run("reconcile", "history", "--format", "json", "-n", "1"), world.err());
        JsonNode one = world.json().path("reconciliations");
        assertEquals(1, one.size());
        assertEquals(SECOND, one.get(0).path("id").asText());
        assertEquals("0.006", one.get(0).path("difference").asText());
        assertEquals("bypassed", one.get(0).path("largest_cause").asText());
        assertEquals(0, world.run("reconcile", "history", "--format", "csv"), world.err());
        assertTrue(
                world.out().contains("\n" + FIRST + ",2026-10-07T12:00:00Z,2026-10-05,2026-10-06,true,"), world.out());
        assertEquals(2, world.run("reconcile", "history", "-n", "0"));
    }

    @Test
    void show_printsAKeptOne_asItWasPrintedThen() throws Exception {
        makeTwo();
        String then = world.out();

        assertEquals(0, world.run("reconcile", "show"), world.err());
        assertEquals(then, world.out());
        assertEquals(0, world.run("reconcile", "show", FIRST), world.err());
        assertTrue(world.out().startsWith("Matched exactly"), world.out());
        assertEquals("", world.err(), "the vendor was asked");
        assertEquals(0, world.run("reconcile", "show", SECOND, "--format", "json"), world.err());
        try (OpenBooks books = world.books()) {
            String kept = books.archive()
                    .find(KeptReconciliations.KIND, SECOND)
                    .orElseThrow()
                    .body();
            assertEquals(kept, world.json().toString());
        }
        Path page = directory.resolve("again.html");
        assertEquals(0, world.run("reconcile", "show", "--format", "html", "--output", page.toString()), world.err());
        assertTrue(Files.readString(page).contains("Keys that bypass the proxy"));
        assertEquals(0, world.run("reconcile", "show", "rec_20261007T13", "--format", "csv"), world.err());
        assertTrue(world.out().contains(",bypassed,"), world.out());
    }

    @Test
    void show_ofWhatIsNotThere_saysWhatIs() {
        makeTwo();

        assertEquals(1, world.run("reconcile", "show", "rec_2025"));
        assertTrue(world.err().contains("found no kept reconciliation \"rec_2025\""), world.err());
        assertEquals(1, world.run("reconcile", "show", "rec_2026"));
        assertTrue(world.err().contains("is the beginning of 2 kept reconciliations, such as " + SECOND), world.err());
        assertEquals(2, world.run("reconcile", "show", "--output", "x"));
    }
}
