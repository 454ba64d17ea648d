package dev.reckoner.ledger.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageReaderTest {

    private final UsageReader reader = new UsageReader(64 * 1024);

    @Test
    void wholeObject_everyField_isRead() {
        assertTrue(read("""
                {"input_tokens":2039,"cache_creation_input_tokens":700,"cache_read_input_tokens":31,
                 "cache_creation":{"ephemeral_5m_input_tokens":600,"ephemeral_1h_input_tokens":100},
                 "output_tokens":341,"output_tokens_details":{"thinking_tokens":67},
                 "server_tool_use":{"web_search_requests":3,"web_fetch_requests":1,"code_execution_requests":2},
                 "service_tier":"standard","inference_geo":"us","speed":"fast","fallback_credit":{"status":{"type":"redeemed"}}}
                """));
        assertEquals(
                new Usage(
                        new TokenCounts(2039L, 341L, 700L, 31L, 600L, 100L),
                        67L,
                        3L,
                        1L,
                        2L,
                        "standard",
                        "us",
                        "fast",
                        List.of()),
                reader.usage());
        assertNull(reader.fault());
    }

    @Test
    void nothingRead_usage_isNull() {
        assertNull(reader.usage());
        assertEquals(List.of(), reader.raw());
    }

    @Test
    void laterObject_fieldStated_overwritesEvenWithLess() {
        read("{\"input_tokens\":60385,\"cache_read_input_tokens\":55096,\"output_tokens\":7}");
        read("{\"input_tokens\":612,\"cache_read_input_tokens\":0,\"output_tokens\":88}");
        assertEquals(new TokenCounts(612L, 88L, null, 0L, null, null), usage().tokens());
    }

    @Test
    void laterObject_fieldNullOrAbsent_keepsTheEarlier() {
        read("{\"input_tokens\":25,\"cache_read_input_tokens\":4,\"output_tokens\":1,\"service_tier\":\"standard\","
                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":8,\"ephemeral_1h_input_tokens\":2},"
                + "\"server_tool_use\":{\"web_search_requests\":1}}");
        read("{\"input_tokens\":null,\"output_tokens\":9,\"service_tier\":null,\"cache_creation\":null,"
                + "\"server_tool_use\":null,\"iterations\":null,\"speed\":null}");
        assertEquals(new TokenCounts(25L, 9L, null, 4L, 8L, 2L), usage().tokens());
        assertEquals("standard", usage().serviceTier());
        assertEquals(1L, usage().webSearchRequests());
        assertNull(reader.fault());
    }

    @Test
    void laterObject_nestedObject_isReplacedWhole() {
        read("{\"server_tool_use\":{\"web_search_requests\":1,\"web_fetch_requests\":2}}");
        read("{\"server_tool_use\":{\"web_search_requests\":4}}");
        assertEquals(4L, usage().webSearchRequests());
        assertNull(usage().webFetchRequests());
    }

    @Test
    void iterations_everyKind_areReadAndReplacedWhole() {
        read("{\"iterations\":[{\"type\":\"message\",\"input_tokens\":1}]}");
        read("""
                {"input_tokens":1760,"iterations":[
                  {"type":"message","input_tokens":412,"output_tokens":89,"cache_creation":null},
                  {"type":"advisor_message","model":"claude-opus-5","input_tokens":823,"output_tokens":1612},
                  {"type":"compaction","model":null,"input_tokens":5,"cache_creation_input_tokens":30,
                   "cache_read_input_tokens":6,
                   "cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"new_field":[{}]}]}
                """);
        assertEquals(
                List.of(
                        new Iteration("message", null, new TokenCounts(412L, 89L, null, null, null, null)),
                        new Iteration(
                                "advisor_message",
                                "claude-opus-5",
                                new TokenCounts(823L, 1612L, null, null, null, null)),
                        new Iteration("compaction", null, new TokenCounts(5L, null, 30L, 6L, 10L, 20L))),
                usage().iterations());
        assertEquals(1760L, usage().tokens().inputTokens());
        assertNull(reader.fault());
    }

    @Test
    void unknownFields_ofAnyShape_areTolerated() {
        assertTrue(read("{\"a\":1e309,\"b\":[[[{\"c\":-1}]]],\"input_tokens\":3,\"d\":\"x\",\"d\":\"y\",\"e\":{}}"));
        assertEquals(3L, usage().tokens().inputTokens());
    }

    @Test
    void nullInsteadOfAnObject_statesNothing() {
        assertTrue(read("null"));
        assertNull(reader.usage());
        assertNull(reader.fault());
    }

    @Test
    void faultyField_earlierValue_isForgottenAndTheRestIsRead() {
        read("{\"input_tokens\":25,\"output_tokens\":1}");
        assertFalse(read("{\"output_tokens\":\"12\",\"cache_read_input_tokens\":7}"));
        assertEquals(new TokenCounts(25L, null, null, 7L, null, null), usage().tokens());
        assertEquals(
                "usage.output_tokens: found \"12\", expected an integer from 0 to 1000000000000000", reader.fault());
    }

    @Test
    void truncatedObject_usage_staysAsItWas() {
        read("{\"input_tokens\":25,\"output_tokens\":1}");
        assertFalse(read("{\"input_tokens\":99,\"output_tokens\":1"));
        assertEquals(new TokenCounts(25L, 1L, null, null, null, null), usage().tokens());
        assertNotNull(reader.fault());
    }

    @Test
    void firstFault_ofSeveral_isTold() {
        read("{\"input_tokens\":-1,\"output_tokens\":-2}");
        read("nonsense");
        assertEquals("usage.input_tokens: found -1, expected an integer from 0 to 1000000000000000", reader.fault());
    }

    @Test
    void restart_everything_isForgottenButTheRawText() {
        read("{\"input_tokens\":-1,\"service_tier\":\"priority\"}");
        reader.restart();
        assertNull(reader.usage());
        assertNull(reader.fault());
        read("{\"input_tokens\":2}");
        assertEquals(new TokenCounts(2L, null, null, null, null, null), usage().tokens());
        assertNull(usage().serviceTier());
        assertEquals(2, reader.raw().size());
    }

    @Test
    void slice_ofALargerArray_isRespected() {
        byte[] bytes = "xx{\"input_tokens\":5}yy".getBytes(StandardCharsets.UTF_8);
        assertTrue(reader.overwrite(bytes, 2, bytes.length - 4));
        assertEquals(5L, usage().tokens().inputTokens());
        assertEquals(List.of("{\"input_tokens\":5}"), reader.raw());
    }

    @Test
    void raw_beyondTheLimit_keepsFirstAndLast() {
        UsageReader small = new UsageReader(60);
        for (int i = 10; i < 99; i++) {
            byte[] json = ("{\"output_tokens\":" + i + "}").getBytes(StandardCharsets.UTF_8);
            small.overwrite(json, 0, json.length);
        }
        assertEquals(
                List.of("{\"output_tokens\":10}", "{\"output_tokens\":97}", "{\"output_tokens\":98}"), small.raw());
    }

    @Test
    void raw_oneObjectBeyondTheLimit_isCutAndStillRead() {
        UsageReader small = new UsageReader(10);
        byte[] json = "{\"output_tokens\":1234}".getBytes(StandardCharsets.UTF_8);
        assertTrue(small.overwrite(json, 0, json.length));
        assertEquals(List.of("{\"output_t"), small.raw());
        Usage usage = small.usage();
        assertNotNull(usage);
        assertEquals(1234L, usage.tokens().outputTokens());
    }

    private boolean read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return reader.overwrite(bytes, 0, bytes.length);
    }

    private Usage usage() {
        @Nullable Usage usage = reader.usage();
        assertNotNull(usage);
        return usage;
    }
}
