package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.RatingRules;
import dev.reckoner.config.Settings.BookingInstant;
import dev.reckoner.config.Settings.JournalUnwritable;
import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.config.Settings.LimitSettings;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.AlertQueue;
import dev.reckoner.ledger.correct.Rerating;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Journal;
import dev.reckoner.ledger.journal.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path temporary;

    private final ExchangeIds ids = new ExchangeIds(CLOCK);

    @Test
    void exchange_openedAndClosed_isOnTheBooksOnce() throws Exception {
        ExchangeId id = ids.next();
        try (Ledger ledger = open()) {
            assertTrue(ledger.accepting());
            onDisk(done -> ledger.open(Exchanges.opening(id), done));
            ledger.catchUp(Duration.ofSeconds(20));
            assertEquals(List.of(Exchanges.opening(id)), ledger.reports().openings());
            assertEquals(
                    new Pulse(0, 1, new Lag(0, Duration.ZERO)), ledger.pulse().get());

            onDisk(done ->
                    ledger.note(Exchanges.closing(id, Outcome.OK_UPSTREAM_COMPLETE, Exchanges.reading(false)), done));
            onDisk(done -> ledger.close(Exchanges.complete(id), done));
            assertTrue(ledger.catchUp(Duration.ofSeconds(20)));

            assertEquals(
                    new Pulse(1, 0, new Lag(0, Duration.ZERO)), ledger.pulse().get());
            assertEquals(List.of(), ledger.reports().openings());
            assertEquals(Exchanges.complete(id), entry(ledger, id).closing());
            assertTrue(ledger.reports().verify().clean());
        }
        try (Ledger again = Ledger.openForReading(settings(BookingInstant.END), RateTables.builtIn(), CLOCK)) {
            assertEquals(Exchanges.complete(id), entry(again, id).closing());
            assertEquals(0, again.reports().lag().frames());
        }
    }

    @Test
    void openingWithoutEntry_isClosedAsInterruptedAtItsStart() throws Exception {
        ExchangeId id = ids.next();
        leftBehind(new Frame.Opened(Exchanges.opening(id)));

        try (Ledger ledger = Ledger.openForReading(settings(BookingInstant.END), RateTables.builtIn(), CLOCK)) {
            Entry entry = entry(ledger, id);
            assertEquals(Outcome.FAILED_LOCAL_INTERRUPTED, entry.closing().outcome());
            assertEquals(Exchanges.START, entry.closing().endedAt());
            assertEquals(Exchanges.START, entry.bookedAt());
            assertEquals(RatingStatus.PENDING, entry.charge().status(), "it may have been served: never $0");
            assertEquals(List.of(), ledger.reports().openings());
        }
    }

    @Test
    void noteWithoutFinalUsage_isClosedAsInterruptedAndEstimated() throws Exception {
        ExchangeId id = ids.next();
        leftBehind(
                new Frame.Opened(Exchanges.opening(id)),
                new Frame.Noted(Exchanges.closing(id, Outcome.OK_UPSTREAM_COMPLETE, Exchanges.reading(false))));

        try (Ledger ledger = Ledger.openForReading(settings(BookingInstant.END), RateTables.builtIn(), CLOCK)) {
            Entry entry = entry(ledger, id);
            assertEquals(Outcome.FAILED_LOCAL_INTERRUPTED, entry.closing().outcome());
            assertEquals(Exchanges.END, entry.closing().endedAt());
            assertTrue(entry.charge().estimated());
            assertTrue(entry.charge().amount().signum() > 0);
        }
    }

    @Test
    void noteWithFinalUsage_isClosedAsInterruptedAndExact() throws Exception {
        ExchangeId id = ids.next();
        leftBehind(
                new Frame.Opened(Exchanges.opening(id)),
                new Frame.Noted(Exchanges.closing(id, Outcome.OK_UPSTREAM_COMPLETE, Exchanges.reading(true))));

        try (Ledger ledger = Ledger.openForReading(settings(BookingInstant.END), RateTables.builtIn(), CLOCK)) {
            Entry entry = entry(ledger, id);
            assertEquals(Outcome.FAILED_LOCAL_INTERRUPTED, entry.closing().outcome());
            assertFalse(entry.charge().estimated());
            assertEquals(RatingStatus.RATED, entry.charge().status());
        }
    }

    @Test
    void interruptedExchanges_reopenedAgain_areNotClosedTwice() throws Exception {
        List<ExchangeId> left = new ArrayList<>();
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            left.add(ids.next());
            frames.add(new Frame.Opened(Exchanges.opening(left.get(i))));
        }
        leftBehind(frames.toArray(Frame[]::new));
        for (int i = 0; i < 3; i++) {
            open().close();
        }

        try (Ledger ledger = Ledger.openForReading(settings(BookingInstant.END), RateTables.builtIn(), CLOCK)) {
            assertEquals(20, entries(ledger).size());
            assertTrue(
                    ledger.reports().verify().clean(),
                    () -> String.valueOf(ledger.reports().verify()));
        }
    }

    @Test
    void inFlightAtAnOrderlyClose_isClosedAtTheNextStart() throws Exception {
        ExchangeId id = ids.next();
        try (Ledger ledger = open()) {
            onDisk(done -> ledger.open(Exchanges.opening(id), done));
        }

        try (Ledger ledger = Ledger.openForReading(settings(BookingInstant.END), RateTables.builtIn(), CLOCK)) {
            assertEquals(
                    Outcome.FAILED_LOCAL_INTERRUPTED,
                    entry(ledger, id).closing().outcome());
        }
    }

    @Test
    void bookingInstant_isTheConfiguredOne() throws Exception {
        for (BookingInstant instant : BookingInstant.values()) {
            List<Instant> ratedAt = new ArrayList<>();
            ExchangeId id = ids.next();
            try (Ledger ledger = Ledger.open(
                    settings(instant),
                    RateTables.builtIn(),
                    rating((closing, at) -> {
                        ratedAt.add(at);
                        return new Charge(List.of(), RatingStatus.NOT_BILLED, "a test", false, null);
                    }),
                    CLOCK)) {
                onDisk(done -> ledger.close(Exchanges.complete(id), done));
                ledger.catchUp(Duration.ofSeconds(20));
                Instant expected = instant == BookingInstant.START ? Exchanges.START : Exchanges.END;
                assertEquals(expected, entry(ledger, id).bookedAt());
                assertEquals(List.of(expected), ratedAt);
            }
        }
    }

    @Test
    void rating_throws_isBookedAsPendingWithItsUsage() throws Exception {
        ExchangeId id = ids.next();
        try (Ledger ledger = Ledger.open(
                settings(BookingInstant.END),
                RateTables.builtIn(),
                rating((closing, at) -> {
                    throw new IllegalStateException("a bug");
                }),
                CLOCK)) {
            onDisk(done -> ledger.close(Exchanges.complete(id), done));
            ledger.catchUp(Duration.ofSeconds(20));

            Entry entry = entry(ledger, id);
            assertEquals(RatingStatus.PENDING, entry.charge().status());
            assertEquals(Exchanges.reading(true), entry.closing().reading());
        }
    }

    @Test
    void modelWithoutARate_isAlertedTo_andWhatIsRatedIsNot() throws Exception {
        ExchangeId id = ids.next();
        try (Ledger ledger = open()) {
            onDisk(done -> ledger.close(Exchanges.complete(ids.next()), done));
            assertEquals(List.of(), ledger.alerts().take());

            onDisk(done -> ledger.close(unknownModel(id), done));
            onDisk(done -> ledger.close(unknownModel(ids.next()), done));

            List<AlertQueue.Waiting> waiting = ledger.alerts().take();
            assertEquals(1, waiting.size());
            assertEquals(2, waiting.get(0).times());
            assertEquals(Alert.Kind.PENDING_RATES, waiting.get(0).alert().kind());
            assertEquals("claude-never-1", waiting.get(0).alert().about());
            assertEquals(id.toString(), waiting.get(0).alert().facts().get("exchange"));
        }
    }

    private static Closing unknownModel(ExchangeId id) {
        Reading reading = Exchanges.reading(true);
        return Exchanges.closing(
                id,
                Outcome.OK_UPSTREAM_COMPLETE,
                new Reading(
                        reading.messageId(),
                        "claude-never-1",
                        reading.usage(),
                        true,
                        reading.stopReason(),
                        false,
                        null,
                        400,
                        List.of(),
                        null));
    }

    @Test
    void directory_opened_isItsOwnersAlone() throws Exception {
        try (Ledger ledger = open()) {
            onDisk(done -> ledger.close(Exchanges.complete(ids.next()), done));
        }

        Path directory = settings(BookingInstant.END).directory();
        assertEquals("rwx------", mode(directory));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                assertTrue(mode(file).endsWith("------"), file + " has " + mode(file));
            }
        }
    }

    @Test
    void directory_alreadyOpen_isRefusedWithTheHolder() {
        try (Ledger ledger = open()) {
            LedgerException refusal = assertThrows(LedgerException.class, this::open);

            String pid = String.valueOf(ProcessHandle.current().pid());
            assertMessage(refusal, "is in use by process PID " + pid, "--ledger");
            assertTrue(ledger.accepting(), "the first one is not disturbed");
        }
        open().close();
    }

    @Test
    void directory_isAFile_isRefused() throws Exception {
        Files.writeString(temporary.resolve("ledger"), "not books");

        assertMessage(assertThrows(LedgerException.class, this::open), "is a file, expected a directory", "--ledger");
    }

    @Test
    void directory_underAFile_isRefused() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "x");
        LedgerSettings settings = settings(file.resolve("ledger"), BookingInstant.END);

        assertMessage(
                assertThrows(LedgerException.class, () -> Ledger.open(settings, RateTables.builtIn(), CLOCK)),
                "can't be made",
                "--ledger");
    }

    @Test
    void storeUnusable_opening_givesTheLockBack() throws Exception {
        open().close();
        Path store = settings(BookingInstant.END).directory().resolve("store.mv.db");
        byte[] good = Files.readAllBytes(store);
        Files.write(store, new byte[10_000]);

        assertThrows(LedgerException.class, this::open);

        Files.write(store, good);
        open().close();
    }

    @Test
    void close_twice_doesNothingMore() {
        Ledger ledger = open();

        ledger.close();
        ledger.close();

        assertFalse(ledger.accepting());
    }

    @Test
    void keyHash_reopened_staysTheSame() {
        KeyRef first;
        try (Ledger ledger = open()) {
            first = ledger.keys().reference("sk-ant-api03-" + "k".repeat(80));
        }
        try (Ledger ledger = open()) {
            assertEquals(first, ledger.keys().reference("sk-ant-api03-" + "k".repeat(80)));
        }
    }

    static CurrentRating rating(BiFunction<Closing, Instant, Charge> rate) {
        return new CurrentRating(new Rerating.Rates("test", rate));
    }

    private Ledger open() {
        return Ledger.open(settings(BookingInstant.END), RateTables.builtIn(), CLOCK);
    }

    private LedgerSettings settings(BookingInstant instant) {
        return settings(temporary.resolve("ledger"), instant);
    }

    static LedgerSettings settings(Path directory, BookingInstant instant) {
        return new LedgerSettings(
                directory,
                JournalUnwritable.REFUSE,
                8_192,
                64 * 1024,
                500,
                Duration.ofMillis(50),
                instant,
                RatingRules.DEFAULTS,
                LimitSettings.NONE);
    }

    /** Frames in the journal of a process that died before it could do more. */
    private void leftBehind(Frame... frames) throws Exception {
        LedgerSettings settings = settings(BookingInstant.END);
        try (Journal journal =
                Journal.open(settings.directory().resolve("journal"), settings, Position.START, closing -> {
                    throw new IllegalStateException("nothing is closed here");
                })) {
            for (Frame frame : frames) {
                onDisk(done -> journal.append(frame, done));
            }
        }
    }

    static void onDisk(Consumer<Books.Done> write) throws Exception {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        write.accept(failure -> {
            if (failure == null) {
                answer.complete(true);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        assertTrue(answer.get(20, TimeUnit.SECONDS));
    }

    private static Entry entry(Ledger ledger, ExchangeId id) {
        return ledger.reports().entry(id).orElseThrow().entry();
    }

    static List<StoredEntry> entries(Ledger ledger) {
        return ledger.reports().entries(new EntryQuery(null, null, Map.of(), null, false, 1_000));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void assertMessage(LedgerException refusal, String... parts) {
        String message = String.valueOf(refusal.getMessage());
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
