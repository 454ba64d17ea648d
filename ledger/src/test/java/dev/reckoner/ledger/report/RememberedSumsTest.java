package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.store.RandomEntries;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.TestBooks;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Reports that remember say the same as reports that have never been asked, whatever is booked in between. */
final class RememberedSumsTest {
    private static final long SEED = 20_261_122;
    private static final int ROUNDS = 25;
    private static final int QUESTIONS = 12;
    private static final int BATCH = 7;
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant FROM = Instant.parse("2026-08-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-03-01T00:00:00Z");

    private static final List<Bucket> BUCKETS = List.of(Bucket.values());
    private static final List<List<Dimension>> BY = List.of(
            List.of(),
            List.of(Dimension.MODEL),
            List.of(Dimension.USER),
            List.of(Dimension.SESSION),
            List.of(Dimension.TAG, Dimension.KEY));

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final RandomEntries made = new RandomEntries(random);
    private Store store;
    private Reports reports;
    private TestBooks books;

    @BeforeEach
    void open() {
        System.out.println("seed " + SEED);
        store = Store.open(directory);
        reports = reports();
        books = new TestBooks(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Reports reports() {
        return new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of);
    }

    @Test
    void whatIsRemembered_isForgotten_whenItsHourChanges() throws Exception {
        List<Entry> booked = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 3 == 2) {
                correct(booked);
            } else {
                List<Entry> entries = made.entries(1 + random.nextInt(BATCH));
                books.book(entries);
                booked.addAll(entries);
            }
            Reports fresh = reports();
            for (int i = 0; i < QUESTIONS; i++) {
                ReportQuery query = question();
                assertEquals(fresh.report(query), reports.report(query), query.toString());
                assertEquals(fresh.report(query), reports.report(query), query + " once more");
            }
        }
    }

    /** Makes one of them cost what another does. */
    private void correct(List<Entry> booked) throws Exception {
        int at = random.nextInt(booked.size());
        Entry old = booked.remove(at);
        Entry other = booked.get(random.nextInt(booked.size()));
        Entry corrected = new Entry(old.closing(), other.charge(), old.bookedAt());
        books.frames(List.of(new Frame.Corrected(new Correction(corrected, 0, UNTIL, "a_test", "a reason"))));
    }

    /** All of the time or a part of it, in any buckets. */
    private ReportQuery question() {
        Bucket bucket = BUCKETS.get(random.nextInt(BUCKETS.size()));
        Instant border = RandomEntries.BORDERS.get(random.nextInt(RandomEntries.BORDERS.size()));
        boolean all = bucket != Bucket.MINUTE && random.nextBoolean();
        Instant from = all ? FROM : border.minus(Duration.ofHours(random.nextInt(30)));
        Instant until = all ? UNTIL : border.plus(Duration.ofHours(1 + random.nextInt(30)));
        Map<Dimension, List<String>> where =
                random.nextInt(4) == 0 ? Map.of(Dimension.USER, List.of("alice", "")) : Map.of();
        return new ReportQuery(from, until, bucket, BY.get(random.nextInt(BY.size())), where);
    }

    @Test
    void batch_isNeverSeenByHalf_whileItIsBooked() throws Exception {
        List<List<Entry>> batches = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            List<Entry> batch = new ArrayList<>();
            while (batch.size() < BATCH) {
                Entry entry = made.entry();
                if (entry.closing().opening().route().metered()) {
                    batch.add(entry);
                }
            }
            batches.add(batch);
        }
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                for (List<Entry> batch : batches) {
                    books.book(batch);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        ReportQuery query = new ReportQuery(
                FROM.minus(Duration.ofDays(400)),
                UNTIL.plus(Duration.ofDays(700)),
                Bucket.DAY,
                List.of(Dimension.USER),
                Map.of());
        long seen = 0;
        while (!writer.isDone() || seen < (long) ROUNDS * BATCH) {
            long exchanges = reports.report(query).stream()
                    .mapToLong(row -> row.sums().exchanges())
                    .sum();
            assertEquals(0, exchanges % BATCH, exchanges + " exchanges of batches of " + BATCH);
            assertTrue(exchanges >= seen, "what was seen stays");
            seen = exchanges;
            if (writer.isCompletedExceptionally()) {
                writer.join();
            }
        }
        assertEquals((long) ROUNDS * BATCH, seen);
    }

    @Test
    void batch_bookedBetweenTheNumbersAndTheSnapshot_isSeenWhole_thoughOneOfItsDaysIsKnown() throws Exception {
        Instant nextDay = NOON.plus(Duration.ofDays(1));
        RollupMemory<List<String>> answers = new RollupMemory<>(0);
        RollupMemory<UUID> rows = new RollupMemory<>(0);
        books.book(List.of(metered(NOON), metered(nextDay)));
        assertEquals(2, exchanges(answers, rows, Map.of(), () -> {}));
        books.book(List.of(metered(nextDay)));

        Map<Dimension, List<String>> anySpeed = Map.of(Dimension.SPEED, List.of("standard", "fast", ""));
        long seen = exchanges(
                answers, rows, anySpeed, () -> books.book(List.of(metered(NOON), metered(nextDay), metered(nextDay))));

        assertEquals(6, seen);
        assertEquals(6, exchanges(answers, rows, anySpeed, () -> {}));
    }

    private Entry metered(Instant at) {
        Entry entry = made.entry();
        while (!entry.closing().opening().route().metered()) {
            entry = made.entry();
        }
        return new Entry(entry.closing(), entry.charge(), at);
    }

    /** Asks; what is booked meanwhile is booked before the database is asked for the first time. */
    private long exchanges(
            RollupMemory<List<String>> answers,
            RollupMemory<UUID> rows,
            Map<Dimension, List<String>> where,
            Executable meanwhile) {
        ReportQuery query = new ReportQuery(FROM, UNTIL, Bucket.DAY, List.of(Dimension.USER), where);
        AtomicBoolean asked = new AtomicBoolean();
        return store.readSnapshot(connection -> {
            Connection hooked = (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (!asked.getAndSet(true)) {
                            meanwhile.execute();
                        }
                        return method.invoke(connection, arguments);
                    });
            return new SumQuery(query)
                    .run(hooked, store, answers, rows).stream()
                            .mapToLong(row -> row.sums().exchanges())
                            .sum();
        });
    }

    @Test
    void exchange_countsOnce_whileItIsCorrected() throws Exception {
        List<Entry> entries = new ArrayList<>();
        while (entries.size() < ROUNDS) {
            Entry entry = made.entry();
            if (entry.closing().opening().route().metered()) {
                entries.add(new Entry(entry.closing(), entry.charge(), NOON.plusSeconds(entries.size())));
            }
        }
        books.book(entries);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                for (int revision = 0; revision < ROUNDS; revision++) {
                    List<Frame> frames = new ArrayList<>();
                    for (Entry entry : entries) {
                        frames.add(new Frame.Corrected(new Correction(entry, revision, UNTIL, "a_test", "a reason")));
                    }
                    books.frames(frames);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Instant until = NOON.plus(Duration.ofHours(1));
        ReportQuery query = new ReportQuery(NOON, until, Bucket.MINUTE, List.of(), Map.of());
        int asked = 0;
        while (!writer.isDone() || asked == 0) {
            long exchanges = reports().report(query).stream()
                    .mapToLong(row -> row.sums().exchanges())
                    .sum();
            assertEquals(ROUNDS, exchanges);
            asked++;
        }
        writer.join();
    }
}
