package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import dev.reckoner.simulator.admin.Billable;
import dev.reckoner.simulator.admin.PromptSize;
import dev.reckoner.simulator.admin.Terms;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * November 2026 of an organisation: exchanges booked by the ledger itself and billed by the simulator's own billing, and
 * the commands that compare both. Books and bill never see each other's prices.
 */
final class BookedMonth implements AutoCloseable {
    static final LocalDate FIRST = LocalDate.parse("2026-11-01");
    static final int DAYS = 30;

    /** The model that is launched on the ninth. */
    private static final String NEW = "claude-fable-5-2";

    private static final Instant LAUNCH = Instant.parse("2026-11-09T00:00:00Z");

    private static final List<String> FAST = List.of(NEW, "claude-opus-5-5", "claude-opus-5");

    private static final List<String> MODELS = List.of(
            "claude-fable-5-1",
            NEW,
            "claude-opus-5-5",
            "claude-opus-5",
            "claude-opus-4-7",
            "claude-sonnet-5",
            "claude-sonnet-5-5",
            "claude-haiku-5-5",
            "claude-sonnet-4-6",
            "claude-opus-4-5-20251101",
            "claude-sonnet-4-5-20250929",
            "claude-haiku-4-5-20251001");

    private static final int BOOKING_MAX = 4_000;
    private static final Duration CATCH_UP_MAX = Duration.ofMinutes(30);

    final Simulator simulator;
    final Ledger ledger;
    final List<String> workspaces = new ArrayList<>();
    private final Path directory;
    private final Clock now;
    private final Semaphore booking = new Semaphore(BOOKING_MAX);
    private final Map<Day, Counts> billed = new LinkedHashMap<>();
    private final Map<Day, Long> requests = new HashMap<>();
    private final Map<String, Terms> keys = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter() {
        @Override
        public void write(String words, int from, int length) {
            super.write(words, from, length);
            if (words.startsWith("Reading the ledger")) {
                pulledAt = System.nanoTime();
            }
        }
    };
    private long pulledAt;
    private int items;

    /** Whether ordinary traffic may begin on one day and end on the next. */
    boolean acrossMidnight = true;

    /**
     * An organisation without traffic.
     *
     * @param at when the commands are run
     */
    BookedMonth(Path directory, Instant at) throws IOException {
        this.directory = directory;
        now = Clock.fixed(at, ZoneOffset.UTC);
        simulator = Simulator.start(SimulatorOptions.defaults().seed(7).clock(now));
        simulator.admin().lag(Duration.ZERO);
        for (int i = 1; i <= 4; i++) {
            workspaces.add(simulator.admin().workspace("team-" + i));
        }
        Settings settings = SettingsLoader.load(null, Map.of(), Map.of("ledger.directory", directory.toString()))
                .settings();
        ledger = Ledger.open(settings.ledger(), RateTables.builtIn(), Clock.systemUTC());
    }

    /** What is billed together: the day and the terms. */
    private record Day(LocalDate day, Terms terms) {}

    /** An exchange as both sides know it. */
    record Exchange(Instant start, Instant end, String user, String secret, Terms terms, Counts counts) {}

    /** The secret of one of the organisation's keys; every fifth is of the default workspace. */
    String secret(int number) {
        String secret = String.format(
                Locale.ROOT, "sk-ant-api03-k%02d-used-by-the-apps-of-a-whole-organisation-%04d", number, number);
        keys.computeIfAbsent(secret, fresh -> {
            String workspace = number % 5 == 0 ? null : workspaces.get(number % 5 - 1);
            simulator.admin().key("key-" + number, secret, workspace);
            return simulator.admin().under(secret, Terms.of("claude-opus-5-5"));
        });
        return secret;
    }

    /** Books an exchange and bills it. */
    void exchange(Exchange exchange) {
        book(exchange, Outcome.OK_UPSTREAM_COMPLETE, true);
        bill(exchange);
    }

    /** Bills an exchange. */
    void bill(Exchange exchange) {
        Counts counts = exchange.counts();
        Terms terms =
                simulator.admin().under(exchange.secret(), exchange.terms().prompt(PromptSize.of(counts.prompt())));
        Day day = new Day(day(exchange.end()), terms);
        billed.merge(day, counts, Counts::plus);
        requests.merge(day, 1L, Long::sum);
    }

    /** Books an exchange; one whose usage is not final was cut when its input was known. */
    void book(Exchange exchange, Outcome outcome, boolean whole) {
        Reading reading = new Reading(
                "msg_1",
                exchange.terms().model(),
                usage(exchange, whole ? exchange.counts().output() : 1),
                whole,
                whole ? "end_turn" : null,
                false,
                null,
                whole ? 0 : exchange.counts().output(),
                List.of(),
                null);
        book(exchange, outcome, reading);
    }

    /** Books an exchange of which that was read. */
    void book(Exchange exchange, Outcome outcome, Reading reading) {
        Attribution.Part user = new Attribution.Part(exchange.user(), Attribution.Source.PATH);
        boolean batch = "batch".equals(exchange.terms().tier());
        BatchItem item = batch ? new BatchItem("msgbatch_" + exchange.user(), "item-" + ++items) : null;
        Opening opening = new Opening(
                item == null ? ledger.ids().next() : item.id(),
                exchange.start(),
                batch ? Route.BATCH_ITEM : Route.MESSAGES,
                "POST",
                "/v1/messages",
                new Attribution(user, null, null, null, List.of(), ledger.keys().reference(exchange.secret()), null),
                new Asked(exchange.terms().model(), true, null, null, null, null, null, null, null),
                item);
        Closing closing = new Closing(
                opening,
                exchange.end(),
                exchange.start(),
                200,
                outcome,
                null,
                null,
                null,
                simulator.admin().workspaceOf(exchange.secret()),
                100,
                100,
                reading,
                null);
        booking.acquireUninterruptibly();
        ledger.close(closing, failure -> booking.release());
    }

