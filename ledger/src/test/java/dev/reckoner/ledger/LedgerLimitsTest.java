package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.LimitRule;
import dev.reckoner.config.LimitRule.Subject.Kind;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.BookingInstant;
import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.config.Settings.LimitSettings;
import dev.reckoner.ledger.limit.Asks;
import dev.reckoner.ledger.limit.Limit;
import dev.reckoner.ledger.limit.LimitChange;
import dev.reckoner.ledger.limit.SetClock;
import dev.reckoner.ledger.limit.Standing;
import dev.reckoner.ledger.limit.Verdict;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits over real books: what they count is what the ledger says, whatever happens in between. */
final class LedgerLimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Attribution ADA = Asks.whose("ada", "search");

    /** Never served at a price. */
    private static final String UNKNOWN = "claude-later-9";

    @TempDir
    private Path temporary;

    private final SetClock clock = new SetClock("2026-11-21T12:00:00Z");
    private final ExchangeIds ids = new ExchangeIds(clock);

    @Test
    void limit_setWhileTheBooksAreOpen_holdsAtOnce_andStays() throws Exception {
        String id;
        try (Ledger ledger = open()) {
            assertFalse(ledger.admission().any());
            serve(ledger, ADA, Asks.MODEL, 100_000, 10_000); // 0.45

            Limit limit = ledger.limits().set(rule("user=* 1/day"), "a test");

            id = limit.id();
            assertTrue(ledger.admission().any());
            assertAmount("0.45", standing(ledger, "user=ada").spent());
            assertInstanceOf(Verdict.Refused.class, ask(ledger, ids.next(), ADA, 0, 40_000));
            assertEquals(id, ledger.limits().set(rule("user=* 2/day"), "a test").id());
            assertEquals(
                    id,
                    ledger.limits().set(rule("user=* 2/day"), "nothing changes").id());
            assertInstanceOf(Verdict.Admitted.class, ask(ledger, ids.next(), ADA, 0, 40_000));
        }
        try (Ledger ledger = open()) {
            assertTrue(ledger.admission().any());
            assertAmount("0.45", standing(ledger, "user=ada").spent());
            assertAmount("0", standing(ledger, "user=ada").reserved(), "what was in flight is gone with the process");
            ledger.limits().remove(id, "another test");
            assertFalse(ledger.admission().any());
            assertEquals(
                    List.of(
                            "REMOVED user=* 2/day by another test",
                            "CHANGED user=* 2/day by a test",
                            "CREATED user=*" + " 1/day by a test"),
                    ledger.limits().changes("", Long.MAX_VALUE, 10).stream()
                            .map(change -> change.action() + " " + change.rule() + " by " + change.by())
                            .toList());
            assertEquals(
                    List.of(LimitChange.Action.CREATED),
                    ledger.limits().changes(id, 2, 10).stream()
                            .map(LimitChange::action)
                            .toList());
            LedgerException gone =
                    assertThrows(LedgerException.class, () -> ledger.limits().remove(id, "a test"));
            assertTrue(String.valueOf(gone.getMessage()).contains(id), gone.getMessage());
        }
    }

    @Test
    void limitOfTheSettings_holdsBeforeTheFirstExchange_andCantBeRemoved() throws Exception {
        try (Ledger ledger = open("all 5/month Europe/Berlin", "user=ada models " + Asks.MODEL)) {
            assertTrue(ledger.admission().any());
            Limit limit = ledger.limits().standings().get(0).limit();
            assertEquals(Limit.Origin.SETTINGS, limit.origin());
            assertThrows(LedgerException.class, () -> ledger.limits().remove(limit.id(), "a test"));
            ledger.limits().set(rule("all 4/month Europe/Berlin"), "a second one beside it");
            assertEquals(3, ledger.limits().standings().size());
        }
    }

    @Test
    void crash_closesWhatWasInFlight_andCountsIt() throws Exception {
        LedgerSettings settings = settings("all 5/day");
        Closing noted = closing(ids.next(), new Inflight(ADA, clock.instant(), 100_000, 0), Asks.MODEL, 0, false);
        try (Ledger ledger = Ledger.open(settings, RateTables.builtIn(), clock)) {
            LedgerTest.onDisk(done -> ledger.open(noted.opening(), done));
            LedgerTest.onDisk(done -> ledger.note(noted, done));
        }
        try (Ledger ledger = Ledger.open(settings, RateTables.builtIn(), clock)) {
            Standing all = ledger.limits().standings().get(0);
            assertAmount("0.3", all.spent());
            assertTrue(ledger.catchUp(PATIENCE));
            assertSame(ledger, "after the crash");
        }
    }

    @Test
    void pendingEntry_isCountedCautiously_untilItIsRated() throws Exception {
        try (Ledger ledger = open("all 1000/day")) {
            serve(ledger, ADA, UNKNOWN, 1_000_000, 0);
            BigDecimal counted = Objects.requireNonNull(standing(ledger, "all").pending());
            assertEquals(1, counted.signum());
            assertAmount("0", standing(ledger, "all").spent());

            ledger.rates(rates(UNKNOWN + ",,2,2,2,2,10,1,agreed"));
            ledger.ratePending();

            assertAmount("0", standing(ledger, "all").pending());
            assertAmount("2", standing(ledger, "all").spent());
        }
        try (Ledger ledger = open("all 1000/day")) {
            assertAmount("2", standing(ledger, "all").spent());
        }
    }

    @Test
    void change_byAnotherServerOnTheSameStore_holdsWithinASecond() throws Exception {
        // another server changes the store behind this one's back: the same table, the same sequence
        try (Ledger ledger = open()) {
            Path database = temporary.resolve("ledger").resolve("store");
            assertFalse(ledger.admission().any());
            LimitRule rule = rule("all 3 concurrent");
            try (var connection = DriverManager.getConnection(
                            "jdbc:h2:file:" + database + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "");
                    var statement = connection.createStatement()) {
                statement.execute("insert into limits values ('spl_other', '" + rule + "', 0)");
                statement.execute("update sequences set taken = taken + 1 where name = 'limit_changes'");
            }
            long start = System.nanoTime();
            while (!ledger.admission().any()) {
                assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
                Thread.onSpinWait();
            }
            assertEquals("spl_other", ledger.limits().standings().get(0).limit().id());
        }
    }

    /**
     * Exchanges of several people are admitted, served, aborted, refused, corrected and crossed by midnights, restarts and
     * clocks that jump; after each step every budget has spent what the reports say, and nothing is held but by what is in
     * flight.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void spend_whateverHappens_isWhatTheLedgerSays(long seed) throws Exception {
        run(seed, 50);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10})
    void spend_whateverHappensForLong_isWhatTheLedgerSays(long seed) throws Exception {
        run(seed, 300);
    }

    private void run(long seed, int steps) throws Exception {
        Random random = new Random(seed);
        BookingInstant instant = seed % 2 == 0 ? BookingInstant.END : BookingInstant.START;
        List<String> rules = List.of(
                "user=* 3/day",
                "user=ada 2/day Asia/Kolkata",
                "team=* 5/week Europe/Berlin",
                "all 12/month",
                "tag=* 4/day",
                "key=* 6/day",
                "all 900000 itpm",
                "all 40 concurrent");
        Map<ExchangeId, Inflight> inFlight = new LinkedHashMap<>();
        Ledger ledger = Ledger.open(settings(instant, rules), RateTables.builtIn(), clock);
        try {
            for (int step = 0; step < steps; step++) {
                String where = "seed " + seed + ", step " + step;
                switch (random.nextInt(12)) {
                    case 0 -> clock.pass(Duration.ofMinutes(random.nextInt(900) - 300)); // back, too
                    case 1 -> ledger.rates(random.nextBoolean() ? RateTables.builtIn() : cheaper());
                    case 2 ->
                        ledger.corrections()
                                .rerate(new RerateQuery(
                                        clock.instant().minus(Duration.ofDays(40)),
                                        clock.instant().plus(Duration.ofDays(1)),
                                        Map.of(),
                                        true));
                    case 3 -> {
                        ledger.close();
                        inFlight.clear();
                        ledger = Ledger.open(settings(instant, rules), RateTables.builtIn(), clock);
                    }
                    default -> exchange(ledger, random, inFlight);
                }
                clock.pass(Duration.ofMillis(random.nextInt(20_000)));
                assertTrue(ledger.catchUp(PATIENCE), where);
                assertSame(ledger, where);
                if (inFlight.isEmpty()) {
                    ledger.limits().standings().forEach(standing -> assertNothingHeld(standing, where));
                }
            }
            for (ExchangeId id : inFlight.keySet()) {
                ledger.admission().release(id);
            }
            ledger.limits()
                    .standings()
                    .forEach(standing -> assertNothingHeld(standing, "seed " + seed + ", at the end"));
        } finally {
            ledger.close();
        }
    }

    private record Inflight(Attribution whose, Instant startedAt, long input, long output) {}

    private void exchange(Ledger ledger, Random random, Map<ExchangeId, Inflight> inFlight) throws Exception {
        if (!inFlight.isEmpty() && random.nextBoolean()) {
            ExchangeId id = List.copyOf(inFlight.keySet()).get(random.nextInt(inFlight.size()));
            Inflight served = Objects.requireNonNull(inFlight.remove(id));
            String model = random.nextInt(5) == 0 ? UNKNOWN : Asks.MODEL;
            boolean whole = random.nextInt(4) > 0;
            long output = served.output() == 0 ? 0 : random.nextLong(served.output());
            Closing closing = closing(id, served, model, output, whole);
            LedgerTest.onDisk(done -> ledger.close(closing, done));
            return;
        }
        ExchangeId id = ids.next();
        Attribution whose = Asks.whose(
                List.of("ada", "bob", "").get(random.nextInt(3)),
                List.of("search", "ads").get(random.nextInt(2)),
                List.of("env=prod", "env=test").get(random.nextInt(2)));
        long input = random.nextInt(100_000);
        long output = random.nextInt(40_000);
        if (ask(ledger, id, whose, input, output) instanceof Verdict.Admitted) {
            inFlight.put(id, new Inflight(whose, clock.instant(), input, output));
        }
    }

    /** Every budget's spend against a report over the budget's own window and subject. */
    private static void assertSame(Ledger ledger, String where) {
        Map<String, BigDecimal> found = new HashMap<>();
        Map<String, BigDecimal> expected = new HashMap<>();
        for (Standing standing : ledger.limits().standings()) {
            if (standing.spent() != null && !standing.subject().each()) {
                String name = standing.limit().rule() + " of " + standing.subject() + " since " + standing.since();
                found.put(name, standing.spent().stripTrailingZeros());
                expected.put(name, reported(ledger, standing).stripTrailingZeros());
            }
        }
        assertEquals(expected, found, where);
    }

    private static BigDecimal reported(Ledger ledger, Standing standing) {
        Map<Dimension, List<String>> whom = standing.subject().kind() == Kind.ALL
                ? Map.of()
                : Map.of(
                        Dimension.valueOf(standing.subject().kind().name()),
                        List.of(standing.subject().value()));
        Instant since = Objects.requireNonNull(standing.since());
        Instant until = Objects.requireNonNull(standing.resetsAt());
        return ledger.reports().report(new ReportQuery(since, until, Bucket.MINUTE, List.of(), whom)).stream()
                .map(row -> row.sums().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void assertNothingHeld(Standing standing, String where) {
        if (standing.reserved() != null) {
            assertEquals(0, standing.reserved().signum(), () -> where + ": " + standing);
        }
    }

    private void serve(Ledger ledger, Attribution whose, String model, long input, long output) throws Exception {
        Closing closing = closing(ids.next(), new Inflight(whose, clock.instant(), input, output), model, output, true);
        LedgerTest.onDisk(done -> ledger.close(closing, done));
        assertTrue(ledger.catchUp(PATIENCE));
    }

    private Verdict ask(Ledger ledger, ExchangeId id, Attribution whose, long input, long output) {
        return ledger.admission().admit(id, Asks.ask(whose, Asks.MODEL, input, output, clock.instant()));
    }

    private Closing closing(ExchangeId id, Inflight served, String model, long output, boolean whole) {
        Opening opening = new Opening(
                id, served.startedAt(), Route.MESSAGES, "POST", "/v1/messages", served.whose(), Asked.NOTHING, null);
        Usage usage = Exchanges.usage(new TokenCounts(served.input(), output, 0L, 0L, null, null));
        Reading reading = new Reading(
                "msg_1", model, usage, whole, whole ? "end_turn" : null, false, null, output, List.of(), null);
        return new Closing(
                opening,
                clock.instant(),
                null,
                200,
                whole ? Outcome.OK_UPSTREAM_COMPLETE : Outcome.FAILED_DOWNSTREAM_ABORTED,
                null,
                null,
                null,
                null,
                0,
                0,
                reading,
                null);
    }

    private static Standing standing(Ledger ledger, String subject) {
        return ledger.limits().standings().stream()
                .filter(standing -> standing.subject().toString().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private Ledger open(String... rules) {
        return Ledger.open(settings(rules), RateTables.builtIn(), clock);
    }

    private LedgerSettings settings(String... rules) {
        return settings(BookingInstant.END, List.of(rules));
    }

    private LedgerSettings settings(BookingInstant instant, List<String> rules) {
        LedgerSettings plain = LedgerTest.settings(temporary.resolve("ledger"), instant);
        return new LedgerSettings(
                plain.directory(),
                plain.journalUnwritable(),
                plain.journalQueueMax(),
                plain.journalSegmentBytes(),
                plain.applyBatchMax(),
                plain.applyInterval(),
                plain.bookingInstant(),
                plain.rules(),
                new LimitSettings(rules.stream().map(LedgerLimitsTest::rule).toList(), null));
    }

    private RateTable cheaper() throws Exception {
        return rates(Asks.MODEL + ",,2,2,2,2,10,1,agreed");
    }

    private RateTable rates(String row) throws Exception {
        Path file = Files.createTempFile(temporary, "rates", ".csv");
        Files.writeString(
                file,
                "model_id,effective_from_utc,input,cache_write_5m,cache_write_1h,cache_read,output,"
                        + "inference_geo_us_multiplier,sources\n" + row + "\n");
        return RateTables.load(List.of(file));
    }

    private static LimitRule rule(String line) {
        return LimitRule.parse(line).orElseThrow();
    }

    private static void assertAmount(String expected, @Nullable BigDecimal found) {
        assertAmount(expected, found, "");
    }

    private static void assertAmount(String expected, @Nullable BigDecimal found, String message) {
        assertTrue(
                found != null && new BigDecimal(expected).compareTo(found) == 0,
                () -> expected + " but " + found + " " + message);
    }
}
