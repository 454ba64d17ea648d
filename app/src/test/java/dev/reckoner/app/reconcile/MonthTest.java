package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month of ordinary traffic, of batches, caching, fast and US, in which bill and books agree to the last digit. */
final class MonthTest {
    private static final long SEED = 20_261_121;
    private static final Instant AFTERWARDS = Instant.parse("2026-12-03T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void nothingPlanted_matchesExactly() throws Exception {
        month(3_000);
    }

    /** {@code bench/run month} runs it with a million, and says how long that takes. */
    @Test
    @Tag("full")
    void manyExchanges_nothingPlanted_matchExactly() throws Exception {
        month(Integer.getInteger("reckoner.month", 60_000));
    }

    private void month(int exchanges) throws Exception {
        System.out.println("seed " + SEED);
        try (BookedMonth month = new BookedMonth(directory, AFTERWARDS)) {
            month.traffic(new Random(SEED), exchanges);
            month.finish();

            assertEquals(0, month.reconcile(), month.out() + month.err());
            System.out.println(
                    exchanges + " exchanges reconciled in " + month.sincePull().toMillis() + " ms after the pull");

            assertTrue(month.out().startsWith("Matched exactly"), month.out());
            assertTrue(month.out().contains("100.00 % of the billed money passed"), month.out());
        }
    }
}
