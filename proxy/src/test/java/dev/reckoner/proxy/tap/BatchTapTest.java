package dev.reckoner.proxy.tap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of batches and of their results, however the bytes come (api-facts §2.1). */
final class BatchTapTest {

    private static final Settings.Metering LIMITS = new Settings.Metering(1024, 4096, 1 << 20);
    private static final long RESULTS_MAX = 1 << 20;

    private static final String SERVED = "{\"custom_id\":\"first\",\"result\":{\"type\":\"succeeded\",\"message\":"
            + "{\"id\":\"msg_1\",\"type\":\"message\",\"model\":\"claude-opus-5-5\",\"content\":[{\"type\":\"text\","
            + "\"text\":\"a } \\\" \\n b\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":11,"
            + "\"output_tokens\":22,\"service_tier\":\"batch\"}}}}";
    private static final String ERRORED = "{\"result\":{\"type\":\"errored\",\"error\":{\"type\":\"error\",\"error\":"
            + "{\"type\":\"invalid_request_error\",\"message\":\"no\"}}},\"custom_id\":\"second\"}";
    private static final String CANCELED = "{\"custom_id\":\"third\",\"result\":{\"type\":\"canceled\"}}";
    private static final String EXPIRED = "{\"custom_id\":\"fourth\",\"result\":{\"type\":\"expired\"}}";
    private static final String ALL = SERVED + "\n" + ERRORED + "\r\n\n" + CANCELED + "\n  \n" + EXPIRED;

    private static final String BATCH = "{\"id\":\"msgbatch_1\",\"type\":\"message_batch\",\"processing_status\":"
            + "\"ended\",\"request_counts\":{\"processing\":0,\"succeeded\":95,\"errored\":1,\"canceled\":2,"
            + "\"expired\":3},\"ended_at\":\"2026-11-21T12:05:00.123456Z\",\"created_at\":"
            + "\"2026-11-21T13:00:00+01:00\",\"expires_at\":\"2026-11-22T12:00:00Z\",\"archived_at\":null,"
            + "\"results_url\":\"https://vendor.example/v1/messages/batches/msgbatch_1/results\"}";
    private static final BatchState STATE = new BatchState(
            "ended",
            Instant.parse("2026-11-21T12:00:00Z"),
            Instant.parse("2026-11-21T12:05:00.123456Z"),
            Instant.parse("2026-11-22T12:00:00Z"),
            new BatchState.Counts(0, 95, 1, 2, 3));

