package dev.reckoner.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The batches API as api-facts §2.1 describes it, and the simulator's bill for it. */
final class SimulatorBatchTest {
    private static final String PATH = "/v1/messages/batches";
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final Moving clock = new Moving();
    private final Simulator simulator;
    private final Client client;

    SimulatorBatchTest() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().clock(clock).batchTime(Duration.ofMinutes(4)));
        client = new Client(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void batch_inItsTime_isWorkedOnAndEnds() throws Exception {
        JsonNode created = create("a", "b", "c", "d");
        assertEquals("message_batch", created.path("type").asText());
        assertEquals("in_progress", created.path("processing_status").asText());
        assertEquals(4, created.path("request_counts").path("processing").asInt());
        assertTrue(created.path("ended_at").isNull());
        assertEquals(404, get(PATH + "/" + id(created) + "/results").statusCode());

        clock.go(Duration.ofMinutes(4));

        JsonNode ended = Client.json(get(PATH + "/" + id(created)));
        assertEquals("ended", ended.path("processing_status").asText());
        assertEquals("2026-11-21T12:04:00Z", ended.path("ended_at").asText());
        assertEquals(4, ended.path("request_counts").path("succeeded").asInt());
        assertTrue(ended.path("results_url").asText().endsWith(PATH + "/" + id(created) + "/results"));
    }

    @Test
    void results_ofEveryItem_areBilledAtHalfPrice() throws Exception {
        JsonNode created = create("a", "b", "bad");
        clock.go(Duration.ofHours(1));

        Map<String, JsonNode> lines = results(id(created));

        assertEquals(3, lines.size());
        assertEquals("errored", result(lines, "bad").path("type").asText());
        assertEquals(
                "not_found_error",
                result(lines, "bad").path("error").path("error").path("type").asText());
        JsonNode usage = result(lines, "a").path("message").path("usage");
        assertEquals("batch", usage.path("service_tier").asText());
        ItemReceipt receipt = simulator.batchItems().get(0);
        assertEquals("a", receipt.customId());
        assertEquals(usage.path("output_tokens").asLong(), receipt.billed().output());
        BigDecimal expected = new BigDecimal("2")
                .multiply(BigDecimal.valueOf(receipt.billed().input()))
                .add(new BigDecimal("10")
                        .multiply(BigDecimal.valueOf(receipt.billed().output())))
                .multiply(new BigDecimal("0.5"))
                .movePointLeft(6);
        assertEquals(0, expected.compareTo(new Bill().charge(receipt).orElseThrow()));
        assertEquals(3, simulator.batchItems().size());
        assertTrue(new Bill().charge(simulator.batchItems().get(2)).isEmpty());
        assertEquals(lines, results(id(created)), "the same however often");
    }

    @Test
    void cancel_midway_keepsWhatIsDone() throws Exception {
        JsonNode created = create("a", "b", "c", "d");
        clock.go(Duration.ofMinutes(2));

        JsonNode canceling = Client.json(client.send(client.request(PATH + "/" + id(created) + "/cancel")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build()));
        assertEquals("canceling", canceling.path("processing_status").asText());
        clock.go(Duration.ofSeconds(1));

        JsonNode ended = Client.json(get(PATH + "/" + id(created)));
        assertEquals(2, ended.path("request_counts").path("succeeded").asInt());
        assertEquals(2, ended.path("request_counts").path("canceled").asInt());
        assertEquals("canceled", result(results(id(created)), "d").path("type").asText());
    }

    @Test
    void items_beyondADay_expire() throws Exception {
        try (Simulator slow =
                Simulator.start(SimulatorOptions.defaults().clock(clock).batchTime(Duration.ofDays(2)))) {
            Client other = new Client(slow);
            JsonNode created = Client.json(other.send(creation(other, "a", "b")));
            clock.go(Duration.ofHours(24));

            JsonNode ended = Client.json(
                    other.send(other.request(PATH + "/" + id(created)).GET().build()));
            assertEquals(1, ended.path("request_counts").path("succeeded").asInt());
            assertEquals(1, ended.path("request_counts").path("expired").asInt());
        }
    }

    @Test
    void list_pageByPage_hasEveryBatchOnce() throws Exception {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(0, id(create("a")));
        }
        List<String> listed = new ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = Client.json(get(PATH + "?limit=2" + after));
            page.path("data").forEach(batch -> listed.add(id(batch)));
            after = "&after_id=" + page.path("last_id").asText();
            more = page.path("has_more").asBoolean();
        }
        assertEquals(created, listed);
        JsonNode before = Client.json(get(PATH + "?limit=2&before_id=" + created.get(3)));
        assertEquals(created.get(1), before.path("first_id").asText());
        assertEquals(created.get(2), before.path("last_id").asText());
    }

    @Test
    void creation_thatIsWrong_isRefused() throws Exception {
        assertEquals(400, client.send(creation(client)).statusCode());
        assertEquals(400, client.send(creation(client, "a", "a")).statusCode());
        assertEquals(400, client.send(creation(client, "a b")).statusCode());
        assertEquals(404, get(PATH + "/msgbatch_x").statusCode());
    }

    @Test
    void batch_deleted_isGone() throws Exception {
        JsonNode created = create("a");
        clock.go(Duration.ofHours(1));
        HttpResponse<byte[]> deleted =
                client.send(client.request(PATH + "/" + id(created)).DELETE().build());
        assertEquals("message_batch_deleted", Client.json(deleted).path("type").asText());
        assertEquals(404, get(PATH + "/" + id(created)).statusCode());
    }

    @Test
    void adminSide_ofAnEndedBatch_billsItsItemsFetchedOrDeleted() throws Exception {
        JsonNode created = create("a", "b", "bad");
        clock.go(Duration.ofMinutes(3));
        assertEquals(0, billed().signum());
        clock.go(Duration.ofMinutes(10));
        BigDecimal expected = simulator.batchItems().stream()
                .flatMap(item -> new Bill().charge(item).stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertTrue(expected.signum() > 0);
        assertEquals(0, expected.compareTo(billed()));
        client.send(client.request(PATH + "/" + id(created)).DELETE().build());
        assertEquals(0, expected.compareTo(billed()));
        assertEquals(3, simulator.batchItems().size());
        assertTrue(simulator.admin().bill(START, START.plusSeconds(3600)).stream()
                .allMatch(line -> "batch".equals(line.terms().tier())
                        && line.terms().apiKeyId() != null
                        && "message_batches_api".equals(line.terms().product())));
    }

    private BigDecimal billed() {
        return simulator.admin().total(START, START.plusSeconds(3600));
    }

    private JsonNode create(String... customIds) throws Exception {
        HttpResponse<byte[]> response = client.send(creation(client, customIds));
        assertEquals(200, response.statusCode());
        return Client.json(response);
    }

    private static HttpRequest creation(Client client, String... customIds) {
        List<String> requests = new ArrayList<>();
        for (String customId : customIds) {
            String model = customId.equals("bad") ? "claude-of-nowhere" : "claude-sonnet-5-5";
            requests.add("{\"custom_id\":\"" + customId + "\",\"params\":" + Client.body(model, false, "hi " + customId)
                    + "}");
        }
        String body = "{\"requests\":[" + String.join(",", requests) + "]}";
        return client.request(PATH)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return client.send(client.request(path).GET().build());
    }

    private Map<String, JsonNode> results(String batchId) throws Exception {
        String body = new String(get(PATH + "/" + batchId + "/results").body(), StandardCharsets.UTF_8);
        Map<String, JsonNode> results = new HashMap<>();
        for (String line : body.split("\n", -1)) {
            if (!line.isEmpty()) {
                JsonNode json = Client.JSON.readTree(line);
                results.put(json.path("custom_id").asText(), json.path("result"));
            }
        }
        return results;
    }

    private static JsonNode result(Map<String, JsonNode> results, String customId) {
        JsonNode result = results.get(customId);
        assertNotNull(result, customId);
        return result;
    }

    private static String id(JsonNode batch) {
        return batch.path("id").asText();
    }

    /** A clock that only goes when told to. */
    private static final class Moving extends Clock {
        private volatile Instant now = START;

        void go(Duration time) {
            now = now.plus(time);
        }

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
