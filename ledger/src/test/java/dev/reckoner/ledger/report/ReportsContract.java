package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.HourCrossing;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.LineDetail;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.ledger.store.RandomEntries;
import dev.reckoner.ledger.store.Same;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.TestBooks;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every report against the plainest code that could make it, over random entries; a class per database says how to open
 * one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReportsContract {
    private static final long SEED = 20_261_121;
    private static final Instant ALWAYS = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant NEVER = Instant.parse("2035-01-01T00:00:00Z");

    private final Random random = new Random(SEED);
    private final List<Entry> entries = new RandomEntries(random).entries(600);
    private final Oracle oracle = new Oracle(entries);
    private Store store;
    private Reports reports;

    /** Opens an empty store. */
    abstract Store open();

    @BeforeAll
    void book() throws SQLException {
        store = open();
        reports = new StoreReports(store, () -> new Lag(3, Duration.ofSeconds(2)), List::of);
        TestBooks books = new TestBooks(store);
        for (int i = 0; i < entries.size(); i += 50) {
            books.book(entries.subList(i, i + 50));
        }
    }

    @AfterAll
    void close() {
        store.close();
    }

    @ParameterizedTest
    @EnumSource(Bucket.class)
    void report_byEachDimension_isWhatTheEntriesSay(Bucket bucket) {
        check(query(ALWAYS, NEVER, bucket, List.of(), Map.of()));
        for (Dimension dimension : Dimension.values()) {
            check(query(ALWAYS, NEVER, bucket, List.of(dimension), Map.of()));
        }
    }

    @ParameterizedTest
    @EnumSource(Bucket.class)
    void report_ofRandomQuestions_isWhatTheEntriesSay(Bucket bucket) {
        for (int i = 0; i < 40; i++) {
            List<Dimension> by = Stream.generate(this::dimension)
                    .limit(random.nextInt(4))
                    .distinct()
                    .toList();
            check(query(instant(), instant(), bucket, by, filters()));
        }
    }

    @ParameterizedTest
    @EnumSource(Bucket.class)
    void report_boundsOfAllTime_holdEverything(Bucket bucket) {
        List<ReportRow> rows = reports.report(query(Instant.MIN, Instant.MAX, bucket, List.of(), Map.of()));
        long exchanges = rows.stream().mapToLong(row -> row.sums().exchanges()).sum();
        assertEquals(
                entries.stream()
                        .filter(entry -> entry.closing().opening().route().metered())
                        .count(),
                exchanges);
    }

    @ParameterizedTest
    @EnumSource(names = {"WEEK", "MONTH"})
    void report_ofWeeksAndMonths_holdsTheDaysWithinItsBounds_andNoOthers(Bucket bucket) {
        Instant from = Instant.parse("2026-10-29T00:00:00Z");
        Instant until = Instant.parse("2026-11-21T00:00:00Z");
        for (Dimension by : List.of(Dimension.MODEL, Dimension.SESSION)) {
            long days = exchanges(query(from, until, Bucket.DAY, List.of(by), Map.of()));
            assertTrue(days > 0);
            assertEquals(days, exchanges(query(from, until, bucket, List.of(by), Map.of())));
        }
    }

    private long exchanges(ReportQuery query) {
        return reports.report(query).stream()
                .mapToLong(row -> row.sums().exchanges())
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Bucket.class)
    void report_ofNothing_hasNoRows(Bucket bucket) {
        assertEquals(List.of(), reports.report(query(ALWAYS, ALWAYS.plusSeconds(7200), bucket, List.of(), Map.of())));
        assertEquals(List.of(), reports.report(query(NEVER, ALWAYS, bucket, List.of(Dimension.USER), Map.of())));
        assertEquals(
                List.of(),
                reports.report(query(ALWAYS, NEVER, bucket, List.of(), Map.of(Dimension.USER, List.of("nobody")))));
        assertEquals(
                List.of(), reports.report(query(ALWAYS, NEVER, bucket, List.of(), Map.of(Dimension.USER, List.of()))));
    }

    @Test
    void details_areWhatTheEntriesSay() {
        Map<String, BigDecimal> expected = new TreeMap<>();
        for (Entry entry : entries) {
            if (entry.closing().opening().route().metered()) {
                for (Line line : entry.charge().lines()) {
                    BigDecimal amount = line.amount() == null ? BigDecimal.ZERO : line.amount();
                    String key = kind(entry, line) + " " + line.type() + " " + otherDay(entry) + " " + line.model();
                    expected.merge(key + " amount", amount, BigDecimal::add);
                    expected.merge(key + " quantity", BigDecimal.valueOf(line.quantity()), BigDecimal::add);
                }
            }
        }
        Map<String, BigDecimal> found = new TreeMap<>();
        for (LineDetail detail : reports.details(new DetailQuery(ALWAYS, NEVER)).lines()) {
            String key = detail.kind() + " " + detail.type() + " " + detail.otherDay() + " "
                    + detail.group().get(Dimension.MODEL);
            found.merge(key + " amount", detail.amount(), BigDecimal::add);
            found.merge(key + " quantity", BigDecimal.valueOf(detail.quantity()), BigDecimal::add);
        }
        expected.replaceAll((key, value) -> value.stripTrailingZeros());
        found.replaceAll((key, value) -> value.stripTrailingZeros());
        assertEquals(expected, found);
        assertTrue(found.keySet().stream().anyMatch(key -> !key.contains(" null ")), "nothing crosses a midnight");
    }

    private static LineDetail.Kind kind(Entry entry, Line line) {
        if (line.amount() == null) {
            return LineDetail.Kind.PENDING;
        }
        if (line.factor().signum() == 0) {
            return LineDetail.Kind.WAIVED;
        }
        if (!entry.charge().estimates(line.type())) {
            return LineDetail.Kind.EXACT;
        }
        boolean interrupted = entry.closing().outcome() == Outcome.FAILED_LOCAL_INTERRUPTED;
        return interrupted ? LineDetail.Kind.INTERRUPTED : LineDetail.Kind.ESTIMATED;
    }

    private static @Nullable Instant otherDay(Entry entry) {
        Instant start = entry.closing().opening().startedAt();
        Instant other = entry.bookedAt().equals(start) ? entry.closing().endedAt() : start;
        Instant day = other.truncatedTo(ChronoUnit.DAYS);
        return day.equals(entry.bookedAt().truncatedTo(ChronoUnit.DAYS)) ? null : day;
    }

    @Test
    void details_ofAnExchangeLostInACrash_nameItsKey() {
        List<Entry> lost = entries.stream()
                .filter(entry -> entry.closing().opening().route().metered()
                        && entry.closing().outcome() == Outcome.FAILED_LOCAL_INTERRUPTED
                        && entry.closing().reading().usage() == null)
                .toList();
        List<String> keys = reports.details(new DetailQuery(ALWAYS, NEVER)).lostKeys();
        assertEquals(lost.isEmpty(), keys.isEmpty());
        for (Entry entry : lost) {
            String hint = entry.closing().opening().attribution().key().hint();
            assertTrue(hint.isEmpty() || keys.contains(hint), () -> hint + " in " + keys);
        }
    }

    @Test
    void unsettled_areThoseNotWhollySeen_andTheHoursThatOthersCross() {
        Unsettled found = reports.unsettled(new DetailQuery(ALWAYS, NEVER));
        Set<ExchangeId> expected = new HashSet<>();
        Set<HourCrossing> crossings = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.closing().opening().route().metered()) {
                boolean unseen = entry.charge().status() == RatingStatus.PENDING
                        && entry.closing().reading().usage() == null;
                if (entry.charge().estimated() || unseen) {
                    expected.add(entry.id());
                } else {
                    crossings.addAll(crossings(entry));
                }
            }
        }
        assertFalse(found.more());
        assertEquals(
                expected,
                found.entries().stream().map(stored -> stored.entry().id()).collect(Collectors.toSet()));
        assertEquals(expected.size(), found.entries().size());
        assertEquals(crossings, Set.copyOf(found.crossings()));
        assertFalse(crossings.isEmpty(), "nothing crosses an hour");
        assertEquals(
                new Unsettled(List.of(), List.of(), false), reports.unsettled(new DetailQuery(NEVER, Instant.MAX)));
    }

    private static Set<HourCrossing> crossings(Entry entry) {
        Instant start = entry.closing().opening().startedAt();
        Instant other = entry.bookedAt().equals(start) ? entry.closing().endedAt() : start;
        Instant hour = entry.bookedAt().truncatedTo(ChronoUnit.HOURS);
        Instant otherHour = other.truncatedTo(ChronoUnit.HOURS);
        if (hour.equals(otherHour)) {
            return Set.of();
        }
        String key = entry.closing().opening().attribution().key().shown();
        return entry.charge().lines().stream()
                .map(line -> new HourCrossing(key, line.model(), hour, otherHour))
                .collect(Collectors.toSet());
    }

    @Test
    void report_orderedByBucketThenGroup() {
        List<ReportRow> rows =
                reports.report(query(ALWAYS, NEVER, Bucket.WEEK, List.of(Dimension.USER, Dimension.TAG), Map.of()));
        Comparator<ReportRow> order = Comparator.comparing(ReportRow::start)
                .thenComparing(row -> row.group().get(0))
                .thenComparing(row -> row.group().get(1));
        assertEquals(rows.stream().sorted(order).toList(), rows);
        assertTrue(rows.size() > 20, () -> "rows: " + rows.size());
    }

    @Test
    void amounts_ofAllBuckets_addUpToTheLines() {
        BigDecimal lines = entries.stream()
                .filter(entry -> entry.closing().opening().route().metered())
                .map(entry -> entry.charge().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        for (Bucket bucket : Bucket.values()) {
            BigDecimal sum = reports.report(query(ALWAYS, NEVER, bucket, List.of(Dimension.MODEL), Map.of())).stream()
                    .map(ReportRow::sums)
                    .map(Sums::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertEquals(0, lines.compareTo(sum), () -> bucket + ": " + sum + " for " + lines);
        }
    }

    @Test
    void entries_filtered_areThoseThatMatch_newestFirst() {
        for (int i = 0; i < 60; i++) {
            Map<Dimension, List<String>> where = filters();
            Instant from = random.nextBoolean() ? null : instant();
            Instant until = random.nextBoolean() ? null : instant();
            Long after = random.nextInt(3) == 0 ? Long.valueOf(random.nextInt(600)) : null;
            EntryQuery query = new EntryQuery(from, until, where, after, random.nextBoolean(), 1 + random.nextInt(700));
            List<Long> found =
                    reports.entries(query).stream().map(StoredEntry::sequence).toList();
            assertEquals(expected(query), found, query::toString);
        }
    }

    @Test
    void find_byEachOfTheThreeIds() {
        for (Entry entry : entries.subList(0, 40)) {
            assertFound(entry.id().toString(), other -> other.id().equals(entry.id()));
            assertEquals(
                    Same.entry(entry),
                    Same.entry(reports.entry(entry.id()).orElseThrow().entry()));
            String requestId = entry.closing().requestId();
            if (requestId != null) {
                assertFound(requestId, other -> requestId.equals(other.closing().requestId()));
            }
            String messageId = entry.closing().reading().messageId();
            if (messageId != null) {
                assertFound(
                        messageId,
                        other -> messageId.equals(other.closing().reading().messageId()));
            }
        }
    }

    @Test
    void find_ofNothing_isEmpty() {
        for (String id : List.of("", "req_x", "1-1-1-1-1", "' or 1=1 --", "01900000-0000-7000-0000-00000000000g")) {
            assertEquals(List.of(), reports.find(id));
        }
        assertTrue(reports.entry(ExchangeId.parse("01900000-0000-7000-0000-000000000000"))
                .isEmpty());
    }

    @Test
    void lag_isPassedOn() {
        assertEquals(new Lag(3, Duration.ofSeconds(2)), reports.lag());
    }

    @Test
    void audit_findsTheBooksInOrder_andCountsThem() {
        var audit = reports.verify();
        assertEquals(List.of(), audit.findings());
        assertTrue(audit.clean());
        assertEquals(600, audit.entries());
        assertEquals(
                entries.stream()
                        .mapToLong(entry -> entry.charge().lines().size())
                        .sum(),
                audit.lines());
        assertTrue(audit.rollups() > 100);
    }

    private void check(ReportQuery query) {
        List<String> found = reports.report(query).stream()
                .map(row -> Oracle.key(row.start(), row.group()) + " " + text(row))
                .sorted()
                .toList();
        assertEquals(
                String.join("\n", oracle.report(query).stream().sorted().toList()),
                String.join("\n", found),
                () -> "seed " + SEED + ", " + query);
    }

    private List<Long> expected(EntryQuery query) {
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean inRange = (query.from() == null || !entry.bookedAt().isBefore(query.from()))
                    && (query.until() == null || entry.bookedAt().isBefore(query.until()))
                    && (query.after() == null || i + 1 > query.after());
            boolean metered =
                    !query.metered() || entry.closing().opening().route().metered();
            if (inRange && metered && Oracle.matches(entry, query.where())) {
                expected.add(i + 1L);
            }
        }
        if (query.after() == null) {
            Comparator<Long> byTime = Comparator.comparing(
                    sequence -> entries.get(sequence.intValue() - 1).bookedAt());
            expected.sort(byTime.thenComparing(Comparator.naturalOrder()).reversed());
        }
        return expected.subList(0, Math.min(query.limit(), expected.size()));
    }

    private void assertFound(String id, Predicate<Entry> expected) {
        assertEquals(
                entries.stream().filter(expected).map(Same::entry).toList(),
                reports.find(id).stream()
                        .map(StoredEntry::entry)
                        .map(Same::entry)
                        .toList());
    }

    private Map<Dimension, List<String>> filters() {
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        for (int i = random.nextInt(3); i > 0; i--) {
            filters.put(dimension(), List.of(value(), value(), value()));
        }
        return filters;
    }

    private String value() {
        List<String> values = List.of(
                "",
                "alice",
                "bob",
                "'; drop table entries; --",
                "x' or '1'='1",
                "\"quoted\" \\ %_ ?",
                "Ünïcode 😀 \u202e",
                "hash0",
                "hash1",
                "hint0",
                "none",
                "claude-opus-5",
                "claude-'x'; --",
                "standard",
                "fast",
                "us",
                "0-200k",
                "wrkspc_1");
        return values.get(random.nextInt(values.size()));
    }

    private Dimension dimension() {
        List<Dimension> dimensions = List.of(Dimension.values());
        return dimensions.get(random.nextInt(dimensions.size()));
    }

    private Instant instant() {
        Instant border = RandomEntries.BORDERS.get(random.nextInt(RandomEntries.BORDERS.size()));
        return border.plusSeconds(random.nextInt(3) * 45L - 45);
    }

    private static String text(ReportRow row) {
        Sums sums = row.sums();
        return Oracle.text(
                Arrays.asList(sums.exchanges(), sums.failed(), sums.pending(), sums.estimated()),
                sums.quantities(),
                sums.amounts(),
                row.first(),
                row.last());
    }

    private static ReportQuery query(
            Instant from, Instant until, Bucket bucket, List<Dimension> by, Map<Dimension, List<String>> where) {
        return new ReportQuery(from, until, bucket, by, where);
    }
}
