package dev.reckoner.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorAnswersTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PLAIN = Client.body("claude-sonnet-5-5", false, "hello");
    private final HandClock clock = new HandClock();
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().clock(clock).keys(Set.of("sk-ant-api03-test")));
        client = new Client(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void json_plainRequest_statesUsageTheReceiptAndTheBillAgreeWith() throws Exception {
        HttpResponse<byte[]> response = client.post(PLAIN);
        JsonNode usage = Client.json(response).path("usage");
        assertTrue(simulator.served().awaitIdle(SOON));
        String id = response.headers().firstValue("request-id").orElseThrow();
        Receipt receipt = simulator.served().receipt(id).orElseThrow();
        assertTrue(id.matches("req_[0-9A-Za-z]{24}"), id);
        assertEquals(usage.path("input_tokens").asLong(), receipt.stated().input());
        assertEquals(usage.path("output_tokens").asLong(), receipt.stated().output());
        assertEquals("standard", usage.path("service_tier").asText());
        assertEquals("global", usage.path("inference_geo").asText());
        BigDecimal micro = BigDecimal.valueOf(
                receipt.stated().input() * 2 + receipt.stated().output() * 10);
        assertEquals(
                0, micro.movePointLeft(6).compareTo(new Bill().charge(receipt).orElseThrow()));
    }

    @Test
    void json_headers_areTheVendors() throws Exception {
        HttpResponse<byte[]> response = client.post(PLAIN);
        assertTrue(response.headers().firstValue("anthropic-organization-id").isPresent());
        assertTrue(response.headers()
                .firstValue("anthropic-workspace-id")
                .orElse("")
                .startsWith("wrkspc_"));
        for (String what : new String[] {"requests", "tokens", "input-tokens", "output-tokens"}) {
            String prefix = "anthropic-ratelimit-" + what;
            assertTrue(response.headers().firstValueAsLong(prefix + "-limit").isPresent(), prefix);
            assertTrue(
                    response.headers().firstValueAsLong(prefix + "-remaining").isPresent(), prefix);
            Instant.parse(response.headers().firstValue(prefix + "-reset").orElseThrow());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {not json                                              | 400 | invalid_request_error
                    []                                                     | 400 | invalid_request_error
                    {"max_tokens":9,"messages":[]}                         | 400 | invalid_request_error
                    {"model":"claude-opus-5-5","messages":[]}              | 400 | invalid_request_error
                    {"model":"claude-opus-5-5","max_tokens":9}             | 400 | invalid_request_error
                    {"model":"gpt-9","max_tokens":9,"messages":[{"role":"user","content":"x"}]} | 404 | not_found_error
                    {"model":"claude-haiku-4-5","max_tokens":9,"speed":"fast","messages":[{"role":"user","content":"x"}]} | 400 | invalid_request_error
                    {"model":"claude-haiku-4-5","max_tokens":9,"inference_geo":"us","messages":[{"role":"user","content":"x"}]} | 400 | invalid_request_error
                    """)
    void badBody_refusedInTheVendorsForm(String body, int status, String type) throws Exception {
        assertError(client.post(body), status, type);
    }

    @Test
    void credential_missingOrUnknown_401_bearerAccepted() throws Exception {
        assertError(client.post(PLAIN, "x-api-key", "sk-ant-other"), 401, "authentication_error");
        String head = "POST /v1/messages HTTP/1.1\r\nhost: s\r\nconnection: close\r\nanthropic-version: 2023-06-01\r\n";
        assertTrue(client.raw(head, PLAIN).startsWith("HTTP/1.1 401 "));
        String bearer = head + "authorization: Bearer sk-ant-api03-test\r\n";
        assertTrue(client.raw(bearer, PLAIN).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void version_missing_400_newOneRefusesSampling() throws Exception {
        String head = "POST /v1/messages HTTP/1.1\r\nhost: s\r\nconnection: close\r\nx-api-key: sk-ant-api03-test\r\n";
        assertTrue(client.raw(head, PLAIN).startsWith("HTTP/1.1 400 "));
        String warm = PLAIN.replace("{\"model\"", "{\"temperature\":1,\"model\"");
        assertEquals(200, client.post(warm).statusCode());
        assertEquals(400, client.post(warm, "anthropic-version", "2026-10-21").statusCode());
    }

    @Test
    void otherPaths_answerAsTheVendorDoes() throws Exception {
        assertError(client.send(client.request("/v1/nothing").GET().build()), 404, "not_found_error");
        JsonNode models = Client.json(
                client.send(client.request("/v1/models?limit=1000").GET().build()));
        assertTrue(models.path("data").size() > 5 && !models.path("has_more").asBoolean(true));
        HttpResponse<byte[]> head = client.send(client.request("/api/hello")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
        assertEquals(200, head.statusCode());
        JsonNode count = Client.json(client.send(client.request("/v1/messages/count_tokens")
                .POST(HttpRequest.BodyPublishers.ofString(PLAIN))
                .build()));
        JsonNode usage = Client.json(client.post(PLAIN)).path("usage");
        assertEquals(
                usage.path("input_tokens").asLong(), count.path("input_tokens").asLong());
    }

    @Test
    void alias_answersWithTheCanonicalModel() throws Exception {
        JsonNode message = Client.json(client.post(Client.body("claude-haiku-4-5", false, "x")));
        assertEquals("claude-haiku-4-5-20251001", message.path("model").asText());
        assertEquals(
                "not_available", message.path("usage").path("inference_geo").asText());
    }

    @Test
    void cache_firstSightWrites_laterReads_expiredWritesAgain() throws Exception {
        String body = cached("5m");
        JsonNode first = usage(body);
        JsonNode second = usage(body);
        clock.now = clock.now.plus(Duration.ofMinutes(4));
        JsonNode third = usage(body);
        clock.now = clock.now.plus(Duration.ofMinutes(6));
        JsonNode late = usage(body);
        long tokens = first.path("cache_creation_input_tokens").asLong();
        assertTrue(tokens > 256, first.toString());
        assertEquals(
                tokens,
                first.path("cache_creation").path("ephemeral_5m_input_tokens").asLong());
        assertEquals(tokens, second.path("cache_read_input_tokens").asLong());
        assertEquals(tokens, third.path("cache_read_input_tokens").asLong());
        assertEquals(0, third.path("cache_creation_input_tokens").asLong());
        assertEquals(tokens, late.path("cache_creation_input_tokens").asLong());
    }

    @Test
    void cache_oneHour_isWrittenInItsOwnClassAndLastsLonger() throws Exception {
        String body = cached("1h");
        JsonNode first = usage(body);
        clock.now = clock.now.plus(Duration.ofMinutes(50));
        JsonNode second = usage(body);
        long tokens =
                first.path("cache_creation").path("ephemeral_1h_input_tokens").asLong();
        assertTrue(tokens > 256, first.toString());
        assertEquals(
                0,
                first.path("cache_creation").path("ephemeral_5m_input_tokens").asLong());
        assertEquals(tokens, second.path("cache_read_input_tokens").asLong());
    }

    @Test
    void geoAndFast_areStatedAndBilled() throws Exception {
        String body = Client.body("claude-opus-5-5", false, "x")
                .replace("{\"model\"", "{\"speed\":\"fast\",\"inference_geo\":\"us\",\"model\"");
        JsonNode usage = usage(body);
        assertEquals("fast", usage.path("speed").asText());
        assertEquals("us", usage.path("inference_geo").asText());
        assertTrue(simulator.served().awaitIdle(SOON));
        Receipt receipt = simulator.served().receipts().get(0);
        BigDecimal expected = BigDecimal.valueOf(
                        receipt.stated().input() * 8 + receipt.stated().output() * 40)
                .movePointLeft(6)
                .multiply(new BigDecimal("1.1"));
        assertEquals(0, expected.compareTo(new Bill().charge(receipt).orElseThrow()));
    }

    @Test
    void unlistedModel_isServedWithoutAPrice() throws Exception {
        usage(Client.body(Catalogue.UNLISTED, false, "x"));
        assertTrue(simulator.served().awaitIdle(SOON));
        assertFalse(new Bill().charge(simulator.served().receipts().get(0)).isPresent());
        assertTrue(simulator.served().total().tokens() > 0);
    }

    @Test
    void requestBody_gzip_isRead_brotliRefused() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(PLAIN.getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest request = client.request("/v1/messages", "content-encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                .build();
        assertEquals(200, client.send(request).statusCode());
        assertEquals(400, client.post(PLAIN, "content-encoding", "br").statusCode());
    }

    @Test
    void preWarm_generatesNothingAndBillsTheWrite() throws Exception {
        JsonNode message = Client.json(client.post(cached("5m").replace("\"max_tokens\":50", "\"max_tokens\":0")));
        assertEquals("max_tokens", message.path("stop_reason").asText());
        assertTrue(message.path("content").isEmpty());
        assertEquals(0, message.path("usage").path("output_tokens").asLong());
        assertTrue(message.path("usage").path("cache_creation_input_tokens").asLong() > 0);
    }

    private JsonNode usage(String body) throws Exception {
        HttpResponse<byte[]> response = client.post(body);
        assertEquals(200, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        return Client.json(response).path("usage");
    }

    private static String cached(String lifetime) {
        return "{\"model\":\"claude-opus-5-5\",\"max_tokens\":50,\"system\":[{\"type\":\"text\",\"text\":\""
                + "rules ".repeat(400) + "\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"" + lifetime
                + "\"}}],\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    }

    private static void assertError(HttpResponse<byte[]> response, int status, String type) throws Exception {
        JsonNode error = Client.json(response);
        assertEquals(status, response.statusCode(), error.toString());
        assertEquals("error", error.path("type").asText());
        assertEquals(type, error.path("error").path("type").asText());
        assertEquals(
                response.headers().firstValue("request-id").orElseThrow(),
                error.path("request_id").asText());
    }

    /** A clock that is set by hand. */
    private static final class HandClock extends Clock {
        volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");

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
