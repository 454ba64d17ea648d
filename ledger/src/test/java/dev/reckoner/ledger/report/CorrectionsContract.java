package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.store.RandomEntries;
import dev.reckoner.ledger.store.Same;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.TestBooks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Books with mistakes that were corrected beside books in which everything was right at once: every report and list is
 * the same. A class per database says how to open one.
 */
abstract class CorrectionsContract {
    private static final long SEED = 20_261_122;
    private static final Instant ALWAYS = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant NEVER = Instant.parse("2035-01-01T00:00:00Z");
    private static final Instant AT = Instant.parse("2026-12-24T12:00:00Z");
    private static final EntryQuery ALL = new EntryQuery(null, null, Map.of(), null, false, 1_000);

    private final Random random = new Random(SEED);
    private final RandomEntries facts = new RandomEntries(random);
    private final List<Frame> frames = new ArrayList<>();
    private final List<List<Entry>> revisions = new ArrayList<>();
    private Store mended;
    private Store faultless;
    private Reports reports;
    private Reports expected;
    private TestBooks books;

    /** Opens an empty store. */
    abstract Store open(String name) throws IOException;

    @BeforeEach
    void book() throws Exception {
        mended = open("mended");
        faultless = open("faultless");
        reports = new StoreReports(mended, () -> new Lag(0, Duration.ZERO), List::of);
        expected = new StoreReports(faultless, () -> new Lag(0, Duration.ZERO), List::of);
        books = new TestBooks(mended);
        for (int i = 0; i < 60; i++) {
            exchange();
        }
        for (int from = 0; from < frames.size(); ) {
            int until = Math.min(frames.size(), from + 1 + random.nextInt(60));
            books.frames(frames.subList(from, until));
            from = until;
        }
        new TestBooks(faultless).book(latest());
    }

    @AfterEach
    void close() {
        Audit audit = reports.verify();
        mended.close();
        faultless.close();
        assertEquals(List.of(), audit.findings(), () -> "seed " + SEED);
    }

    @ParameterizedTest
    @EnumSource(Bucket.class)
    void reports_ofCorrectedBooks_areThoseOfBooksWithoutMistakes(Bucket bucket) {
        check(bucket, List.of());
        for (Dimension dimension : Dimension.values()) {
            check(bucket, List.of(dimension));
            check(bucket, List.of(dimension, Dimension.MODEL));
        }
    }

    @Test
    void lists_ofCorrectedBooks_haveEachExchangeOnce_asItIsNow() {
        assertEquals(same(expected.entries(ALL)), same(reports.entries(ALL)));
        for (Dimension dimension : Dimension.values()) {
            for (String value : List.of("", "alice", "claude-opus-5", "fast", "hash1")) {
                EntryQuery query = new EntryQuery(null, null, Map.of(dimension, List.of(value)), null, true, 1_000);
                assertEquals(same(expected.entries(query)), same(reports.entries(query)), query::toString);
            }
        }
        for (Entry entry : latest().subList(0, 20)) {
            assertEquals(
                    List.of(Same.entry(entry)), same(reports.find(entry.id().toString())));
        }
    }

    @Test
    void follower_seesACorrection_behindWhatItSawBefore() throws Exception {
        long last = reports.entries(ALL).stream()
                .mapToLong(StoredEntry::sequence)
                .max()
                .orElseThrow();
        Entry entry = latest().get(0);
        int revision = revisions.get(0).size();

        books.frames(List.of(corrected(entry, revision - 1)));

        List<StoredEntry> followed = reports.entries(new EntryQuery(null, null, Map.of(), last, false, 10));
        assertEquals(
                List.of(entry.id()),
                followed.stream().map(one -> one.entry().id()).toList());
        assertEquals(revision, followed.get(0).revision());
    }

    @Test
    void history_isEveryRevisionInOrder_withItsReason() {
        for (List<Entry> all : revisions) {
            List<Revision> history = reports.history(all.get(0).id());

            assertEquals(
                    all.stream().map(Same::entry).toList(),
                    history.stream().map(Revision::entry).map(Same::entry).toList());
            assertNull(history.get(0).correctedAt());
            for (int number = 1; number < all.size(); number++) {
                Revision revision = history.get(number);
                assertEquals(number, revision.number());
                assertEquals(AT.plusSeconds(number), revision.correctedAt());
                assertEquals(Correction.RERATED, revision.cause());
                assertEquals("reason " + number, revision.reason());
            }
        }
        assertEquals(List.of(), reports.history(facts.entry().id()));
    }

    @Test
    void framesAgain_inAnyOrder_changeNothing() throws Exception {
        Audit before = reports.verify();
        List<Frame> again = new ArrayList<>(frames);
        Collections.shuffle(again, random);

        books.frames(frames);
        books.frames(again);

        assertEquals(before, reports.verify());
        assertEquals(same(expected.entries(ALL)), same(reports.entries(ALL)));
    }

