package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.report.StoreReports;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database under the books must do; a class per database says how to open one. */
abstract class StoreContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-11-21T12:00:00.123456789Z");
    private static final EntryQuery ALL = new EntryQuery(null, null, Map.of(), 0L, false, 1_000);

    private final MemoryJournal journal = new MemoryJournal();
    private Store store;
    private Reports reports;

    /** Opens the store, the same one each time. */
    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
        reports = reports(store);
    }

    @AfterEach
    void closeStore() {
        Audit audit = reports.verify();
        store.close();
        assertEquals(List.of(), audit.findings());
    }

    @Test
    void newStore_isEmpty() {
        assertEquals(Position.START, store.mark());
        assertEquals(List.of(), store.inFlight());
        assertEquals(List.of(), reports.entries(ALL));
        assertEquals(new Audit(0, 0, 0, 0, 0, List.of()), reports.verify());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void entries_readBack_areEqual(long seed) throws Exception {
        List<Entry> entries = new RandomEntries(new Random(seed)).entries(300);
        journal.exchanges(entries);

        apply(100);

        List<StoredEntry> stored = reports.entries(ALL);
        assertEquals(entries.stream().map(Same::entry).toList(), same(stored));
        assertEquals(
                LongStream.rangeClosed(1, 300).boxed().toList(),
                stored.stream().map(StoredEntry::sequence).toList());
    }

    @Test
    void textThatNoDatabaseHolds_isReplaced() throws Exception {
        Entry entry = new RandomEntries(new Random(4)).entry();
        Closing closing = entry.closing();
        Closing hostile = new Closing(
                closing.opening(),
                closing.endedAt(),
                null,
                0,
                closing.outcome(),
                "a\u0000b\ud83d c\ude00 \ud83d\ude00",
                null,
                null,
                null,
                0,
                0,
                closing.reading(),
                closing.rateLimits());
        journal.closed(new Entry(hostile, entry.charge(), entry.bookedAt()));

        apply(10);

        assertEquals(
                "a\ufffdb\ufffd c\ufffd \ud83d\ude00",
                reports.entries(ALL).get(0).entry().closing().outcomeDetail());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 500})
    void framesReplayed_changeNothing(int batch) throws Exception {
        RandomEntries random = new RandomEntries(new Random(batch));
        List<Entry> entries = random.entries(60);
        journal.exchanges(entries.subList(0, 40));
        for (Entry entry : entries.subList(40, 60)) {
            journal.opened(entry.closing().opening());
            journal.noted(entry.closing());
        }
        apply(batch);
        List<StoredEntry> before = reports.entries(ALL);
        List<Frame> inFlight = store.inFlight();
        Audit audit = reports.verify();

        journal.again();
        journal.again();
        apply(batch);

        assertEquals(same(before), same(reports.entries(ALL)));
        assertEquals(inFlight, store.inFlight());
        assertEquals(audit, reports.verify());
        assertEquals(40, before.size());
        assertEquals(20, inFlight.size());
    }

    @Test
    void framesShuffledWithRepeats_endInTheSameBooks() throws Exception {
        RandomEntries random = new RandomEntries(new Random(11));
        List<Entry> entries = random.entries(50);
        List<Frame> frames = new ArrayList<>();
        for (Entry entry : entries) {
            frames.add(new Frame.Opened(entry.closing().opening()));
            frames.add(new Frame.Noted(entry.closing()));
            frames.add(new Frame.Closed(entry));
            frames.add(new Frame.Opened(entry.closing().opening()));
        }
        Collections.shuffle(frames, new Random(12));
        frames.forEach(journal::append);

        apply(9);

        assertEquals(List.of(), store.inFlight());
        assertEquals(50, reports.verify().entries());
    }

    @Test
    void openingThenNotes_lastNoteIsKept_untilTheEntry() throws Exception {
        RandomEntries random = new RandomEntries(new Random(5));
        Closing first = random.closing();
        Entry entry = random.entry();
        Closing second = TestBooks.withOpening(entry.closing(), first.opening());

        journal.opened(first.opening());
        apply(10);
        assertEquals(List.of(new Frame.Opened(first.opening())), store.inFlight());
        assertEquals(List.of(first.opening()), reports.openings());

        journal.noted(first);
        apply(10);
        assertEquals(List.of(new Frame.Noted(first)), store.inFlight());

        journal.noted(second);
        journal.opened(first.opening());
        apply(10);
        assertEquals(List.of(new Frame.Noted(second)), store.inFlight());
        assertEquals(List.of(first.opening()), reports.openings());

        journal.closed(new Entry(second, entry.charge(), entry.bookedAt()));
        apply(10);
        assertEquals(List.of(), store.inFlight());
        assertEquals(1, reports.verify().entries());
    }

    @Test
    void markAndEntries_surviveReopening() throws Exception {
        journal.exchanges(new RandomEntries(new Random(6)).entries(20));
        apply(7);
        List<StoredEntry> before = reports.entries(ALL);

        store.close();
        openStore();

        assertEquals(journal.end(), store.mark());
        assertEquals(same(before), same(reports.entries(ALL)));
    }

    @Test
    void batches_readBack_areEqual_andLateOrRepeatedStatesChangeNothing() throws Exception {
        RandomEntries random = new RandomEntries(new Random(14));
        BatchRecord first = batch("msgbatch_1", 1, random.attribution(), BatchState.UNKNOWN, null);
        BatchState ended = new BatchState(
                "ended", START, START.plusNanos(1), START.plusSeconds(9), new BatchState.Counts(0, 1, 2, 3, 4));
        BatchRecord last = batch("msgbatch_1", 3, first.creator(), ended, START.plusSeconds(3));
        BatchRecord other = batch("msgbatch_2", 1, Attribution.NONE, ended, null);
        for (BatchRecord state : List.of(first, last, other, batch("msgbatch_1", 2, Attribution.NONE, ended, null))) {
            journal.append(new Frame.Batched(state));
        }
        apply(1);
        assertEquals(List.of(other, last), batches(BatchQuery.Which.ALL));

        journal.again();
        apply(3);

        assertEquals(List.of(other, last), batches(BatchQuery.Which.ALL));
        assertEquals(List.of(last, other), store.batches(10));
        assertEquals(List.of(other), store.batches(1));
        assertEquals(List.of(last), batches(BatchQuery.Which.COLLECTED));
        assertEquals(List.of(other), batches(BatchQuery.Which.UNCOLLECTED));
        assertEquals(List.of(other, last), batches(BatchQuery.Which.ENDED));
        assertEquals(List.of(), batches(BatchQuery.Which.OPEN));
    }

    @Test
    void itemsOfABatch_areCountedOnce_withWhatTheyCost() throws Exception {
        List<Entry> entries = new RandomEntries(new Random(15))
                .entries(200).stream()
                        .filter(entry -> entry.charge().status() != RatingStatus.PENDING)
                        .toList();
        for (int i = 0; i < 5; i++) {
            journal.append(new Frame.Batched(batch("msgbatch_" + i, 1, Attribution.NONE, BatchState.UNKNOWN, null)));
        }
        journal.exchanges(entries);
        journal.again();

        apply(17);

        for (BatchRow row : reports.batches(new BatchQuery(BatchQuery.Which.OPEN, 10))) {
            List<Entry> items = entries.stream()
                    .filter(entry -> {
                        BatchItem item = entry.closing().opening().item();
                        return item != null && item.batchId().equals(row.batch().id());
                    })
                    .toList();
            BigDecimal amount =
                    items.stream().map(entry -> entry.charge().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertTrue(items.size() > 5);
            assertEquals(items.size(), row.itemsBooked());
            assertEquals(0, amount.compareTo(row.amount()), row + " but " + amount);
        }
    }

    @Test
    void crashBetweenCommitAndRelease_releasesAtTheNextStart() throws Exception {
        journal.exchanges(new RandomEntries(new Random(7)).entries(20));
        apply(1_000);
        Position end = journal.end();

        MemoryJournal reread = new MemoryJournal();
        for (var positioned : journal.read(Position.START, 1_000)) {
            reread.append(positioned.frame());
        }
        try (Applier applier = new Applier(store, reread, settings(10), Clock.systemUTC())) {
            applier.start();
            assertTrue(applier.catchUp(PATIENCE));
            assertEquals(Lag.class, applier.lag().getClass());
            assertEquals(0, applier.lag().frames());
        }

        assertEquals(List.of(end), reread.released());
        assertEquals(20, reports.verify().entries());
    }

    @Test
    void transactionThatFails_leavesNothing_andTheNextAttemptBooksAll() throws Exception {
        journal.exchanges(new RandomEntries(new Random(8)).entries(20));
        execute("alter table journal_mark rename to away");

        try (Applier applier = new Applier(store, journal, settings(10), Clock.systemUTC())) {
            applier.start();
            assertTrue(!applier.catchUp(Duration.ofMillis(200)));
            assertEquals(40, applier.lag().frames());
            assertEquals(0, count("entries") + count("lines") + count("rollups_hourly") + count("dims"));
            execute("alter table away rename to journal_mark");
            assertTrue(applier.catchUp(PATIENCE));
        }

        assertEquals(20, reports.verify().entries());
    }

    @Test
    void journalThatFails_isReadAgain() throws Exception {
        journal.exchanges(new RandomEntries(new Random(9)).entries(5));
        journal.failReads(3);

        apply(10);

        assertEquals(5, reports.verify().entries());
    }

    @Test
    void secondApplier_isRefused() {
        try (Applier first = new Applier(store, journal, settings(10), Clock.systemUTC());
                Applier second = new Applier(store, journal, settings(10), Clock.systemUTC())) {
            first.start();
            IllegalStateException refused = assertThrows(IllegalStateException.class, second::start);
            assertTrue(String.valueOf(refused.getMessage()).contains("already has an applier"), refused.getMessage());
        }
    }

    @Test
    void markMovedBySomebodyElse_bookedOnce() throws Exception {
        List<Entry> entries = new RandomEntries(new Random(10)).entries(10);
        journal.exchanges(entries);
        Batch mine = new Batch(journal.read(Position.START, 10), new DimsTable());
        apply(1_000);

        assertThrows(
                IllegalStateException.class,
                () -> store.write(connection -> {
                    mine.write(connection, Position.START);
                    return mine;
                }));

        assertEquals(10, reports.verify().entries());
    }

    @Test
    void follower_seesEveryEntryOnce_whileTheApplierWrites() throws Exception {
        List<Entry> entries = new RandomEntries(new Random(13)).entries(400);
        List<StoredEntry> followed = new ArrayList<>();
        try (Applier applier = new Applier(store, journal, settings(5), Clock.systemUTC())) {
            applier.start();
            Thread feeder = new Thread(() -> journal.exchanges(entries), "feeder");
            feeder.start();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (followed.size() < entries.size() && System.nanoTime() < deadline) {
                long after = followed.isEmpty()
                        ? 0
                        : followed.get(followed.size() - 1).sequence();
                followed.addAll(reports.entries(new EntryQuery(null, null, Map.of(), after, false, 37)));
            }
            feeder.join();
        }
        assertEquals(entries.stream().map(Same::entry).toList(), same(followed));
    }

    private List<BatchRecord> batches(BatchQuery.Which which) {
        return reports.batches(new BatchQuery(which, 10)).stream()
                .map(BatchRow::batch)
                .toList();
    }

    private static BatchRecord batch(
            String id, long revision, Attribution creator, BatchState state, @Nullable Instant collectedAt) {
        ExchangeId createdBy = revision == 3 ? new ExchangeId(new UUID(1, 2)) : null;
        return new BatchRecord(id, revision, createdBy, creator, null, state, START, collectedAt);
    }

    private void apply(int batch) throws InterruptedException {
        try (Applier applier = new Applier(store, journal, settings(batch), Clock.systemUTC())) {
            applier.start();
            assertTrue(applier.catchUp(PATIENCE));
        }
    }

    private void execute(String sql) throws SQLException {
        store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private long count(String table) {
        return store.read(connection -> count(connection, table));
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static Reports reports(Store store) {
        return new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of);
    }

    private static List<Entry> same(List<StoredEntry> stored) {
        return stored.stream().map(StoredEntry::entry).map(Same::entry).toList();
    }

    private static LedgerSettings settings(int batch) {
        return settings(batch, Duration.ofMillis(20));
    }

    static LedgerSettings settings(int batch, Duration interval) {
        LedgerSettings ledger = Settings.defaults().ledger();
        return new LedgerSettings(
                ledger.directory(),
                ledger.journalUnwritable(),
                ledger.journalQueueMax(),
                ledger.journalSegmentBytes(),
                batch,
                interval,
                ledger.bookingInstant(),
                ledger.rules(),
                ledger.limits());
    }
}
