package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.BookingInstant;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it books, again and again in one directory (P2, P3). */
@Timeout(180)
final class LedgerKillTest {
    private static final int KILLS = 4;

    @TempDir
    private Path temporary;

    @Test
    void process_killedAgainAndAgain_everyPromiseIsOnTheBooksOnce() throws Exception {
        long seed = 20261121;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Path directory = temporary.resolve("ledger");
        Set<String> opened = new HashSet<>();
        Set<String> noted = new HashSet<>();
        Set<String> closed = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            int lines = random.nextInt(1, 3_000);
            Process child = start(directory, random.nextLong());
            try (BufferedReader said = child.inputReader()) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    Set<String> promised = line.charAt(0) == 'O' ? opened : line.charAt(0) == 'N' ? noted : closed;
                    promised.add(line.substring(2));
                    if (--lines == 0) {
                        assertHeldBy(directory, child.pid());
                        child.toHandle().destroyForcibly();
                    }
                }
            }
            assertEquals(137, child.waitFor(), "killed, not ended");
        }
        assertBooks(directory, opened, noted, closed);
    }

    private static void assertBooks(Path directory, Set<String> opened, Set<String> noted, Set<String> closed) {
        assertFalse(opened.isEmpty());
        try (Ledger ledger = Ledger.open(
                LedgerTest.settings(directory, BookingInstant.END), RateTables.builtIn(), Clock.systemUTC())) {
            assertTrue(ledger.catchUp(Duration.ofMinutes(2)));
            Map<String, Entry> entries = entries(ledger);
            for (String id : closed) {
                assertEquals(Outcome.OK_UPSTREAM_COMPLETE, outcome(entries, id));
            }
            for (String id : opened) {
                assertTrue(entries.containsKey(id), "opened but not booked: " + id);
            }
            for (String id : noted) {
                Entry entry = entries.get(id);
                assertTrue(entry != null && !entry.charge().estimated(), "the final usage was noted: " + id);
            }
            entries.forEach((id, entry) -> assertTrue(
                    entry.closing().outcome() == Outcome.FAILED_LOCAL_INTERRUPTED
                            || entry.closing().outcome() == Outcome.OK_UPSTREAM_COMPLETE,
                    id));
            assertEquals(0, ledger.reports().openings().size());
            Audit audit = ledger.reports().verify();
            assertTrue(audit.clean(), audit.toString());
            assertEquals(entries.size(), audit.entries());
        }
    }

    private static Outcome outcome(Map<String, Entry> entries, String id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new AssertionError("promised but not booked: " + id);
        }
        return entry.closing().outcome();
    }

    /** All of them, and none twice. */
    private static Map<String, Entry> entries(Ledger ledger) {
        Map<String, Entry> entries = new HashMap<>();
        long after = 0;
        while (true) {
            EntryQuery query = new EntryQuery(null, null, Map.of(), after, false, 1_000);
            var page = ledger.reports().entries(query);
            if (page.isEmpty()) {
                return entries;
            }
            for (StoredEntry stored : page) {
                Entry before = entries.put(stored.entry().id().toString(), stored.entry());
                assertEquals(null, before, "booked twice");
                after = stored.sequence();
            }
        }
    }

    private static void assertHeldBy(Path directory, long pid) {
        LedgerException refusal = assertThrows(
                LedgerException.class,
                () -> Ledger.open(
                        LedgerTest.settings(directory, BookingInstant.END), RateTables.builtIn(), Clock.systemUTC()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("PID " + pid), refusal.toString());
    }

    private static Process start(Path directory, long seed) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Duser.timezone=UTC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerChild.class.getName(),
                        directory.toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
