package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.journal.Position;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The applier's own conduct: waiting, lagging, failing, ending. What it writes is the contract's matter. */
final class ApplierTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONG_INTERVAL_SECONDS = 600;

    @TempDir
    Path directory;

    private final MemoryJournal journal = new MemoryJournal();
    private final SetClock clock = new SetClock();
    private final List<Entry> entries = new RandomEntries(new Random(1)).entries(10);
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void lag_countsFrames_andTellsSinceWhen() throws Exception {
        Applier applier = applier(Duration.ofMillis(1));
        assertEquals(new Lag(0, Duration.ZERO), applier.lag());

        journal.exchanges(entries);
        clock.now = clock.now.plusSeconds(7);
        assertEquals(new Lag(20, Duration.ofSeconds(7)), applier.lag());

        applier.start();
        assertTrue(applier.catchUp(PATIENCE));
        assertEquals(new Lag(0, Duration.ZERO), applier.lag());
        applier.close();
    }

    @Test
    void lag_isNeverNegative_whenTheClockIsSetBack() {
        Applier applier = applier(Duration.ofMillis(1));
        journal.exchanges(entries);
        clock.now = clock.now.minusSeconds(86_400);
        assertEquals(new Lag(20, Duration.ZERO), applier.lag());
    }

    @Test
    void catchUp_doesNotWaitForABatchToFill() throws Exception {
        try (Applier applier = applier(Duration.ofSeconds(LONG_INTERVAL_SECONDS))) {
            applier.start();
            for (Entry entry : entries) {
                journal.closed(entry);
                assertTrue(applier.catchUp(PATIENCE));
                assertEquals(journal.end(), store.mark());
            }
        }
    }

    @Test
    void catchUp_ofAClosedApplier_returns() throws Exception {
        Applier applier = applier(Duration.ofMillis(1));
        applier.start();
        applier.close();
        journal.exchanges(entries);

        assertFalse(applier.catchUp(PATIENCE));
        applier.catchUp();
        assertEquals(Position.START, store.mark());
    }

    @Test
    void release_neverRunsAheadOfTheStore() throws Exception {
        try (Applier applier = applier(Duration.ofMillis(1))) {
            applier.start();
            journal.exchanges(entries);
            assertTrue(applier.catchUp(PATIENCE));
        }
        List<Position> released = journal.released();
        assertEquals(released.stream().sorted().distinct().toList(), released);
        assertEquals(journal.end(), released.get(released.size() - 1));
        assertEquals(journal.end(), store.mark());
    }

    @Test
    void applierThatFails_canStillBeClosed_andGivesTheStoreBack() {
        journal.exchanges(entries);
        journal.failReads(Integer.MAX_VALUE);
        Applier failing = applier(Duration.ofMillis(1));
        failing.start();
        failing.close();
        failing.close();

        try (Applier next = applier(Duration.ofMillis(1))) {
            next.start();
        }
    }

    private Applier applier(Duration interval) {
        var settings = StoreContract.settings(3, interval);
        return new Applier(store, journal, settings, clock);
    }

    /** A clock that stands where it is set. */
    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
