package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.credit.CreditsCommand;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import dev.reckoner.simulator.admin.Billable;
import dev.reckoner.simulator.admin.Terms;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A proxy, the simulated vendor behind it, and the commands that ask both: all at an instant that the test says. */
final class World implements AutoCloseable {

    private static final Duration SETTLE_MAX = Duration.ofMinutes(1);

    final Map<String, String> env = new HashMap<>();
    final Simulator simulator;
    private final RunningServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Told clock = new Told();

    World(Path directory) throws IOException {
        this(directory, Map.of());
    }

    private World(Path directory, Map<String, String> flags) throws IOException {
        at("2026-10-05T09:00:00Z");
        simulator = Simulator.start(SimulatorOptions.defaults().seed(7).clock(clock));
        simulator.admin().lag(Duration.ZERO);
        Map<String, String> all = new HashMap<>(flags);
        all.putIfAbsent("reconcile.admin_url", simulator.url().toString());
        Settings settings = LoopbackSettings.of(simulator.url(), directory, all);
        env.put("HOME", directory.toString());
        env.put("ANTHROPIC_ADMIN_KEY", "sk-ant-admin01-test");
        env.put("RECKONER_RECONCILE_ADMIN_URL", simulator.url().toString());
        server = RunningServer.start(settings, RateTables.builtIn(), env, clock);
    }

    /** One whose server reconciles daily. */
    static World daily(Path directory) throws IOException {
        return new World(directory, Map.of("reconcile.daily", "true"));
    }

    /** Waits a moment for something that a thread does by itself. */
    static void pause() throws InterruptedException {
        assertFalse(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS));
    }

    /** Lets everything happen at that instant from now on. */
    void at(String instant) {
        clock.now = Instant.parse(instant);
    }

    /** Sends one message through the proxy. */
    void send(String who, String model, String question) throws Exception {
        assertEquals(200, status(message(who, model, question)));
    }

    /** Sends one message whose response the simulator spoils; the status that came back. */
    int sendFaulty(String who, String model, String fault) throws Exception {
        return status(message(who, model, "a question").header("x-simulator-fault", fault));
    }

    private HttpRequest.Builder message(String who, String model, String question) {
        String body = "{\"model\":\"" + model + "\",\"max_tokens\":200,\"messages\":[{\"role\":\"user\",\"content\":\""
                + question + "\"}]}";
        return HttpRequest.newBuilder(server.proxy().resolve(who + "/v1/messages"))
                .header("x-api-key", "sk-ant-api03-the-key-of-everyone-here-000000000000")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Waits until everything that was sent is in the store. */
    void settle() throws Exception {
        assertTrue(simulator.served().awaitIdle(SETTLE_MAX));
        try (OpenBooks books = books()) {
            long deadline = System.nanoTime() + SETTLE_MAX.toNanos();
            while (!books.reports().openings().isEmpty()
                    || books.reports().lag().frames() > 0) {
                assertTrue(System.nanoTime() < deadline, "the books don't settle");
                pause();
            }
        }
    }

    /** Bills tokens of a model at the present instant on a key that the proxy never saw. */
    void bypass(String keyName, String model, long input, long output) {
        String key = simulator.admin().key(keyName, "sk-ant-api03-" + keyName + "-used-beside-the-proxy-9999", null);
        simulator.admin().bypassed(billable(Terms.of(model).key(key), input, output));
    }

    /** Receipts at the present instant. */
    Billable billable(Terms terms, long input, long output) {
        return new Billable(clock.now, clock.now, terms, 1, new Counts(input, 0, 0, 0, output, 0));
    }

    /** The present instant. */
    Instant now() {
        return clock.now;
    }

    Clock clock() {
        return clock;
    }

    OpenBooks books() {
        return new LocalDoor(clock).open(server.settings(), server.console());
    }

    /** Runs a command against the running server. */
    int run(String... asked) {
        List<String> words = new ArrayList<>(List.of(asked));
        words.addAll(List.of("--console", server.console().toString()));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, clock, false, 80);
        LocalDoor door = new LocalDoor(clock);
        return new CommandTree(shell, door)
                .commandLine(List.of(
                        ReconcileCommand.withHistory(shell, door),
                        new ChargebackCommand(shell, door),
                        CreditsCommand.withNotes(shell, door)))
                .execute(words.toArray(new String[0]));
    }

    /** What the last command printed. */
    String out() {
        return out.toString();
    }

    /** What the last command printed to the error stream. */
    String err() {
        return err.toString();
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }

    @Override
    public void close() {
        server.close();
        simulator.close();
    }

    /** A clock that shows what it was told. */
    private static final class Told extends Clock {
        private volatile Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
