package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, prompts and completions reach no file, no output and no error body of the server (P9). */
final class CanaryTest {
    private static final String KEY = "sk-ant-api03-CANARYKEY7f3a9c51e0b24d68-tail";
    private static final String BEARER = "sk-ant-oat01-CANARYBEARER5b1e77d2-tail";
    private static final String PROMPT = "CANARYPROMPT64c0ffee";
    private static final Duration CALL_MAX = Duration.ofSeconds(30);
    private static final int COMPLETION_CHARS = 24;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> canaries =
            new ArrayList<>(List.of("CANARYKEY7f3a9c51e0b24d68", "CANARYBEARER5b1e77d2", PROMPT));
    private final StringBuilder refusals = new StringBuilder();

    @TempDir
    private Path home;

    @Test
    void secrets_afterAllKindsOfExchanges_areNowhere() throws Exception {
        Path books = home.resolve("books");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            try (ServerProcess server = ServerProcess.start(home, books, simulator.url())) {
                exchanges(server.url());
                malformed(server.url());
                end(simulator);
                send(server.url(), false, "x-api-key", KEY, "");
                server.stop();
            }
        }
        assertTrue(canaries.size() > 6, canaries.toString());
        assertTrue(refusals.length() > 0, "no refusal was seen");
        assertEquals(List.of(), hits());
    }

    /** From now on the upstream refuses connections. */
    private static void end(Simulator simulator) {
        simulator.close();
    }

    /** Every way of ending, as JSON and as a stream, with the credential in either header. */
    private void exchanges(URI proxy) throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            for (String fault : List.of("", "status=529", "error_event_after=6", "close_after_events=5", "dribble")) {
                send(proxy, stream, "x-api-key", KEY, fault);
                send(proxy, stream, "authorization", "Bearer " + BEARER, fault);
            }
        }
    }

    private void send(URI proxy, boolean stream, String header, String credential, String fault)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(proxy.resolve("/u/ada/v1/messages?note=" + PROMPT))
                .timeout(CALL_MAX)
                .header("content-type", "application/json")
                .header("anthropic-version", "2023-06-01")
                .header(header, credential)
                .POST(HttpRequest.BodyPublishers.ofString(body(stream)));
        if (!fault.isEmpty()) {
            request.header("x-simulator-fault", fault);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                remember(response.body());
            } else {
                refusals.append(response.body());
            }
        } catch (IOException e) {
            refusals.append("broken ");
        }
    }

    private static String body(boolean stream) {
        return "{\"model\":\"claude-sonnet-5-5\",\"max_tokens\":200,\"stream\":" + stream
                + ",\"system\":\"be terse, " + PROMPT + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT
                + "\"}]}";
    }

    /** Takes what the model wrote as canaries too: some words of each text or delta that is long enough. */
    private void remember(String body) throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (String line : body.split("\n", -1)) {
            String data = line.startsWith("data: ") ? line.substring("data: ".length()) : line;
            if (data.startsWith("{")) {
                JsonNode value = json.readTree(data);
                canary(value.path("delta").path("text").asText());
                value.path("content").forEach(block -> canary(block.path("text").asText()));
            }
        }
    }

    private void canary(String text) {
        if (text.length() >= COMPLETION_CHARS) {
            canaries.add(text.substring(0, COMPLETION_CHARS));
        }
    }

    /** Requests that are refused before they are exchanges, with secrets where they hurt. */
    private void malformed(URI proxy) throws IOException {
        for (String request : List.of(
                "GET /v1/messages?" + PROMPT + " HTTP/9.9\r\nhost: x\r\nx-api-key: " + KEY + "\r\n\r\n",
                "POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: " + KEY
                        + "\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n" + PROMPT,
                PROMPT + "\r\n\r\n",
                "POST /v1/messages HTTP/1.1\r\nhost: x\r\nbad header " + KEY + "\r\n\r\n")) {
            try (Socket socket = new Socket(proxy.getHost(), proxy.getPort())) {
                socket.setSoTimeout((int) CALL_MAX.toMillis());
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                refusals.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private List<String> hits() throws IOException {
        List<String> hits = new ArrayList<>();
        look("a refusal", refusals.toString(), hits);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                look(file.toString(), new String(bytes, StandardCharsets.UTF_8), hits);
                look(file + " as UTF-16", new String(bytes, StandardCharsets.UTF_16BE), hits);
            }
        }
        return hits;
    }

    private void look(String where, String text, List<String> hits) {
        for (String canary : canaries) {
            if (text.contains(canary)) {
                hits.add(where + " holds " + canary);
            }
        }
    }
}