    @Test
    void correctionOfSomethingElse_changesNothing() throws Exception {
        Entry entry = latest().get(0);
        int revision = revisions.get(0).size() - 1;
        Entry moved =
                new Entry(entry.closing(), entry.charge(), entry.bookedAt().plusSeconds(1));
        Opening opening = entry.closing().opening();
        Route other = opening.route() == Route.PASSED ? Route.MESSAGES : Route.PASSED;
        Entry rerouted = replaced(entry, facts.entry(), other);
        Audit before = reports.verify();

        books.frames(List.of(
                corrected(entry, revision + 1),
                corrected(facts.entry(), 0),
                new Frame.Corrected(new Correction(moved, revision, AT, "a_test", "another instant")),
                new Frame.Corrected(new Correction(rerouted, revision, AT, "a_test", "another route"))));

        assertEquals(before, reports.verify());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update corrections set old_amount = old_amount + 1 where entry_id = # | don't belong together
            update corrections set new_amount = new_amount + 1 where entry_id = # | don't belong together
            update corrections set revision = 17 where entry_id = # | don't belong together
            delete from corrections where entry_id = # | nothing says of what
            delete from lines where line_id = # * 1000000 + 500000 | a line of the entry it replaces isn't reversed
            update lines set quantity = quantity - 1 where line_id = # * 1000000 + 500000 | isn't reversed
            update lines set line_id = line_id + 400000 where line_id = # * 1000000 + 500000 | a line that isn't there
            update rollups_hourly set pending = pending - 1 | not the sum of its lines
            """)
    void tamperedCorrections_areFound(String sql, String finding) throws Exception {
        Entry wrong = metered();
        Entry right = replaced(wrong, metered(), Route.MESSAGES);
        books.frames(List.of(
                new Frame.Closed(wrong), new Frame.Corrected(new Correction(right, 0, AT, "a_test", "a reason"))));
        long number = reports.entry(wrong.id()).orElseThrow().sequence();
        assertEquals(List.of(), reports.verify().findings());

        int changed = books.tamper(sql.replace("#", Long.toString(number)));

        List<String> findings = reports.verify().findings();
        assertTrue(changed > 0, "nothing was changed");
        assertTrue(findings.stream().anyMatch(found -> found.contains(finding)), () -> String.join("\n", findings));
        mended.close();
        mended = open("another");
        reports = new StoreReports(mended, () -> new Lag(0, Duration.ZERO), List::of);
    }

    private void check(Bucket bucket, List<Dimension> by) {
        ReportQuery query = new ReportQuery(ALWAYS, NEVER, bucket, by, Map.of());
        assertEquals(sums(expected, query), sums(reports, query), () -> "seed " + SEED + ", " + query);
    }

    /** Without first and last instant, which may be those of an entry that was replaced. */
    private static List<String> sums(Reports books, ReportQuery query) {
        return books.report(query).stream()
                .map(row -> row.start() + " " + row.group() + " " + row.sums())
                .toList();
    }

    /** An exchange's entry, its corrections behind it or, now and then, behind those of other exchanges. */
    private void exchange() {
        List<Entry> all = new ArrayList<>();
        Entry entry = facts.entry();
        all.add(entry);
        frames.add(new Frame.Closed(entry));
        revisions.add(all);
        for (int left = random.nextInt(4); left > 0; left--) {
            int place = random.nextInt(revisions.size());
            List<Entry> chosen = revisions.get(place);
            Entry right = replaced(
                    chosen.get(0),
                    facts.entry(),
                    chosen.get(0).closing().opening().route());
            frames.add(corrected(right, chosen.size() - 1));
            chosen.add(right);
        }
    }

    private static Frame corrected(Entry entry, int replaces) {
        int number = replaces + 1;
        return new Frame.Corrected(
                new Correction(entry, replaces, AT.plusSeconds(number), Correction.RERATED, "reason " + number));
    }

    /** Another entry's facts and charge for the exchange of the first, which keeps its instant. */
    private static Entry replaced(Entry entry, Entry by, Route route) {
        Closing closing = by.closing();
        Opening other = closing.opening();
        Opening opening = new Opening(
                entry.id(),
                other.startedAt(),
                route,
                other.method(),
                other.path(),
                other.attribution(),
                other.asked(),
                null);
        return new Entry(TestBooks.withOpening(closing, opening), by.charge(), entry.bookedAt());
    }

    private Entry metered() {
        Entry entry = facts.entry();
        while (entry.closing().opening().route() != Route.MESSAGES
                || entry.charge().lines().isEmpty()
                || entry.charge().amount().signum() == 0) {
            entry = facts.entry();
        }
        return entry;
    }

    private List<Entry> latest() {
        return revisions.stream().map(all -> all.get(all.size() - 1)).toList();
    }

    /** In the order of ids, since corrections give new numbers. */
    private static List<Entry> same(List<StoredEntry> stored) {
        return stored.stream()
                .map(StoredEntry::entry)
                .map(Same::entry)
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }
}