    @Test
    void results_everyKindOfLine_isRead() {
        Heard heard = new Heard();
        assertNull(results(ALL, heard, new DefaultHttpHeaders()).fault());

        assertEquals(List.of("first", "second", "third", "fourth"), heard.customIds());
        ResultLine served = heard.lines.get(0);
        assertEquals(Outcome.OK_UPSTREAM_COMPLETE, served.outcome());
        assertEquals("msg_1", served.reading().messageId());
        assertEquals("claude-opus-5-5", served.reading().model());
        assertEquals("end_turn", served.reading().stopReason());
        assertEquals(false, served.reading().contentEmpty());
        assertTrue(served.reading().usageFinal());
        Usage usage = served.reading().usage();
        assertNotNull(usage);
        assertEquals(11L, usage.tokens().inputTokens());
        assertEquals("batch", usage.serviceTier());
        assertEquals(Outcome.FAILED_UPSTREAM_ITEM_ERRORED, heard.lines.get(1).outcome());
        assertEquals("invalid_request_error", heard.lines.get(1).reading().errorType());
        assertEquals(Outcome.FAILED_UPSTREAM_ITEM_CANCELED, heard.lines.get(2).outcome());
        assertEquals(Outcome.FAILED_UPSTREAM_ITEM_EXPIRED, heard.lines.get(3).outcome());
        heard.lines.forEach(line -> assertNull(line.reading().fault()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "deflate"})
    void results_splitAtEveryIndex_areTheSame(String coding) {
        HttpHeaders headers = new DefaultHttpHeaders().set("content-encoding", coding);
        byte[] body = encoded(coding, ALL);
        Heard whole = new Heard();
        results(body, new int[0], whole, headers);
        assertEquals(4, whole.lines.size());
        for (int split = 1; split < body.length; split++) {
            Heard heard = new Heard();
            results(body, new int[] {split}, heard, headers);
            assertEquals(whole.lines, heard.lines);
        }
    }

    @Test
    void result_thatCannotBeRead_isAFaultOfItsLine() {
        Map<String, String> faults = new LinkedHashMap<>();
        faults.put(
                "{\"custom_id\":\"a\",\"result\":{\"type\":\"novel\"}}",
                "result.type: found novel, expected succeeded, errored, canceled or expired");
        faults.put(
                "{\"custom_id\":\"a\"}", "result.type: found null, expected succeeded, errored, canceled or expired");
        faults.put(
                "{\"custom_id\":\"a\",\"result\":{\"type\":\"succ",
                "line: found malformed or incomplete JSON, expected one JSON object");
        faults.put(
                "{\"custom_id\":\"a\",\"result\":{\"type\":\"succeeded\",\"message\":{}}}",
                "usage: found none, expected it in the message");
        faults.put(
                "{\"custom_id\":\"a\",\"result\":{\"type\":\"succeeded\",\"message\":{\"usage\":{\"x\":\""
                        + "y".repeat(5000) + "\"}}}}",
                "usage: found more than 4096 bytes, expected at most so many");
        faults.forEach((line, fault) -> {
            Heard heard = new Heard();
            assertNull(results(line + "\n" + CANCELED, heard, new DefaultHttpHeaders())
                    .fault());
            assertEquals(List.of("a", "third"), heard.customIds());
            assertEquals(fault, heard.lines.get(0).reading().fault());
            assertEquals(Outcome.OK_UPSTREAM_COMPLETE, heard.lines.get(0).outcome(), "never booked as not billed");
        });
    }

    @Test
    void result_withoutCustomId_isAFaultOfTheDownload_andTheOthersAreRead() {
        Heard heard = new Heard();
        Reading reading = results(CANCELED + "\nnonsense\n" + EXPIRED, heard, new DefaultHttpHeaders());
        assertEquals("line 2: found no custom_id, expected one", reading.fault());
        assertEquals(List.of("third", "fourth"), heard.customIds());
    }

    @Test
    void results_ofALineThatNeverEnds_takeNoMemoryForIt() {
        Heard heard = new Heard();
        ResponseTap tap = ResponseTap.ofResults(200, new DefaultHttpHeaders(), LIMITS, Long.MAX_VALUE, heard);
        String head = "{\"custom_id\":\"long\",\"result\":{\"type\":\"succeeded\",\"message\":{\"content\":[\"";
        ByteBuf text = Unpooled.copiedBuffer("x".repeat(1 << 20), UTF_8);
        pass(tap, head.getBytes(UTF_8), new int[0]);
        for (int i = 0; i < 300; i++) {
            tap.body(text, 0, text.readableBytes());
        }
        pass(tap, "\"],\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}}}\n".getBytes(UTF_8), new int[0]);
        assertNull(tap.end().fault());
        assertEquals(List.of("long"), heard.customIds());
        assertTrue(heard.lines.get(0).reading().usageFinal());
    }

    @Test
    void results_beyondTheLimit_endWithAFault() {
        Heard heard = new Heard();
        byte[] body = encoded("gzip", (CANCELED + "\n").repeat(30_000));
        HttpHeaders headers = new DefaultHttpHeaders().set("content-encoding", "gzip");
        Reading reading = results(body, new int[0], heard, headers);
        assertNotNull(reading.fault());
        assertTrue(heard.lines.size() > 100);
    }

    @Test
    void results_ofAnError_tellNothing() {
        Heard heard = new Heard();
        ResponseTap tap = ResponseTap.ofResults(404, new DefaultHttpHeaders(), LIMITS, RESULTS_MAX, heard);
        pass(tap, CANCELED.getBytes(UTF_8), new int[0]);
        assertNull(tap.end().fault());
        assertEquals(List.of(), heard.lines);
    }

    @Test
    void batch_shown_isToldOnce_howeverSplit() {
        byte[] body = BATCH.getBytes(UTF_8);
        for (int split = 1; split < body.length; split++) {
            Heard heard = new Heard();
            assertNull(batches(200, body, split, heard).fault());
            assertEquals(Map.of("msgbatch_1", STATE), heard.batches);
        }
    }

    @Test
    void batches_listed_areToldOneByOne() {
        String other = BATCH.replace("msgbatch_1", "msgbatch_2\\u005d").replace("\"ended\"", "\"in_progress\"");
        String page = "{\"data\":[" + BATCH + ", 7, [1], \"}\\\"]\", null,\n" + other + "],\"has_more\":false}";
        Heard heard = new Heard();
        assertNull(batches(200, page.getBytes(UTF_8), 1, heard).fault());
        assertEquals(List.of("msgbatch_1", "msgbatch_2]"), List.copyOf(heard.batches.keySet()));
        assertEquals(STATE, heard.batches.get("msgbatch_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message_batch\"}",
                "{\"id\":\"msgbatch_1\",\"type\":\"message_batch_deleted\"}",
                "{\"data\":[]}",
                "{\"data\":{\"type\":\"message_batch\",\"id\":\"x\"}}",
                "{\"data\":[[{\"type\":\"message_batch\",\"id\":\"x\"}]]}",
            })
    void batches_thatAreNone_areNotTold(String body) {
        Heard heard = new Heard();
        assertNull(batches(200, body.getBytes(UTF_8), 1, heard).fault());
        assertEquals(Map.of(), heard.batches);
    }

    @Test
    void batch_withNothingButItsId_isToldAsUnknown() {
        Heard heard = new Heard();
        String bare = "{\"id\":\"msgbatch_1\",\"type\":\"message_batch\",\"created_at\":\"yesterday\"}";
        batches(200, bare.getBytes(UTF_8), 1, heard);
        assertEquals(Map.of("msgbatch_1", BatchState.UNKNOWN), heard.batches);
    }

    @Test
    void batch_cutShort_isAFaultAndNotTold() {
        Heard heard = new Heard();
        byte[] cut = BATCH.substring(0, BATCH.length() - 1).getBytes(UTF_8);
        assertEquals(
                "batch: found malformed or incomplete JSON, expected one JSON object",
                batches(200, cut, 1, heard).fault());
        assertNull(batches(404, cut, 1, heard).fault());
        assertEquals(Map.of(), heard.batches);
    }

    private static byte[] encoded(String coding, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return switch (coding) {
            case "gzip" -> Codings.gzip(bytes);
            case "deflate" -> Codings.deflate(bytes, false);
            default -> bytes;
        };
    }

    private static Reading results(String body, Heard heard, HttpHeaders headers) {
        return results(body.getBytes(UTF_8), new int[0], heard, headers);
    }

    private static Reading results(byte[] body, int[] splits, Heard heard, HttpHeaders headers) {
        ResponseTap tap = ResponseTap.ofResults(200, headers, LIMITS, RESULTS_MAX, heard);
        pass(tap, body, splits);
        return tap.end();
    }

    private static Reading batches(int status, byte[] body, int split, Heard heard) {
        ResponseTap tap = ResponseTap.ofBatches(status, new DefaultHttpHeaders(), LIMITS, heard);
        pass(tap, body, new int[] {split});
        return tap.end();
    }

    private static void pass(ResponseTap tap, byte[] body, int[] splits) {
        int from = 0;
        for (int i = 0; i <= splits.length; i++) {
            int to = i < splits.length ? splits[i] : body.length;
            ByteBuf piece = Unpooled.wrappedBuffer(body);
            tap.body(piece, from, to - from);
            from = to;
        }
    }

    /** Keeps what it is told. */
    private static final class Heard implements BatchListener {
        private final List<ResultLine> lines = new ArrayList<>();
        private final Map<String, BatchState> batches = new LinkedHashMap<>();

        @Override
        public void batch(String batchId, BatchState state) {
            assertNull(batches.put(batchId, state), "told twice");
        }

        @Override
        public void item(ResultLine line) {
            lines.add(line);
        }

        List<String> customIds() {
            return lines.stream().map(ResultLine::customId).toList();
        }
    }
}
