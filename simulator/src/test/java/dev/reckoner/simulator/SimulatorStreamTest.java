package dev.reckoner.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatorStreamTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TOOLS = "{\"model\":\"claude-opus-5-5\",\"max_tokens\":300,\"stream\":true,"
            + "\"thinking\":{\"type\":\"adaptive\"},\"tool_choice\":{\"type\":\"any\"},"
            + "\"tools\":[{\"name\":\"get_weather\",\"input_schema\":{\"type\":\"object\",\"properties\":"
            + "{\"city\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\"}}}}],"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"weather\"}]}";

    @Test
    void stream_plainRequest_followsTheGrammarAndStatesTheReceiptsCounts() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Client client = new Client(simulator);
            for (int i = 0; i < 40; i++) {
                HttpResponse<byte[]> response = client.post(Client.body("claude-sonnet-5-5", true, "hello " + i));
                assertEquals(
                        "text/event-stream; charset=utf-8",
                        response.headers().firstValue("content-type").orElseThrow());
                List<JsonNode> events = Client.events(response.body());
                assertGrammar(events);
                assertStated(simulator, response, events);
            }
        }
    }

    @Test
    void stream_thinkingAndTool_carriesBothBlocksAndTheirDeltas() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            List<JsonNode> events =
                    Client.events(new Client(simulator).post(TOOLS).body());
            assertGrammar(events);
            String all = events.toString();
            assertTrue(all.contains("thinking_delta") && all.contains("signature_delta"), all);
            assertTrue(all.contains("input_json_delta"), all);
            StringBuilder input = new StringBuilder();
            events.forEach(
                    e -> input.append(e.path("delta").path("partial_json").asText("")));
            assertTrue(Client.JSON.readTree(input.toString()).path("days").isInt(), input.toString());
            JsonNode end = events.get(events.size() - 2);
            assertEquals("tool_use", end.path("delta").path("stop_reason").asText());
            assertTrue(end.path("usage").path("output_tokens_details").has("thinking_tokens"));
        }
    }

    @Test
    void stream_webSearch_statesSearchesAndMoreInputAtTheEnd() throws Exception {
        String body = TOOLS.replace(
                "\"tool_choice\":{\"type\":\"any\"},\"tools\":[",
                "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"},");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            HttpResponse<byte[]> response = new Client(simulator).post(body);
            List<JsonNode> events = Client.events(response.body());
            JsonNode start = events.get(0).path("message").path("usage");
            JsonNode end = events.get(events.size() - 2).path("usage");
            assertTrue(end.path("server_tool_use").path("web_search_requests").asLong() > 0, end.toString());
            assertTrue(end.path("input_tokens").asLong()
                    > start.path("input_tokens").asLong());
            assertStated(simulator, response, events);
        }
    }

    @Test
    void stream_sameSeedAndRequest_sameBytes_otherSeed_otherBytes() throws Exception {
        byte[] first = one(SimulatorOptions.defaults().seed(7));
        byte[] second = one(SimulatorOptions.defaults().seed(7));
        byte[] other = one(SimulatorOptions.defaults().seed(8));
        assertArrayEquals(first, second);
        assertNotEquals(new String(first, StandardCharsets.UTF_8), new String(other, StandardCharsets.UTF_8));
    }

    @Test
    void stream_gzip_isCompressedAndSaysTheSame() throws Exception {
        byte[] plain = one(SimulatorOptions.defaults());
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().gzip(true))) {
            HttpResponse<byte[]> response = new Client(simulator).post(TOOLS, "accept-encoding", "br, gzip;q=0.8");
            assertEquals(
                    "gzip", response.headers().firstValue("content-encoding").orElseThrow());
            assertArrayEquals(plain, Client.gunzip(response.body()));
        }
    }

    @Test
    void stream_heldBack_firstEventIsThereBeforeTheSecondIsSent() throws Exception {
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        SimulatorOptions options = SimulatorOptions.defaults().pacer((length, next) -> held.add(next));
        try (Simulator simulator = Simulator.start(options);
                Socket socket =
                        new Socket(simulator.url().getHost(), simulator.url().getPort())) {
            String body = Client.body("claude-haiku-5-5", true, "slowly");
            String request = Client.head("content-length: " + body.length()) + "\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            release(held);
            while (!in.readLine().startsWith("data: ")) {
                assertFalse(socket.isClosed());
            }
            assertEquals(1, simulator.served().inFlight());
            Runnable second = held.poll(10, TimeUnit.SECONDS);
            assertFalse(in.lines().limit(2).anyMatch(line -> line.startsWith("event:")));
            assertTrue(second != null);
        }
    }

    private static void release(BlockingQueue<Runnable> held) throws InterruptedException {
        Runnable next = held.poll(10, TimeUnit.SECONDS);
        assertTrue(next != null, "a piece waits for its release");
        next.run();
    }

    private static byte[] one(SimulatorOptions options) throws Exception {
        try (Simulator simulator = Simulator.start(options)) {
            return new Client(simulator).post(TOOLS).body();
        }
    }

    private static void assertGrammar(List<JsonNode> events) {
        String types = events.stream()
                .map(e -> e.path("type").asText())
                .filter(t -> !t.equals("ping"))
                .reduce("", (a, b) -> a + " " + b);
        assertTrue(
                types.matches(" message_start( content_block_start( content_block_delta)* content_block_stop)*"
                        + "( message_delta)+ message_stop"),
                types);
    }

    /** Merges the usage of the events by hand and compares it with the simulator's receipt. */
    private static void assertStated(Simulator simulator, HttpResponse<byte[]> response, List<JsonNode> events)
            throws InterruptedException {
        assertTrue(simulator.served().awaitIdle(SOON));
        Receipt receipt = simulator
                .served()
                .receipt(response.headers().firstValue("request-id").orElseThrow())
                .orElseThrow();
        JsonNode start = events.get(0).path("message").path("usage");
        JsonNode end = events.get(events.size() - 2).path("usage");
        assertTrue(receipt.whole() && receipt.finalUsage());
        assertEquals(receipt.billed(), receipt.stated());
        assertEquals(end.path("output_tokens").asLong(), receipt.stated().output());
        assertEquals(
                end.path("input_tokens").asLong(start.path("input_tokens").asLong()),
                receipt.stated().input());
        assertEquals(
                end.path("server_tool_use").path("web_search_requests").asLong(),
                receipt.stated().searches());
    }
}
