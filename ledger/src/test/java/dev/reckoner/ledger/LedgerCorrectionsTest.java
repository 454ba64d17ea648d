package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.BookingInstant;
import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Journal;
import dev.reckoner.ledger.journal.Position;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerCorrectionsTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String COLUMNS = "model_id,effective_from_utc,input,cache_write_5m,cache_write_1h,cache_read,"
            + "output,inference_geo_us_multiplier,sources\n";
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-12-01T00:00:00Z");

    /** Of 1,000 tokens in and 100 out at 3 and 15 USD per million. */
    private static final BigDecimal LISTED = new BigDecimal("0.0045");

    /** Of the same at 2 and 10 USD per million. */
    private static final BigDecimal AGREED = new BigDecimal("0.003");

    @TempDir
    private Path temporary;

    private final ExchangeIds ids = new ExchangeIds(CLOCK);

    @Test
    void pendingEntry_whoseRateAppears_isRated_andOthersStayPending() throws Exception {
        Closing known = asked("claude-later-1");
        Closing unknown = asked("claude-never-1");
        try (Ledger ledger = open()) {
            close(ledger, known);
            close(ledger, unknown);
            assertEquals(0, ledger.ratePending().changed());
            assertEquals(2, sums(ledger).pending());

            ledger.rates(rates("claude-later-1,,2,2,2,2,10,1,agreed"));
            RerateResult result = ledger.ratePending();

            assertEquals(2, result.entries());
            assertEquals(1, result.changed());
            assertEquals(1, result.pendingBefore());
            assertEquals(0, result.pendingAfter());
            assertAmount(AGREED, result.after());
            assertEquals(1, sums(ledger).pending());
            assertEquals(2, sums(ledger).exchanges());
            assertAmount(AGREED, sums(ledger).amount());
            Revision now = history(ledger, known).get(1);
            assertEquals(Correction.RATE_APPEARED, now.cause());
            assertEquals(RatingStatus.RATED, now.entry().charge().status());
            assertEquals(1, history(ledger, unknown).size());
            assertEquals(0, ledger.ratePending().changed(), "it is rated once");
            assertClean(ledger);
        }
    }

    @Test
    void rerating_notApplied_saysWhatItWouldChange_andChangesNothing() throws Exception {
        try (Ledger ledger = open()) {
            close(ledger, asked(Exchanges.MODEL));
            close(ledger, asked("claude-haiku-4-5-20251001"));
            ledger.rates(rates(Exchanges.MODEL + ",,2,2,2,2,10,1,agreed"));
            Sums before = sums(ledger);

            RerateResult plan = ledger.corrections().rerate(query(false));

            assertFalse(plan.booked());
            assertEquals(2, plan.entries());
            assertEquals(1, plan.changed());
            assertAmount(LISTED, plan.before());
            assertAmount(AGREED, plan.after());
            assertEquals(
                    List.of(Exchanges.MODEL),
                    plan.models().stream().map(RerateResult.OfModel::model).toList());
            assertEquals(before, sums(ledger));
            assertEquals(0, ledger.reports().verify().corrections());
        }
    }

    @Test
    void rerating_applied_isWhatWasPlanned_andASecondOneChangesNothing() throws Exception {
        Closing exchange = asked(Exchanges.MODEL);
        try (Ledger ledger = open()) {
            close(ledger, exchange);
            ledger.rates(rates(Exchanges.MODEL + ",,2,2,2,2,10,1,agreed"));
            RerateResult plan = ledger.corrections().rerate(query(false));

            RerateResult done = ledger.corrections().rerate(query(true));

            assertTrue(done.booked());
            assertEquals(plan.after(), done.after());
            assertAmount(AGREED, sums(ledger).amount());
            assertEquals(1, sums(ledger).exchanges());
            assertEquals(0, ledger.corrections().rerate(query(true)).changed());
            List<Revision> history = history(ledger, exchange);
            assertEquals(2, history.size());
            assertAmount(LISTED, history.get(0).entry().charge().amount());
            assertAmount(AGREED, history.get(1).entry().charge().amount());
            assertEquals(Correction.RERATED, history.get(1).cause());
            assertEquals("rate table " + done.ratesVersion(), history.get(1).reason());

            ledger.rates(RateTables.builtIn());
            assertEquals(1, ledger.corrections().rerate(query(true)).changed());
            assertAmount(LISTED, sums(ledger).amount());
            assertEquals(3, history(ledger, exchange).size());
            assertClean(ledger);
        }
    }

    @Test
    void rerating_takesTheRatesOfTheEntrysOwnInstant() throws Exception {
        try (Ledger ledger = open()) {
            close(ledger, asked(Exchanges.MODEL));
            ledger.rates(rates(Exchanges.MODEL + ",2026-11-23,2,2,2,2,10,1,from the day after"));
            assertEquals(0, ledger.corrections().rerate(query(true)).changed());

            ledger.rates(rates(Exchanges.MODEL + ",2026-11-22,2,2,2,2,10,1,from the day itself"));
            assertEquals(1, ledger.corrections().rerate(query(true)).changed());
        }
    }

    @Test
    void rerating_ofATimeOrAUser_leavesTheOthers() throws Exception {
        try (Ledger ledger = open()) {
            close(ledger, asked(Exchanges.MODEL));
            ledger.rates(rates(Exchanges.MODEL + ",,2,2,2,2,10,1,agreed"));
            Instant day = Instant.parse("2026-11-22T00:00:00Z");

            assertEquals(
                    0,
                    rerate(ledger, new RerateQuery(FROM, day, Map.of(), true)).entries());
            assertEquals(
                    0,
                    rerate(ledger, new RerateQuery(Exchanges.END.plusNanos(1), UNTIL, Map.of(), true))
                            .entries());
            assertEquals(
                    0,
                    rerate(ledger, new RerateQuery(FROM, UNTIL, user("nobody"), true))
                            .entries());
            assertEquals(
                    1,
                    rerate(ledger, new RerateQuery(Exchanges.END, UNTIL, user(""), true))
                            .changed());
        }
    }

    @Test
    void manyPages_areAllRatedAgain_toTheSumOfBooksThatWereRightAtOnce() throws Exception {
        int count = 1_234;
        Random random = new Random(20_261_123);
        BigDecimal expected = BigDecimal.ZERO;
        RateTable agreed = rates(Exchanges.MODEL + ",,2.5,2,2,2,12.5,1,agreed");
        try (Ledger ledger = open()) {
            for (int i = 0; i < count; i++) {
                long input = 1L + random.nextInt(100_000);
                long output = random.nextInt(10_000);
                ledger.close(used(input, output, random.nextInt(100)), Books.Done.NOTHING);
                expected = expected.add(new BigDecimal("2.5")
                        .multiply(BigDecimal.valueOf(input + 5 * output))
                        .movePointLeft(6));
            }
            close(ledger, used(0, 0, 0));
            ledger.rates(agreed);

            RerateResult done = ledger.corrections().rerate(query(true));

            assertEquals(count + 1, done.entries());
            assertEquals(count, done.changed(), "all but the one without a token");
            assertAmount(expected, done.after());
            assertAmount(expected, sums(ledger).amount());
            assertEquals(count + 1, sums(ledger).exchanges());
            assertEquals(0, ledger.corrections().rerate(query(true)).changed());
            assertClean(ledger);
        }
    }

    @Test
    void correctionsInTheJournal_atTheNextStart_areApplied_andNothingIsInFlight() throws Exception {
        Closing exchange = asked(Exchanges.MODEL);
        Entry wrong = new Entry(exchange, charge(LISTED), Exchanges.END);
        Entry right = new Entry(exchange, charge(AGREED), Exchanges.END);
        Frame corrected = new Frame.Corrected(new Correction(right, 0, Exchanges.END, "a_test", "a reason"));
        leftBehind(new Frame.Opened(exchange.opening()), new Frame.Closed(wrong), corrected, corrected);
        for (int start = 0; start < 2; start++) {
            try (Ledger ledger = open()) {
                ledger.catchUp(Duration.ofSeconds(20));
                assertEquals(2, history(ledger, exchange).size());
                assertEquals(1, LedgerTest.entries(ledger).size());
                assertAmount(AGREED, sums(ledger).amount());
                assertClean(ledger);
            }
        }
    }

    @Test
    void correctionOfAnEarlierRevision_isIgnored() throws Exception {
        Closing exchange = asked(Exchanges.MODEL);
        try (Ledger ledger = open()) {
            close(ledger, exchange);
            Entry dearer = new Entry(exchange, charge(BigDecimal.TEN), Exchanges.END);
            LedgerTest.onDisk(done -> ledger.correct(correction(dearer, 0), done));
            LedgerTest.onDisk(done ->
                    ledger.correct(correction(new Entry(exchange, charge(LISTED), Exchanges.END), 0), done));
            ledger.catchUp(Duration.ofSeconds(20));

            assertAmount(BigDecimal.TEN, sums(ledger).amount());
            assertEquals(2, history(ledger, exchange).size());
            assertClean(ledger);
        }
    }

    @Test
    void reratings_besideLiveExchanges_leaveTheBooksInOrder() throws Exception {
        List<RateTable> tables = List.of(rates(Exchanges.MODEL + ",,2,2,2,2,10,1,agreed"), RateTables.builtIn());
        try (Ledger ledger = open()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                RateTable own = tables.get(i);
                threads.add(new Thread(() -> {
                    for (int round = 0; round < 3; round++) {
                        ledger.rates(own);
                        ledger.corrections().rerate(query(true));
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (int i = 1; i < 300; i++) {
                ledger.close(used(i, i, 0), Books.Done.NOTHING);
            }
            close(ledger, used(0, 0, 0));
            for (Thread thread : threads) {
                thread.join();
            }
            ledger.rates(tables.get(0));
            ledger.corrections().rerate(query(true));

            BigDecimal tokens = BigDecimal.valueOf(299L * 300 / 2);
            assertAmount(
                    tokens.multiply(new BigDecimal("12")).movePointLeft(6),
                    sums(ledger).amount());
            assertEquals(300, sums(ledger).exchanges());
            assertClean(ledger);
        }
    }

    @Test
    void endedCorrections_bookNothingMore_andSaySo() throws Exception {
        try (Ledger ledger = open()) {
            close(ledger, asked(Exchanges.MODEL));
            ledger.rates(rates(Exchanges.MODEL + ",,2,2,2,2,10,1,agreed"));
            ledger.endCorrections();

            LedgerException ended = assertThrows(
                    LedgerException.class, () -> ledger.corrections().rerate(query(true)));

            assertTrue(String.valueOf(ended.getMessage()).contains("being closed"), ended.toString());
            assertAmount(LISTED, sums(ledger).amount());
        }
    }

    private RerateResult rerate(Ledger ledger, RerateQuery query) {
        return ledger.corrections().rerate(query);
    }

    private static RerateQuery query(boolean apply) {
        return new RerateQuery(FROM, UNTIL, Map.of(), apply);
    }

    private static Map<Dimension, List<String>> user(String name) {
        return Map.of(Dimension.USER, List.of(name));
    }

    private static Correction correction(Entry entry, int replaces) {
        return new Correction(entry, replaces, Exchanges.END, "a_test", "a reason");
    }

    private static Charge charge(BigDecimal amount) {
        BigDecimal rate = amount.movePointRight(3);
        Line line = new Line(
                0, Exchanges.MODEL, TokenType.INPUT, 1_000, rate, BigDecimal.ONE, amount, null, null, null, null, "v");
        return new Charge(List.of(line), RatingStatus.RATED, null, false, null);
    }

    private Closing asked(String model) {
        return closing(model, 1_000, 100, Duration.ZERO);
    }

    private Closing used(long input, long output, int hoursBefore) {
        return closing(Exchanges.MODEL, input, output, Duration.ofHours(hoursBefore));
    }

    private Closing closing(String model, long input, long output, Duration before) {
        ExchangeId id = ids.next();
        TokenCounts tokens = new TokenCounts(input, output, 0L, 0L, null, null);
        Reading like = Exchanges.reading(true);
        Usage usage = Exchanges.usage(tokens);
        Reading reading = new Reading(
                like.messageId(),
                model,
                usage,
                true,
                like.stopReason(),
                like.contentEmpty(),
                null,
                like.outputTextBytes(),
                List.of(),
                null);
        Closing complete = Exchanges.closing(id, Outcome.OK_UPSTREAM_COMPLETE, reading);
        return new Closing(
                complete.opening(),
                Exchanges.END.minus(before),
                complete.firstByteAt(),
                complete.status(),
                complete.outcome(),
                null,
                complete.requestId(),
                null,
                null,
                complete.bytesIn(),
                complete.bytesOut(),
                reading,
                complete.rateLimits());
    }

    private static void close(Ledger ledger, Closing closing) throws Exception {
        LedgerTest.onDisk(done -> ledger.close(closing, done));
        assertTrue(ledger.catchUp(Duration.ofSeconds(20)));
    }

    private static List<Revision> history(Ledger ledger, Closing closing) {
        return ledger.reports().history(closing.opening().id());
    }

    private static Sums sums(Ledger ledger) {
        return ledger.reports().report(new ReportQuery(FROM, UNTIL, Bucket.ALL, List.of(), Map.of())).stream()
                .map(ReportRow::sums)
                .findFirst()
                .orElseThrow();
    }

    private static void assertAmount(BigDecimal expected, BigDecimal found) {
        assertEquals(0, expected.compareTo(found), () -> "expected " + expected + ", found " + found);
    }

    private static void assertClean(Ledger ledger) {
        assertEquals(List.of(), ledger.reports().verify().findings());
    }

    private RateTable rates(String row) throws IOException {
        Path file = Files.createTempFile(temporary, "rates", ".csv");
        Files.writeString(file, COLUMNS + row + "\n");
        return RateTables.load(List.of(file));
    }

    private LedgerSettings settings() {
        return LedgerTest.settings(temporary.resolve("ledger"), BookingInstant.END);
    }

    private Ledger open() {
        return Ledger.open(settings(), RateTables.builtIn(), CLOCK);
    }

    /** Frames in the journal of a process that died before it could do more. */
    private void leftBehind(Frame... frames) throws Exception {
        Path journal = settings().directory().resolve("journal");
        try (Journal left = Journal.open(journal, settings(), Position.START, closing -> {
            throw new IllegalStateException("nothing is closed here");
        })) {
            for (Frame frame : Stream.of(frames).toList()) {
                LedgerTest.onDisk(done -> left.append(frame, done));
            }
        }
    }
}
