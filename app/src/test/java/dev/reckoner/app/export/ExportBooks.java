package dev.reckoner.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.RatingRules;
import dev.reckoner.config.Settings.BookingInstant;
import dev.reckoner.config.Settings.JournalUnwritable;
import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.config.Settings.LimitSettings;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.Books.Done;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.StoredAlert;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Real books of random exchanges over some days, corrections among them, and the command line on them. */
final class ExportBooks implements AutoCloseable {
    static final String HOSTILE = "=HYPERLINK(\"http://x\",\"a\n\u001b[31m\u202eü\")";
    static final Instant FIRST = Instant.parse("2026-11-10T00:00:00Z");

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final List<String> USERS = List.of("ada", "bob", HOSTILE, "-1+1");
    private static final List<String> MODELS =
            List.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5", "no-such-model");

    private static final EntryQuery ALL = new EntryQuery(null, null, Map.of(), null, /* metered= */ true, 1_000);

    private final Ledger ledger;
    private final Path home;
    private final StringWriter err = new StringWriter();
    private UnaryOperator<Reports> door = reports -> reports;

    /** No export looks at them. */
    private static final class NoAlerts implements AlertBook {
        @Override
        public List<StoredAlert> list(AlertQuery query) {
            return List.of();
        }

        @Override
        public StoredAlert test() {
            throw new UnsupportedOperationException("no export raises one");
        }
    }

    ExportBooks(Path directory) {
        this.home = directory;
        LedgerSettings settings = new LedgerSettings(
                directory.resolve("ledger"),
                JournalUnwritable.REFUSE,
                8_192,
                1 << 20,
                500,
                Duration.ofMillis(20),
                BookingInstant.START,
                RatingRules.DEFAULTS,
                LimitSettings.NONE);
        this.ledger = Ledger.open(settings, RateTables.builtIn(), CLOCK);
    }

    Reports reports() {
        return ledger.reports();
    }

    /** Lets the command see the books through something. */
    void through(UnaryOperator<Reports> other) {
        door = other;
    }

    String err() {
        return err.toString();
    }

    /** Books some exchanges of a few days. */
    void book(RandomGenerator random, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Instant at = FIRST.plusNanos(random.nextLong(Duration.ofDays(5).toNanos()));
            booked(closing(random, at));
        }
        assertTrue(ledger.catchUp(Duration.ofSeconds(20)));
    }

    private void booked(Closing closing) throws Exception {
        onDisk(answer -> ledger.close(closing, answer));
    }

    /** Waits until what is done is on disk; before that the store has nothing to catch up with. */
    private static void onDisk(Consumer<Done> done) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        done.accept(failure -> told.complete(failure == null ? "" : failure.toString()));
        assertEquals("", told.get(20, TimeUnit.SECONDS));
    }

    private Closing closing(RandomGenerator random, Instant at) {
        String user = USERS.get(random.nextInt(USERS.size()));
        String model = MODELS.get(random.nextInt(MODELS.size()));
        Attribution who = new Attribution(
                new Part(user, Source.PATH),
                new Part("core", Source.HEADER),
                random.nextBoolean() ? new Part("engine", Source.PATH) : null,
                new Part("s-" + random.nextInt(4), Source.HEADER),
                random.nextBoolean() ? List.of("env=prod", "@night") : List.of(),
                new KeyRef("0123456789abcdef0123456789abcdef", "sk-ant-api03-abc...wxyz", KeyRef.Kind.API_KEY),
                null);
        Asked asked = new Asked(model, true, 1_024L, null, null, null, null, null, null);
        ExchangeId id = ledger.ids().next();
        Opening opening = new Opening(id, at, Route.MESSAGES, "POST", "/v1/messages", who, asked, null);
        long write5m = random.nextLong(9_000);
        long write1h = random.nextLong(9_000);
        TokenCounts tokens = new TokenCounts(
                random.nextLong(90_000),
                random.nextLong(9_000),
                write5m + write1h,
                random.nextLong(99_000),
                write5m,
                write1h);
        Usage usage = new Usage(
                tokens,
                null,
                random.nextLong(3),
                null,
                null,
                "standard",
                random.nextBoolean() ? "us" : "global",
                "standard",
                List.of());
        Reading reading = new Reading("msg", model, usage, true, "end_turn", false, null, 0, List.of("{}"), null);
        return new Closing(
                opening,
                at.plusSeconds(1),
                at,
                200,
                Outcome.OK_UPSTREAM_COMPLETE,
                null,
                "req",
                "org_1",
                "wrkspc_1",
                1,
                1,
                reading,
                null);
    }

    /** Corrects some of the latest entries: half of the tokens of each, and another user. */
    void correct(RandomGenerator random, int count) throws Exception {
        List<StoredEntry> stored = ledger.reports().entries(ALL);
        for (int i = 0; i < count; i++) {
            StoredEntry old = stored.get(random.nextInt(stored.size()));
            Attribution was = old.entry().closing().opening().attribution();
            Attribution now = new Attribution(
                    new Part("eve", Source.ASSIGNED),
                    was.team(),
                    was.project(),
                    was.session(),
                    was.tags(),
                    was.key(),
                    null);
            Entry entry = new Entry(
                    old.entry().closing().by(now),
                    old.entry().charge(),
                    old.entry().bookedAt());
            Correction correction = new Correction(entry, old.revision(), NOW, Correction.ATTRIBUTED, "a test");
            onDisk(answer -> ledger.correct(correction, answer));
            assertTrue(ledger.catchUp(Duration.ofSeconds(20)));
            stored = ledger.reports().entries(ALL);
        }
    }

    /** Sums by groups over everything. */
    Map<List<String>, Sums> sums(Dimension... by) {
        Map<List<String>, Sums> sums = new HashMap<>();
        for (ReportRow row : reports().report(new ReportQuery(FIRST, NOW, Bucket.ALL, List.of(by), Map.of()))) {
            sums.put(row.group(), row.sums());
        }
        return sums;
    }

    /** Runs the command; its standard output. */
    String run(int expected, String... args) {
        StringWriter out = new StringWriter();
        err.getBuffer().setLength(0);
        Shell shell = new Shell(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new TreeMap<>(Map.of("HOME", home.toString())),
                CLOCK,
                false,
                80);
        Door opened = (settings, console) -> new OpenBooks(
                door.apply(reports()),
                ledger.corrections(),
                ledger.archive(),
                new NoAlerts(),
                ledger.virtualKeys(),
                ledger.credits(),
                ledger.limits(),
                ledger.insights(),
                ledger.trail(),
                "test",
                () -> {});
        int code = new CommandTree(shell, opened)
                .commandLine(List.of(new ExportCommand(shell, opened)))
                .execute(args);
        if (code != expected) {
            throw new AssertionError("exit " + code + ": " + err);
        }
        return out.toString();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
