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
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileUsageTest {

    private static final String RICH = """
            {"input_tokens":2039,"cache_creation_input_tokens":700,"cache_read_input_tokens":31,
             "cache_creation":{"ephemeral_5m_input_tokens":600,"ephemeral_1h_input_tokens":100},
             "output_tokens":341,"output_tokens_details":{"thinking_tokens":67},
             "server_tool_use":{"web_search_requests":3,"web_fetch_requests":1,"code_execution_requests":2},
             "service_tier":"standard",
             "iterations":[{"type":"message","model":"claude-x","input_tokens":1,"output_tokens":2,
             "cache_creation":{"ephemeral_5m_input_tokens":6,"ephemeral_1h_input_tokens":1}}],"speed":"fast"}
            """;

    private final UsageReader reader = new UsageReader(64 * 1024);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-9223372036854775808",
                "9223372036854775808",
                "1000000000000001",
                "1e309",
                "1E3",
                "12.0",
                "0.5",
                "\"12\"",
                "true",
                "[]",
                "[12]",
                "{}",
                "{\"a\":{\"b\":1}}"
            })
    void count_notAnIntegerInBounds_isAFaultThatNamesIt(String value) {
        assertFalse(read("{\"input_tokens\":5,\"output_tokens\":" + value + ",\"cache_read_input_tokens\":6}"));
        assertEquals(new TokenCounts(5L, null, null, 6L, null, null), usage().tokens());
        assertStartsWith("usage.output_tokens: found ", reader.fault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1000000000000000"})
    void count_atItsBounds_isRead(String value) {
        assertTrue(read("{\"output_tokens\":" + value + "}"));
        assertEquals(Long.parseLong(value), usage().tokens().outputTokens());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "+5", "0x10", "012", "'5'", "5x", "", "nul", "--1", "1_000"})
    void count_notJsonAtAll_isAFaultThatNamesIt(String value) {
        assertFalse(read("{\"input_tokens\":5,\"output_tokens\":" + value + "}"));
        assertNull(reader.usage());
        assertEquals("usage.output_tokens: found malformed JSON, expected one JSON object", reader.fault());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"service_tier\":5}|usage.service_tier: found 5, expected a string",
                "{\"speed\":{\"x\":1}}|usage.speed: found an object, expected a string",
                "{\"cache_creation\":7}|usage.cache_creation: found 7, expected an object",
                "{\"cache_creation\":[1]}|usage.cache_creation: found an array, expected an object",
                "{\"server_tool_use\":\"x\"}|usage.server_tool_use: found \"x\", expected an object",
                "{\"iterations\":{}}|usage.iterations: found an object, expected an array",
                "{\"iterations\":[1]}|usage.iterations[0]: found 1, expected an object",
                "{\"iterations\":[null]}|usage.iterations[0]: found null, expected an object",
                "{\"iterations\":[{}]}|usage.iterations[0].type: found nothing, expected a string",
                "{\"iterations\":[{\"type\":3}]}|usage.iterations[0].type: found 3, expected a string",
                "{\"iterations\":[{\"type\":\"a\",\"model\":[]}]}|usage.iterations[0].model: found an array, expected a string",
                "{\"input_tokens\":1,\"input_tokens\":2}|usage.input_tokens: found the field twice, expected it once",
                "[]|usage: found an array, expected an object",
                "\"text\"|usage: found \"text\", expected an object",
                "12|usage: found 12, expected an object",
                "{}{}|usage: found more after its end, expected one JSON object",
                "``|usage: found nothing, expected an object",
                "}|usage: found malformed JSON, expected one JSON object"
            })
    void shape_wrong_isAFaultThatNamesFoundAndExpected(String json, String fault) {
        assertFalse(read(json));
        assertEquals(fault, reader.fault());
    }

    @Test
    void escapedAndDuplicateKeys_areTheSameField() {
        assertFalse(read("{\"input_tokens\":1,\"\\u0069nput_tokens\":2}"));
        assertEquals(2L, usage().tokens().inputTokens());
    }

    @Test
    void nesting_tenThousandDeep_isAFault() {
        assertFalse(read("{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"));
        assertFalse(read("{\"x\":" + "{\"y\":".repeat(10_000) + "1" + "}".repeat(10_001)));
        assertNull(reader.usage());
        assertStartsWith("usage.x", reader.fault());
    }

    @Test
    void number_ofTenMegabytes_isAFault() {
        assertFalse(read("{\"input_tokens\":" + "9".repeat(10_000_000) + "}"));
        assertEquals("usage: found 10000017 bytes, expected at most 1048576", reader.fault());
    }

    @Test
    void number_longerThanAllowed_isAFaultThatNamesTheField() {
        assertFalse(read("{\"input_tokens\":" + "9".repeat(500_000) + "}"));
        assertStartsWith("usage.input_tokens: found ", reader.fault());
        assertFalse(read("{\"input_tokens\":" + "9".repeat(50) + "}"));
        assertNull(usage().tokens().inputTokens());
    }

    @Test
    void text_longerThanAllowed_isAFault() {
        assertFalse(read("{\"service_tier\":\"" + "x".repeat(257) + "\"}"));
        assertEquals("usage.service_tier: found 257 characters, expected at most 256", reader.fault());
        assertNull(usage().serviceTier());
    }

    @Test
    void iterations_moreThanAllowed_areAFault() {
        assertFalse(read("{\"iterations\":[" + "{\"type\":\"m\"},".repeat(1_000) + "{\"type\":\"m\"}]}"));
        assertEquals("usage.iterations[1000]: found more entries, expected at most 1000", reader.fault());
        assertEquals(1_000, usage().iterations().size());
    }

    @Test
    void fault_hostileText_isShortAndPlain() {
        read("{\"output_tokens\":\"\\u001b[31m" + "x".repeat(5_000) + "\"}");
        String fault = Objects.requireNonNull(reader.fault());
        assertTrue(fault.length() < 200, fault);
        assertFalse(fault.contains("\u001b"));
    }

    @Test
    void everyPrefix_ofARichObject_neverThrowsAndNeverReadsHalf() {
        byte[] json = RICH.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < json.length; length++) {
            UsageReader fresh = new UsageReader(1024);
            assertFalse(fresh.overwrite(json, 0, length), "prefix of " + length);
            assertNull(fresh.usage());
            assertNotNull(fresh.fault());
        }
    }

    @Test
    void mutations_ofARichObject_neverThrowNorGoNegative() {
        long seed = System.nanoTime();
        System.out.println("mutations seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] alphabet = "{}[]\",:-+.eE0123456789tfn\\u \u0000é".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10_000; i++) {
            byte[] json = RICH.getBytes(StandardCharsets.UTF_8);
            for (int edits = random.nextInt(1, 6); edits > 0; edits--) {
                json[random.nextInt(json.length)] =
                        random.nextInt(8) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            UsageReader fresh = new UsageReader(1024);
            boolean clean =
                    fresh.overwrite(json, 0, random.nextInt(4) == 0 ? random.nextInt(json.length) : json.length);
            assertEquals(clean, fresh.fault() == null, "seed " + seed);
            Usage usage = fresh.usage();
            if (usage != null) {
                assertTrue(noneNegative(usage), "seed " + seed + ": " + usage);
            }
        }
    }

    private static boolean noneNegative(Usage usage) {
        Stream<Long> all = Stream.concat(
                        Stream.of(usage.tokens()), usage.iterations().stream().map(Iteration::tokens))
                .flatMap(HostileUsageTest::values);
        return Stream.concat(
                        all,
                        Stream.of(
                                        usage.thinkingTokens(),
                                        usage.webSearchRequests(),
                                        usage.webFetchRequests(),
                                        usage.codeExecutionRequests())
                                .filter(Objects::nonNull))
                .allMatch(count -> count >= 0 && count <= UsageReader.COUNT_MAX);
    }

    private static Stream<Long> values(TokenCounts tokens) {
        return Arrays.asList(
                        tokens.inputTokens(),
                        tokens.outputTokens(),
                        tokens.cacheCreationInputTokens(),
                        tokens.cacheReadInputTokens(),
                        tokens.ephemeral5mInputTokens(),
                        tokens.ephemeral1hInputTokens())
                .stream()
                .filter(Objects::nonNull);
    }

    private boolean read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return reader.overwrite(bytes, 0, bytes.length);
    }

    private Usage usage() {
        Usage usage = reader.usage();
        assertNotNull(usage);
        return usage;
    }

    private static void assertStartsWith(String start, @Nullable String text) {
        assertTrue(text != null && text.startsWith(start), text);
    }
}
