package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.SessionCursor;
import dev.reckoner.ledger.SessionPage;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.SessionQuery.Order;
import dev.reckoner.ledger.SessionRow;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.store.RandomEntries;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.TestBooks;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions against plain code over random entries: hostile names, several models, corrections, every border. */
final class SessionSearchTest {
    private static final long SEED = 20_261_122;
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-12-01T00:00:00Z");

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private Store store;
    private Reports reports;
    private List<Entry> entries;

    @BeforeEach
    void book() throws Exception {
        System.out.println("seed " + SEED);
        store = Store.open(directory);
        reports = new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of);
        entries = new ArrayList<>(new RandomEntries(random).entries(600));
        TestBooks books = new TestBooks(store);
        for (int i = 0; i < entries.size(); i += 100) {
            books.book(entries.subList(i, i + 100));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void sessions_equalPlainCode() {
        for (Map<Dimension, List<String>> where : List.of(
                Map.<Dimension, List<String>>of(),
                Map.of(Dimension.USER, List.of("alice", "")),
                Map.of(Dimension.TEAM, List.of("bob"), Dimension.MODEL, List.of("claude-opus-5", "")),
                Map.of(Dimension.SESSION, List.of("'; drop table entries; --", "bob")),
                Map.of(Dimension.PROJECT, List.of("nowhere")))) {
            SessionQuery query = new SessionQuery(FROM, UNTIL, where, Order.COST, 10_000, null);
            assertEquals(oracle(query), texts(reports.sessions(query).rows()), where.toString());
        }
    }

    @Test
    void bounds_areWidenedToDays() {
        SessionQuery days = new SessionQuery(FROM, FROM.plus(2, ChronoUnit.DAYS), Map.of(), Order.LAST, 10_000, null);
        SessionQuery within = new SessionQuery(
                FROM.plusSeconds(86_399), FROM.plusSeconds(86_401), Map.of(), Order.LAST, 10_000, null);

        assertEquals(reports.sessions(days), reports.sessions(within));
        assertTrue(!reports.sessions(days).rows().isEmpty());
    }

    @Test
    void pages_followEachOther_inEitherOrder() {
        for (Order order : Order.values()) {
            SessionPage whole = reports.sessions(new SessionQuery(FROM, UNTIL, Map.of(), order, 10_000, null));
            List<SessionRow> paged = new ArrayList<>();
            String cursor = null;
            do {
                SessionPage page = reports.sessions(new SessionQuery(FROM, UNTIL, Map.of(), order, 7, cursor));
                paged.addAll(page.rows());
                cursor = page.next();
            } while (cursor != null);

            assertEquals(whole.rows(), paged);
            if (order == Order.COST) {
                Comparator<SessionRow> dearest =
                        Comparator.comparing(SessionRow::cost).reversed();
                assertEquals(paged.stream().sorted(dearest).toList(), paged);
            }
        }
    }

    @Test
    void latestSessions_comeFirst_howeverFarApartTheyAre() throws Exception {
        List<SessionRow> rows = new ArrayList<>();
        String cursor = null;
        do {
            SessionPage page = reports.sessions(new SessionQuery(
                    Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), Map.of(), Order.LAST, 9, cursor));
            rows.addAll(page.rows());
            cursor = page.next();
        } while (cursor != null);

        Map<String, Instant> booked = new TreeMap<>();
        for (Entry entry : entries) {
            if (entry.closing().opening().route().metered() && session(entry) != null) {
                booked.merge(key(entry), entry.bookedAt(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        List<Instant> order = rows.stream()
                .map(row -> booked.getOrDefault(
                        row.session() + "|" + row.user() + "|" + row.team() + "|" + row.project(), Instant.MIN))
                .toList();
        assertEquals(booked.size(), rows.size());
        assertEquals(order.stream().sorted(Comparator.reverseOrder()).toList(), order);
    }

    @Test
    void correctedEntry_movesItsSession() throws Exception {
        Entry old = entries.stream()
                .filter(entry -> entry.closing().opening().route().metered()
                        && session(entry) != null
                        && !entry.charge().lines().isEmpty())
                .findFirst()
                .orElseThrow();
        Closing closing = old.closing();
        Attribution was = closing.opening().attribution();
        Part moved = new Part("somebody else", Attribution.Source.HEADER);
        Attribution now = new Attribution(
                moved, was.team(), was.project(), was.session(), was.tags(), was.key(), was.virtualKey());
        Entry corrected = new Entry(closing.by(now), old.charge(), old.bookedAt());

        new TestBooks(store).frames(List.of(new Frame.Corrected(new Correction(corrected, 0, FROM, "attribute", "x"))));

        List<SessionRow> rows = reports.sessions(new SessionQuery(
                        Instant.EPOCH,
                        Instant.parse("2100-01-01T00:00:00Z"),
                        Map.of(Dimension.USER, List.of("somebody else")),
                        Order.LAST,
                        1,
                        null))
                .rows();
        assertEquals(1, rows.size());
        Duration took = Duration.between(closing.opening().startedAt(), closing.endedAt());
        assertEquals(took.isNegative() ? Duration.ZERO : took, rows.get(0).apiDuration());
        assertEquals(List.of(), reports.verify().findings());
    }

    @Test
    void otherFilters_andCursors_areRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SessionQuery(FROM, UNTIL, Map.of(Dimension.TAG, List.of("x")), Order.COST, 1, null));
        for (String cursor : List.of("", "~", "1", "1~x", "x~00000000-0000-0000-0000-000000000000", "9".repeat(70))) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> new SessionQuery(FROM, UNTIL, Map.of(), Order.COST, 1, cursor));
            assertTrue(String.valueOf(refused.getMessage()).contains("next of an earlier page"));
        }
        assertNotNull(SessionCursor.parse("1.5~00000000-0000-0000-0000-000000000000"));
    }