    private static Usage usage(Exchange exchange, long output) {
        Counts counts = exchange.counts();
        Terms terms = exchange.terms();
        boolean regional = !String.valueOf(terms.model()).matches("claude-(opus|sonnet|haiku)-4-5-.*");
        return new Usage(
                new TokenCounts(
                        counts.input(),
                        output,
                        counts.cacheWrite5m() + counts.cacheWrite1h(),
                        counts.cacheRead(),
                        counts.cacheWrite5m(),
                        counts.cacheWrite1h()),
                null,
                counts.searches() == 0 ? null : counts.searches(),
                null,
                null,
                terms.tier(),
                terms.geo() == null ? (regional ? "global" : "not_available") : terms.geo(),
                terms.speed(),
                List.of());
    }

    /** Ordinary traffic of 200 users, two keys each, over 12 models, 40 keys and 5 workspaces. */
    void traffic(Random random, int exchanges) {
        for (int i = 0; i < exchanges; i++) {
            exchange(random(random));
        }
    }

    private Exchange random(Random random) {
        Instant end = FIRST.atStartOfDay(ZoneOffset.UTC).toInstant().plusMillis((long)
                (random.nextDouble() * Duration.ofDays(DAYS).toMillis()));
        String drawn = MODELS.get(random.nextInt(MODELS.size()));
        String model = drawn.equals(NEW) && end.isBefore(LAUNCH) ? "claude-fable-5-1" : drawn;
        Instant began = end.minusMillis(random.nextInt(30_000));
        boolean across = !day(began).equals(day(end));
        Instant start = across && !acrossMidnight ? end : began;
        int user = random.nextInt(200);
        int key = (user + 20 * random.nextInt(2)) % 40;
        return new Exchange(start, end, "user-" + user, secret(key), terms(random, model), counts(random, model));
    }

    private static Terms terms(Random random, String model) {
        boolean batch = random.nextInt(10) == 0;
        boolean fast = !batch && FAST.contains(model) && random.nextInt(5) == 0;
        boolean us = !model.contains("-4-5-") && random.nextInt(6) == 0;
        return Terms.of(model)
                .tier(batch ? "batch" : "standard")
                .speed(fast ? "fast" : "standard")
                .geo(us ? "us" : null);
    }

    private static Counts counts(Random random, String model) {
        boolean caches = random.nextInt(3) > 0;
        // with a search the input of several prompts is summed, and two prompt tiers can be meant (api-facts §3.3)
        boolean searches = !model.contains("haiku-5-5") && random.nextInt(50) == 0;
        return new Counts(
                1 + random.nextInt(random.nextInt(40) == 0 ? 150_000 : 5_000),
                caches ? random.nextInt(3_000) : 0,
                caches && random.nextInt(4) == 0 ? random.nextInt(3_000) : 0,
                caches ? random.nextInt(20_000) : 0,
                1 + random.nextInt(2_000),
                searches ? 1 + random.nextInt(3) : 0);
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Waits until the store has everything that was booked. */
    void settle() {
        booking.acquireUninterruptibly(BOOKING_MAX);
        booking.release(BOOKING_MAX);
        if (!ledger.catchUp(CATCH_UP_MAX)) {
            throw new AssertionError(
                    "the store doesn't catch up: " + ledger.reports().lag());
        }
    }

    /** Hands the bill over and closes the books. */
    void finish() {
        billed.forEach((day, counts) -> {
            Instant noon = day.day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(12, ChronoUnit.HOURS);
            simulator.admin().add(new Billable(noon, noon, day.terms, requests.getOrDefault(day, 0L), counts));
        });
        settle();
        ledger.close();
    }

    /** Runs a command on the files. */
    int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Map<String, String> env = new HashMap<>();
        env.put("HOME", directory.toString());
        env.put("ANTHROPIC_ADMIN_KEY", "sk-ant-admin01-test");
        env.put("RECKONER_RECONCILE_ADMIN_URL", simulator.url().toString());
        env.put("RECKONER_LEDGER_DIRECTORY", directory.toString());
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, now, false, 80);
        LocalDoor door = new LocalDoor(now);
        return new CommandTree(shell, door)
                .withRates(new RatesLearnCommand(shell, door))
                .commandLine(List.of(ReconcileCommand.withHistory(shell, door), new ChargebackCommand(shell, door)))
                .execute(words);
    }

    /** Reconciles the month. */
    int reconcile(String... more) {
        List<String> words = new ArrayList<>(List.of("reconcile", "--from", "2026-11-01", "--to", "2026-11-30"));
        words.addAll(List.of(more));
        return run(words.toArray(new String[0]));
    }

    /** How long ago the vendor's last page had come. */
    Duration sincePull() {
        return Duration.ofNanos(System.nanoTime() - pulledAt);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    @Override
    public void close() {
        ledger.close();
        simulator.close();
    }
}
