package dev.reckoner.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From an exchange of a model that nobody has a rate for to a signed post, through a server as people run it. */
@Timeout(120)
final class ServedAlertsTest {
    @TempDir
    private Path directory;

    @Test
    void modelWithoutARate_isPosted_andListed_whileServingAndAfter() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                Receiver receiver = new Receiver()) {
            Settings settings = settings(simulator, receiver, "user=bob 60 rpm");
            try (RunningServer server =
                    RunningServer.start(settings, RateTables.builtIn(), Map.of(), Clock.systemUTC())) {
                assertEquals(200, send(server, "claude-unlisted-1"));
                Receiver.Posted posted = receiver.posts.poll(60, TimeUnit.SECONDS);
                assertNotNull(posted);
                JsonNode body = new ObjectMapper().readTree(posted.body());
                assertEquals("pending_rates", body.path("kind").asText());
                assertEquals("claude-unlisted-1", body.path("about").asText());
                assertTrue(String.valueOf(posted.headers().get("x-reckoner-signature"))
                        .matches("t=[0-9]+,v1=[0-9a-f]{64}"));

                assertEquals(
                        "Sent and taken: the webhook works.",
                        run(0, "alerts", "test").strip());
                assertNotNull(receiver.posts.poll(60, TimeUnit.SECONDS));
            }
            receiver.answer = "HTTP/1.1 503 Away\r\ncontent-length: 0\r\n\r\n";
            JsonNode listed = new ObjectMapper().readTree(run(0, "alerts", "--json"));
            assertEquals("test", listed.path("alerts").path(0).path("kind").asText());
            assertEquals("sent", listed.path("alerts").path(1).path("delivery").asText());
            assertEquals(
                    "claude-unlisted-1",
                    listed.path("alerts").path(1).path("about").asText());
            assertTrue(run(0, "alerts").contains("pending_rates  claude-unlisted-1      1  sent"), run(0, "alerts"));
            assertEquals(3, run(0, "alerts", "--csv").lines().count());
        }
    }

    @Test
    void budgetThatIsUsedUp_isPosted_onceForAllThatItRefuses() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                Receiver receiver = new Receiver()) {
            Settings settings = settings(simulator, receiver, "user=ada 0.0001/day");
            try (RunningServer server =
                    RunningServer.start(settings, RateTables.builtIn(), Map.of(), Clock.systemUTC())) {
                for (int i = 0; i < 3; i++) {
                    assertEquals(429, send(server, "claude-opus-5-5"));
                }
                Receiver.Posted posted = receiver.posts.poll(60, TimeUnit.SECONDS);
                assertNotNull(posted);
                JsonNode body = new ObjectMapper().readTree(posted.body());
                assertEquals("refusal", body.path("kind").asText());
                assertTrue(body.path("text").asText().startsWith("Reckoner: Refused by a limit: "), posted.body());
                assertEquals(
                        1,
                        new ObjectMapper()
                                .readTree(run(0, "alerts", "--json"))
                                .path("alerts")
                                .size());
            }
            assertEquals(0, receiver.posts.size());
        }
    }

    private Settings settings(Simulator simulator, Receiver receiver, String rules) {
        return LoopbackSettings.of(
                simulator.url(),
                directory.resolve("books"),
                Map.of("limits.rules", rules, "alerts.webhook", receiver.url().toString(), "alerts.secret", "s3cret"));
    }

    private static int send(RunningServer server, String model) throws Exception {
        String body =
                "{\"model\":\"" + model + "\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        HttpRequest request = HttpRequest.newBuilder(server.proxy().resolve("/u/ada/v1/messages"))
                .header("x-api-key", "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private String run(int code, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Map<String, String> env = Map.of(
                "HOME",
                directory.toString(),
                "RECKONER_LEDGER_DIRECTORY",
                directory.resolve("books").toString());
        Shell shell =
                new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, Clock.systemUTC(), false, 80);
        assertEquals(
                code,
                new CommandTree(shell, new LocalDoor(Clock.systemUTC()))
                        .commandLine(List.of())
                        .execute(args),
                err::toString);
        return out.toString();
    }
}
