package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.simulator.Fault;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server in front of the simulator, twelve messages of two keys through it, and a terminal for commands on both. */
final class BilledServer implements AutoCloseable {

    private static final List<String> MODELS = List.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5");
    private static final int BROKEN_OFF = 0;
    private static final Duration SETTLE_MAX = Duration.ofMinutes(1);

    private final Ahead clock = new Ahead();
    final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().seed(7).clock(clock));
    final RunningServer server;
    final LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Map<String, String> env = new HashMap<>();

    /** How far the clock of whoever runs a command is ahead of the vendor's. */
    Duration skew = Duration.ZERO;

    /** How much later each command is run than the one before; the vendor is asked once a minute. */
    Duration between = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();

    /** The rate file that server and commands have in their settings; it holds no row at first. */
    final Path rates;

    BilledServer(Path directory) throws Exception {
        rates = directory.resolve("rates.csv");
        Files.writeString(
                rates,
                "kind,model_id,effective_from_utc,input,cache_write_5m,cache_write_1h,cache_read,output,"
                        + "batch_input,batch_cache_write_5m,batch_cache_write_1h,batch_cache_read,batch_output,"
                        + "inference_geo_us_multiplier,discount_factor,sources\n");
        simulator.admin().lag(Duration.ZERO);
        Settings settings = LoopbackSettings.of(
                simulator.url(), directory.resolve("ledger"), Map.of("rating.rates_files", rates.toString()));
        server = RunningServer.start(settings, RateTables.load(List.of(rates)), Map.of(), clock);
        env.put("HOME", directory.toString());
        env.put("ANTHROPIC_ADMIN_KEY", "sk-ant-admin01-test");
        env.put("RECKONER_RATING_RATES_FILES", rates.toString());
        env.put("RECKONER_RECONCILE_ADMIN_URL", simulator.url().toString());
        for (int i = 0; i < 12; i++) {
            send(MODELS.get(i % MODELS.size()), i);
        }
        settle();
        // two days later the vendor's reports of today are complete
        clock.by = Duration.ofDays(2);
    }

    @Override
    public void close() {
        server.close();
        simulator.close();
    }

    /** The secret of one of the two keys that the messages are sent with. */
    static String secret(int number) {
        return "sk-ant-api03-reconciled-key-of-a-test-" + number % 2 + "-00000000000" + number % 2;
    }

    private void send(String model, int number) throws Exception {
        assertEquals(
                200,
                http.send(request(model, number).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    /**
     * Sends one more message today, of which the simulator sends so much only, and waits until it is booked. Where the end
     * comes before the response's head was passed on, the client gets a 502, else a response that breaks off.
     */
    void sendCut(String model, int number, Fault fault) throws Exception {
        HttpRequest request =
                request(model, number).header(Fault.HEADER, fault.text()).build();
        Duration ahead = clock.by;
        clock.by = Duration.ZERO;
        int status = http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null ? response.statusCode() : BROKEN_OFF)
                .get();
        assertTrue(status == BROKEN_OFF || status == 502, () -> "the message was whole: " + status);
        settle();
        clock.by = ahead;
    }

    private HttpRequest.Builder request(String model, int number) {
        String body = "{\"model\":\"" + model + "\",\"max_tokens\":200,\"stream\":" + (number % 2 == 0)
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"question number " + number + "\"}]}";
        return HttpRequest.newBuilder(
                        server.proxy().resolve((number % 3 == 0 ? "/u/ada" : "/u/grace") + "/v1/messages"))
                .header("x-api-key", secret(number))
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private void settle() throws Exception {
        assertTrue(simulator.served().awaitIdle(SETTLE_MAX));
        try (OpenBooks books = books()) {
            long deadline = System.nanoTime() + SETTLE_MAX.toNanos();
            while (!books.reports().openings().isEmpty()
                    || books.reports().lag().frames() > 0) {
                assertTrue(System.nanoTime() < deadline, "the books don't settle");
                assertFalse(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS));
            }
        }
    }

    /** The server's books; closed by the caller. */
    OpenBooks books() {
        return new LocalDoor(clock).open(server.settings(), server.console());
    }

    /** Reconciles yesterday, today and tomorrow. */
    int reconcile(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "reconcile",
                "--from",
                today.minusDays(1).toString(),
                "--to",
                today.plusDays(1).toString()));
        words.addAll(List.of(more));
        return run(words);
    }

    /** Runs a command. */
    int run(List<String> asked) {
        List<String> words = new ArrayList<>(asked);
        words.addAll(List.of("--console", server.console().toString()));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        clock.by = clock.by.plus(between);
        Shell shell = shell();
        LocalDoor door = new LocalDoor(shell.clock());
        return new CommandTree(shell, door)
                .withRates(new RatesLearnCommand(shell, door))
                .commandLine(List.of(
                        new ReconcileCommand(shell, door),
                        new ChargebackCommand(shell, door),
                        new OrganizationCommand(shell, door),
                        new ClaudeCodeCommand(shell, door)))
                .execute(words.toArray(new String[0]));
    }

    /** The terminal that commands are run on. */
    Shell shell() {
        Clock own = Clock.offset(clock, skew);
        return new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, own, false, 80);
    }

    /** The system's clock, put forward. */
    private static final class Ahead extends Clock {

        private volatile Duration by = Duration.ZERO;

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
