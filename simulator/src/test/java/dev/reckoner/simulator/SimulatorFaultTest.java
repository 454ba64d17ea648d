package dev.reckoner.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.simulator.Fault.Kind;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorFaultTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String STREAM = Client.body("claude-opus-5-5", true, "hello");
    private static final String WHOLE = Client.body("claude-opus-5-5", false, "hello");
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults());
        client = new Client(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 413, 429, 500, 504, 529})
    void status_isAnsweredWithTheVendorsErrorAndNothingIsBilled(int status) throws Exception {
        HttpResponse<byte[]> response = client.post(STREAM, Fault.HEADER, "status=" + status);
        assertEquals(status, response.statusCode());
        assertEquals("error", Client.json(response).path("type").asText());
        Receipt receipt = onlyReceipt();
        assertEquals(Counts.ZERO, receipt.billed());
        assertTrue(receipt.whole());
        assertEquals("status=" + status, receipt.fault());
    }

    @Test
    void htmlError_isNotJson() throws Exception {
        simulator.inject(Fault.of(Kind.HTML_ERROR));
        HttpResponse<byte[]> response = client.post(WHOLE);
        assertEquals(502, response.statusCode());
        assertThrows(IOException.class, () -> Client.json(response));
    }

    @Test
    void errorEvent_endsTheStreamAfterSoManyEvents() throws Exception {
        HttpResponse<byte[]> response = client.post(STREAM, Fault.HEADER, "error_event_after=3");
        List<JsonNode> events = Client.events(response.body());
        assertEquals(4, events.size());
        assertEquals(
                "overloaded_error", events.get(3).path("error").path("type").asText());
        Receipt receipt = onlyReceipt();
        assertFalse(receipt.finalUsage());
        assertTrue(receipt.stated().input() > 0
                && receipt.billed().output() >= receipt.stated().output());
    }

    @Test
    void noStop_sendsTheFinalUsageAndEndsProperly() throws Exception {
        List<JsonNode> events =
                Client.events(client.post(STREAM, Fault.HEADER, "no_stop").body());
        assertEquals("message_delta", events.get(events.size() - 1).path("type").asText());
        assertTrue(onlyReceipt().finalUsage());
    }

    @Test
    void closeAfterEvents_cutsBehindThatEventExactly() throws Exception {
        String received = raw(STREAM, "close_after_events=2");
        assertEquals(2, count(received, "\ndata: "));
        assertFalse(received.endsWith("0\r\n\r\n"));
        Receipt receipt = onlyReceipt();
        assertFalse(receipt.whole() || receipt.finalUsage());
        assertTrue(receipt.stated().input() > 0);
    }

    @Test
    void closeAfterEvents_zero_sendsTheHeadAlone() throws Exception {
        String received = raw(STREAM, "close_after_events=0");
        assertTrue(received.startsWith("HTTP/1.1 200 ") && received.endsWith("\r\n\r\n"), received);
        assertEquals(Counts.ZERO, onlyReceipt().stated());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 1000, 1300})
    void closeAfterBytes_sendsExactlySoMany(int bytes) throws Exception {
        assertEquals(bytes, raw(STREAM, "close_after_bytes=" + bytes).length());
        assertFalse(onlyReceipt().whole());
    }

    @Test
    void reset_isSeenAsAReset() throws Exception {
        assertThrows(IOException.class, () -> client.post(STREAM, Fault.HEADER, "reset_after_events=1"));
        assertFalse(onlyReceipt().whole());
    }

    @Test
    void shortLength_promisesMoreThanItSends() throws Exception {
        assertThrows(IOException.class, () -> client.post(WHOLE, Fault.HEADER, "short_length"));
        assertThrows(IOException.class, () -> client.post(STREAM, Fault.HEADER, "short_length"));
        assertTrue(simulator.served().awaitIdle(SOON));
        for (Receipt receipt : simulator.served().receipts()) {
            assertTrue(receipt.finalUsage() && !receipt.whole(), receipt.toString());
        }
    }

    @Test
    void stall_keepsTheConnectionUntilTheClientGoes() throws Exception {
        try (Socket socket =
                new Socket(simulator.url().getHost(), simulator.url().getPort())) {
            String head = Client.head("content-length: " + STREAM.length(), Fault.HEADER + ": stall_after_events=1");
            socket.getOutputStream().write((head + "\r\n" + STREAM).getBytes(StandardCharsets.US_ASCII));
            assertTrue(socket.getInputStream().read() > 0);
            assertEquals(1, simulator.served().inFlight());
        }
        assertFalse(onlyReceipt().finalUsage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dribble", "slow_head", "delay_ms=5"})
    void slowButWhole_saysTheSame(String fault) throws Exception {
        String plain = new String(client.post(STREAM).body(), StandardCharsets.UTF_8);
        String slow = new String(client.post(STREAM, Fault.HEADER, fault).body(), StandardCharsets.UTF_8);
        assertEquals(withoutId(plain), withoutId(slow));
    }

    @Test
    void unknownFault_isRefusedByName() throws Exception {
        HttpResponse<byte[]> response = client.post(STREAM, Fault.HEADER, "explode");
        assertEquals(400, response.statusCode());
        assertTrue(Client.json(response).toString().contains("explode"));
    }

    @Test
    void randomFaults_followTheSeedAndTheRate() {
        RandomFaults faults = new RandomFaults(5, 0.25);
        long hit = 0;
        for (int i = 0; i < 4000; i++) {
            Fault fault = faults.choose(i, "/v1/messages");
            assertEquals(fault, new RandomFaults(5, 0.25).choose(i, "/v1/messages"));
            assertEquals(fault, Fault.parse(fault.text()));
            hit += fault.equals(Fault.NONE) ? 0 : 1;
        }
        assertTrue(hit > 850 && hit < 1150, "hits: " + hit);
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws Exception {
        String second = Client.body("claude-haiku-5-5", false, "two");
        String first = Client.head("content-length: " + WHOLE.length()) + "\r\n" + WHOLE;
        try (Socket socket =
                new Socket(simulator.url().getHost(), simulator.url().getPort())) {
            String last = Client.head("content-length: " + second.length(), "connection: close") + "\r\n" + second;
            socket.getOutputStream().write((first + last).getBytes(StandardCharsets.US_ASCII));
            String received = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(2, count(received, "HTTP/1.1 200"));
            assertTrue(received.indexOf("claude-opus-5-5") < received.indexOf("claude-haiku-5-5"));
        }
    }

    private String raw(String body, String fault) throws IOException {
        return client.raw(Client.head(Fault.HEADER + ": " + fault), body);
    }

    private Receipt onlyReceipt() throws InterruptedException {
        assertTrue(simulator.served().awaitIdle(SOON));
        assertEquals(1, simulator.served().requests());
        return simulator.served().receipts().get(0);
    }

    private static String withoutId(String stream) {
        return stream.replaceAll("msg_01[0-9A-Za-z]+", "msg");
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
