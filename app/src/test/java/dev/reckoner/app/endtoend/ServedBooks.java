package dev.reckoner.app.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.app.reconcile.ClaudeCodeCommand;
import dev.reckoner.app.reconcile.OrganizationCommand;
import dev.reckoner.app.reconcile.ReconcileCommand;
import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A running server whose books are a random team's, and the ways to read them: the command line, the private API and the
 * report API. Its clock goes ahead while they are filled, and is four days ahead of the last message in the end.
 */
final class ServedBooks implements AutoCloseable {
    private static final List<String> CLIENTS =
            List.of("claude-cli/2.1.90 (external, cli)", "AnthropicClientImpl/Java 3.11.0");
    private static final List<String> KEYS = List.of(
            "sk-ant-api03-first-key-of-a-random-team-000000000001",
            "sk-ant-api03-other-key-of-a-random-team-000000000002");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int EXIT_FINE = 0;

    private final Ahead clock = new Ahead();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Simulator simulator;
    private final Path directory;
    final RunningServer server;

    ServedBooks(Path directory, long seed, double faultRate) throws IOException {
        this.directory = directory;
        simulator = Simulator.start(
                SimulatorOptions.defaults().seed(seed).clock(clock).faultRate(faultRate));
        server = RunningServer.start(
                LoopbackSettings.of(simulator.url(), directory.resolve("ledger")),
                RateTables.builtIn(),
                Map.of(),
                clock);
    }

    /**
     * Sends that many messages of seven people in three teams, a minute after each other and sometimes hours, and waits until
     * all are booked.
     */
    void fill(long seed, int messages) throws Exception {
        Mix mix = new Mix(seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < messages; i++) {
            clock.by = clock.by.plus(random.nextInt(20) == 0 ? Duration.ofHours(7) : Duration.ofSeconds(40));
            int person = random.nextInt(7);
            HttpRequest.Builder request = HttpRequest.newBuilder(server.proxy().resolve("/v1/messages"))
                    .header("content-type", "application/json")
                    .header("anthropic-version", "2023-06-01")
                    .header("x-api-key", KEYS.get(person % 2))
                    .header("user-agent", CLIENTS.get(random.nextInt(2)))
                    .header("x-reckoner-user", person == 0 ? "zoë \"z\" <o'neil>" : "user-" + person + "@example.org")
                    .header("x-reckoner-session", "session-" + person + "-" + random.nextInt(3))
                    .header("x-reckoner-tag", "env=" + (random.nextBoolean() ? "prod" : "test"));
            if (random.nextBoolean()) {
                request.header("x-reckoner-team", "team-" + person % 3).header("x-reckoner-project", "p" + person % 2);
            }
            send(request.POST(HttpRequest.BodyPublishers.ofString(mix.body(i))).build());
        }
        if (!simulator.served().awaitIdle(Duration.ofMinutes(1))) {
            throw new AssertionError("the simulator still answers");
        }
        try (OpenBooks books = books()) {
            Stack.awaitSettled(books.reports());
        }
        clock.by = clock.by.plus(Duration.ofDays(4));
    }

    /** A response that breaks off is what faults are for. */
    private void send(HttpRequest request) throws InterruptedException {
        try {
            http.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            // booked as what it was
        }
    }

    /** The day of the first message. */
    LocalDate today() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    }

    Clock clock() {
        return clock;
    }

    /** The books as the command line reads them from the running server. */
    OpenBooks books() {
        return new LocalDoor(clock).open(server.settings(), server.console());
    }

    /** The answer to a GET at the console. */
    JsonNode get(String target) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(server.console() + target))
                        .header("anthropic-version", "2023-06-01")
                        .header("x-api-key", "sk-ant-admin01-anything")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(target + " " + response.statusCode() + " " + response.body());
        }
        return MAPPER.reader()
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(response.body());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** What a command prints, whose vendor is this very server; it must exit with 0. */
    JsonNode command(String... asked) throws IOException {
        return MAPPER.readTree(run(asked));
    }

    /** The same as text. */
    String run(String... asked) {
        List<String> words = new ArrayList<>(List.of(asked));
        words.addAll(List.of("--console", server.console().toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Map<String, String> env = Map.of(
                "HOME",
                directory.toString(),
                "ANTHROPIC_ADMIN_KEY",
                "sk-ant-admin01-anything",
                "RECKONER_RECONCILE_ADMIN_URL",
                server.console().toString());
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, clock, false, 80);
        LocalDoor door = new LocalDoor(clock);
        int code = new CommandTree(shell, door)
                .commandLine(List.of(
                        ReconcileCommand.withHistory(shell, door),
                        new OrganizationCommand(shell, door),
                        new ClaudeCodeCommand(shell, door)))
                .execute(words.toArray(new String[0]));
        if (code != EXIT_FINE) {
            throw new AssertionError(words + " exited with " + code + "\n" + err + out);
        }
        return out.toString();
    }

    @Override
    public void close() {
        server.close();
        simulator.close();
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