    private List<String> oracle(SessionQuery query) {
        Map<String, Session> sessions = new TreeMap<>();
        for (Entry entry : entries) {
            boolean counted = !entry.bookedAt().isBefore(query.from())
                    && entry.bookedAt().isBefore(query.until())
                    && entry.closing().opening().route().metered()
                    && session(entry) != null;
            if (!counted) {
                continue;
            }
            Attribution who = entry.closing().opening().attribution();
            Map<Dimension, String> tuple = Map.of(
                    Dimension.SESSION, value(who.session()),
                    Dimension.USER, value(who.user()),
                    Dimension.TEAM, value(who.team()),
                    Dimension.PROJECT, value(who.project()));
            boolean matches =
                    tuple.entrySet().stream().allMatch(part -> allowed(query, part.getKey(), part.getValue()));
            if (matches) {
                String key = tuple.get(Dimension.SESSION) + "|" + tuple.get(Dimension.USER) + "|"
                        + tuple.get(Dimension.TEAM) + "|" + tuple.get(Dimension.PROJECT);
                add(query, entry, key, sessions);
            }
        }
        return sessions.entrySet().stream()
                .map(session -> session.getKey() + " " + session.getValue())
                .toList();
    }

    private static void add(SessionQuery query, Entry entry, String key, Map<String, Session> sessions) {
        if (allowed(query, Dimension.MODEL, Oracle.model(entry))) {
            Session session = sessions.computeIfAbsent(key, none -> new Session());
            Instant start = entry.closing().opening().startedAt();
            Instant end = entry.closing().endedAt();
            session.exchanges++;
            session.api = end.isBefore(start) ? session.api : session.api.plus(Duration.between(start, end));
        }
        for (Line line : entry.charge().lines()) {
            if (allowed(query, Dimension.MODEL, line.model())) {
                Session session = sessions.computeIfAbsent(key, none -> new Session());
                session.tokens += line.quantity();
                session.cost = line.amount() == null ? session.cost : session.cost.add(line.amount());
            }
        }
    }

    private static boolean allowed(SessionQuery query, Dimension dimension, String value) {
        return !query.where().containsKey(dimension)
                || query.where().getOrDefault(dimension, List.of()).contains(value);
    }

    private static List<String> texts(List<SessionRow> rows) {
        Map<String, Session> sessions = new TreeMap<>();
        for (SessionRow row : rows) {
            Session session = new Session();
            session.exchanges = row.sums().exchanges();
            session.api = row.apiDuration();
            session.tokens = row.sums().quantities().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            session.cost = row.cost();
            sessions.put(row.session() + "|" + row.user() + "|" + row.team() + "|" + row.project(), session);
            assertEquals(
                    0,
                    row.cost()
                            .compareTo(row.models().stream()
                                    .map(SessionRow.ModelPart::cost)
                                    .reduce(BigDecimal.ZERO, BigDecimal::add)));
            assertEquals(Duration.between(row.first(), row.last()), row.wallDuration());
        }
        return sessions.entrySet().stream()
                .map(session -> session.getKey() + " " + session.getValue())
                .toList();
    }

    private static String key(Entry entry) {
        Attribution who = entry.closing().opening().attribution();
        return value(who.session()) + "|" + value(who.user()) + "|" + value(who.team()) + "|" + value(who.project());
    }

    private static @Nullable String session(Entry entry) {
        String session = value(entry.closing().opening().attribution().session());
        return session.isEmpty() ? null : session;
    }

    private static String value(@Nullable Part part) {
        return part == null ? "" : part.value();
    }

    /** What is compared of a session. */
    private static final class Session {
        private long exchanges;
        private long tokens;
        private BigDecimal cost = BigDecimal.ZERO;
        private Duration api = Duration.ZERO;

        @Override
        public String toString() {
            return exchanges + " " + tokens + " " + cost.setScale(18).toPlainString() + " " + api;
        }
    }
}
