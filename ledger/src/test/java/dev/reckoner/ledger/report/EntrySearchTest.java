package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.EntryCursor;
import dev.reckoner.ledger.EntryFilter;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.store.RandomEntries;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.TestBooks;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The search for entries against plain code over random ones: every filter, alone and together, whole and in pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EntrySearchTest {
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
    private static final List<Dimension> DIMENSIONS = List.of(Dimension.values());
    private static final long SEED = 20_261_122;
    private static final List<String> VALUES =
            List.of("", "alice", "bob", "'; drop table entries; --", "claude-opus-5", "hash1", "hint0", "batch", "us");

    private final Random random = new Random(SEED);
    private final List<Entry> entries = new RandomEntries(random).entries(500);
    private Store store;
    private Reports reports;

    @BeforeAll
    void book(@TempDir Path directory) throws Exception {
        System.out.println("seed " + SEED);
        store = Store.open(directory);
        reports = new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of);
        new TestBooks(store).book(entries);
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void randomSearches_findWhatPlainCodeFinds() {
        int found = 0;
        for (int i = 0; i < 250; i++) {
            EntryQuery query = query(filter(), where(), 1_000);
            List<Long> expected = expected(query);
            found += expected.size();
            assertEquals(expected, numbers(reports.entries(query)), query::toString);
        }
        assertTrue(found > 1_000, "few were found: " + found);
    }

    @Test
    void pages_followEachOther() {
        for (int i = 0; i < 20; i++) {
            EntryQuery whole = query(filter(), where(), 1_000);
            List<Long> paged = new ArrayList<>();
            EntryCursor before = null;
            List<StoredEntry> page;
            do {
                page = reports.entries(new EntryQuery(
                        whole.from(), whole.until(), whole.where(), null, whole.metered(), 7, whole.only(), before));
                paged.addAll(numbers(page));
                before = page.isEmpty()
                        ? null
                        : EntryCursor.parse(
                                EntryCursor.behind(page.get(page.size() - 1)).toString());
            } while (!page.isEmpty());
            assertEquals(expected(whole), paged, whole::toString);
        }
    }

    @Test
    void eachOutcome_isFound() {
        for (Outcome outcome : Outcome.values()) {
            EntryFilter only = new EntryFilter(List.of(outcome), false, false, false, null, null);
            EntryQuery query = new EntryQuery(null, null, Map.of(), null, true, 1_000, only, null);
            assertEquals(expected(query), numbers(reports.entries(query)), outcome::toString);
        }
    }

    @Test
    void eachId_isFound_underTheOtherFilters() {
        for (Entry entry : entries.subList(0, 30)) {
            for (String id :
                    new String[] {entry.id().toString(), entry.closing().requestId()}) {
                if (id != null) {
                    EntryFilter only = new EntryFilter(List.of(), false, false, false, null, id);
                    EntryQuery query = new EntryQuery(null, null, Map.of(), null, false, 1_000, only, null);
                    assertEquals(expected(query), numbers(reports.entries(query)), id);
                }
            }
        }
    }

    @Test
    void emptyBooks_haveNothing(@TempDir Path directory) {
        try (Store empty = Store.open(directory)) {
            Reports nothing = new StoreReports(empty, () -> new Lag(0, Duration.ZERO), List::of);
            assertEquals(List.of(), nothing.entries(query(filter(), Map.of(Dimension.USER, List.of("x")), 5)));
        }
    }

    @Test
    void wrongCursor_isRefused() {
        for (String text : List.of("", "~", "x~1", "2026-11-22T00:00:00Z~", "2026-11-22T00:00:00Z~x")) {
            assertThrows(IllegalArgumentException.class, () -> EntryCursor.parse(text), text);
        }
    }

    private EntryQuery query(EntryFilter only, Map<Dimension, List<String>> where, int limit) {
        Instant from = random.nextInt(3) == 0 ? border() : null;
        Instant until = random.nextInt(3) == 0 ? border() : null;
        return new EntryQuery(from, until, where, null, random.nextInt(6) > 0, limit, only, null);
    }

    private Instant border() {
        return RandomEntries.BORDERS.get(random.nextInt(RandomEntries.BORDERS.size()));
    }

    private EntryFilter filter() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 1; i--) {
            outcomes.add(OUTCOMES.get(random.nextInt(OUTCOMES.size())));
        }
        BigDecimal least = random.nextInt(4) == 0 ? BigDecimal.valueOf(random.nextInt(5_000_000), 3) : null;
        return new EntryFilter(
                outcomes,
                random.nextInt(5) == 0,
                random.nextInt(5) == 0,
                random.nextInt(5) == 0,
                least,
                random.nextInt(9) == 0 ? "req_" + random.nextInt(50) : null);
    }

    private Map<Dimension, List<String>> where() {
        Map<Dimension, List<String>> where = new EnumMap<>(Dimension.class);
        for (int i = random.nextInt(4); i > 1; i--) {
            Dimension dimension = DIMENSIONS.get(random.nextInt(DIMENSIONS.size()));
            where.put(
                    dimension,
                    List.of(VALUES.get(random.nextInt(VALUES.size())), VALUES.get(random.nextInt(VALUES.size()))));
        }
        return where;
    }

    private List<Long> expected(EntryQuery query) {
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (matches(entries.get(i), query)) {
                expected.add(i + 1L);
            }
        }
        Comparator<Long> byTime = Comparator.comparing(
                sequence -> entries.get(sequence.intValue() - 1).bookedAt());
        expected.sort(byTime.thenComparing(Comparator.naturalOrder()).reversed());
        return expected;
    }

    private static boolean matches(Entry entry, EntryQuery query) {
        Instant from = query.from();
        Instant until = query.until();
        return (from == null || !entry.bookedAt().isBefore(from))
                && (until == null || entry.bookedAt().isBefore(until))
                && (!query.metered() || entry.closing().opening().route().metered())
                && became(entry, query.only())
                && named(entry, query.only().id())
                && Oracle.matches(entry, query.where());
    }

    private static boolean became(Entry entry, EntryFilter only) {
        BigDecimal least = only.amountLeast();
        return (only.outcomes().isEmpty()
                        || only.outcomes().contains(entry.closing().outcome()))
                && (!only.failed() || !entry.closing().outcome().ok())
                && (!only.pending() || entry.charge().status() == RatingStatus.PENDING)
                && (!only.estimated() || entry.charge().estimated())
                && (least == null || entry.charge().amount().compareTo(least) >= 0);
    }

    private static boolean named(Entry entry, @Nullable String id) {
        return id == null
                || id.equals(entry.id().toString())
                || id.equals(entry.closing().requestId())
                || id.equals(entry.closing().reading().messageId());
    }

    private static List<Long> numbers(List<StoredEntry> stored) {
        return stored.stream().map(StoredEntry::sequence).toList();
    }
}
