package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.BookingInstant;
import dev.reckoner.ledger.alert.Alert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever watches the books is told of each entry and correction once, and can't disturb them. */
final class LedgerWatchTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path temporary;

    private final ExchangeIds ids = new ExchangeIds(CLOCK);
    private final List<Entry> made = new CopyOnWriteArrayList<>();
    private final List<Entry> corrected = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong syncs = new AtomicLong();

    private final BooksWatch watch = new BooksWatch() {
        @Override
        public void made(Entry entry) {
            made.add(entry);
        }

        @Override
        public void corrected(Entry replaced, Entry by) {
            corrected.add(replaced);
            corrected.add(by);
        }

        @Override
        public void written(long count) {
            bytes.addAndGet(count);
        }

        @Override
        public void synced(long nanos) {
            assertTrue(nanos >= 0);
            syncs.incrementAndGet();
        }
    };

    @Test
    void watch_ofEntries_isToldOfEachOnce() throws Exception {
        Closing first = Exchanges.complete(ids.next());
        try (Ledger ledger = open(RateTables.builtIn(), watch)) {
            close(ledger, first);
            close(ledger, Exchanges.complete(ids.next()));

            assertEquals(2, made.size());
            assertEquals(first, made.get(0).closing());
            JournalState state = ledger.journalState();
            assertEquals(2, state.framesSynced());
            assertEquals(0, state.framesWaiting());
            assertTrue(state.writable());
            assertEquals(bytes.get(), state.bytes(), "nothing was let go of yet");
            assertTrue(syncs.get() >= 2, syncs + " syncs");
        }
        try (Ledger ledger = open(RateTables.builtIn(), watch)) {
            assertEquals(2, made.size(), "what was booked before is not made again");
            assertEquals(0, ledger.journalState().framesSynced());
        }
    }

    @Test
    void watch_ofACorrection_isToldWhatTookThePlaceOfWhat() throws Exception {
        Closing exchange = Exchanges.complete(ids.next());
        try (Ledger ledger = open(RateTables.builtIn(), watch)) {
            close(ledger, exchange);
            Path file = temporary.resolve("rates.csv");
            Files.writeString(
                    file,
                    "model_id,effective_from_utc,input,cache_write_5m,cache_write_1h,cache_read,output,"
                            + "inference_geo_us_multiplier,sources\n" + Exchanges.MODEL + ",,2,2,2,2,10,1,agreed\n");
            ledger.rates(RateTables.load(List.of(file)));

            ledger.corrections()
                    .rerate(new RerateQuery(
                            Instant.parse("2026-11-01T00:00:00Z"),
                            Instant.parse("2026-12-01T00:00:00Z"),
                            Map.of(),
                            /* apply= */ true));
            assertTrue(ledger.catchUp(Duration.ofSeconds(20)));

            assertEquals(1, made.size());
            assertEquals(2, corrected.size());
            assertEquals("0.0045", plain(corrected.get(0)));
            assertEquals("0.003", plain(corrected.get(1)));
        }
    }

    @Test
    void watch_thatThrows_changesNothing() throws Exception {
        BooksWatch broken = new BooksWatch() {
            @Override
            public void made(Entry entry) {
                throw new IllegalStateException("a fault of the watch");
            }

            @Override
            public void written(long count) {
                throw new IllegalStateException("a fault of the watch");
            }

            @Override
            public void synced(long nanos) {
                throw new IllegalStateException("a fault of the watch");
            }
        };
        try (Ledger ledger = open(RateTables.builtIn(), broken)) {
            close(ledger, Exchanges.complete(ids.next()));
            close(ledger, Exchanges.complete(ids.next()));

            assertEquals(2, LedgerTest.entries(ledger).size());
            assertTrue(ledger.journalState().writable());
        }
    }

    @Test
    void alerts_raisedAgainAndAgain_areCountedEachTime() throws Exception {
        try (Ledger ledger = open(RateTables.builtIn(), watch)) {
            Alert alert = new Alert(Alert.Kind.STORE_BEHIND, "store", Instant.EPOCH, "behind", Map.of());
            ledger.alerts().raise(alert);
            ledger.alerts().raise(alert);

            assertEquals(2, ledger.alerts().raised(Alert.Kind.STORE_BEHIND));
            assertEquals(0, ledger.alerts().raised(Alert.Kind.VARIANCE));
        }
    }

    private Ledger open(RateTable rates, BooksWatch told) {
        return Ledger.open(LedgerTest.settings(temporary.resolve("ledger"), BookingInstant.END), rates, CLOCK, told);
    }

    private static void close(Ledger ledger, Closing closing) throws Exception {
        LedgerTest.onDisk(done -> ledger.close(closing, done));
        assertTrue(ledger.catchUp(Duration.ofSeconds(20)));
    }

    private static String plain(Entry entry) {
        return entry.charge().amount().stripTrailingZeros().toPlainString();
    }
}
