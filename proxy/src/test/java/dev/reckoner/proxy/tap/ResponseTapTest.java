package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTapTest {

    private static final String STREAM = "text/event-stream";
    private static final String START =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"m\","
                    + "\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}\n\n";
    private static final String DELTA = "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{"
            + "\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}\n\n";
    private static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    @Test
    void startedAndStopped_followTheStream() {
        ResponseTap tap = Readings.tap(200, STREAM, null);
        assertFalse(tap.started());
        pass(tap, START.substring(0, START.length() - 1));
        assertFalse(tap.started());
        pass(tap, "\n");
        assertTrue(tap.started());
        assertFalse(tap.reading().usageFinal());
        pass(tap, DELTA);
        assertTrue(tap.reading().usageFinal());
        assertFalse(tap.stopped());
        pass(tap, STOP);
        assertTrue(tap.stopped());
    }

    /** Guards against booking the usage of an unfinished message as final: several deltas may state it. */
    @Test
    void usage_restatedWithoutAStopReason_isFinalOnlyOnceTheMessageStops() {
        ResponseTap tap = Readings.tap(200, STREAM, null);
        pass(tap, START + DELTA.replace("\"end_turn\"", "null"));
        assertFalse(tap.reading().usageFinal());
        assertEquals(9L, usage(tap.reading()).tokens().outputTokens());
        pass(tap, STOP);
        assertTrue(tap.reading().usageFinal());
    }

    @Test
    void usage_restatedUnreadablyAfterTheFinalOne_isNotFinal() {
        Reading reading = whole(STREAM, START + DELTA + DELTA.replace("9", "-9") + STOP);
        assertFalse(reading.usageFinal());
        assertNotNull(reading.fault());
    }

    @Test
    void reading_beforeAnyByte_isNothing() {
        assertEquals(Reading.NOTHING, Readings.tap(200, STREAM, null).reading());
        assertEquals(
                Reading.NOTHING, Readings.tap(200, "application/json", null).reading());
        assertEquals(Reading.NOTHING, Readings.tap(502, "text/html", null).end());
        assertEquals(
                Reading.NOTHING, Readings.tap(500, "application/json", null).end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEXT/Event-Stream", "text/event-stream;charset=utf-8", "text/event-stream ; x=y"})
    void contentType_ofAStream_isRecognised(String contentType) {
        assertEquals("msg_1", whole(contentType, START).messageId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Application/JSON", "application/json; charset=utf-8", "application/problem+json"})
    void contentType_ofJson_isRecognised(String contentType) {
        assertEquals("m", whole(contentType, "{\"model\":\"m\",\"usage\":{}}").model());
    }

    @Test
    void contentType_absent_isTakenForJson() {
        ResponseTap tap = ResponseTap.of(200, new DefaultHttpHeaders(), Readings.LIMITS);
        pass(tap, "{\"model\":\"m\",\"usage\":{\"input_tokens\":1}}");
        assertEquals("m", tap.end().model());
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "gzip, gzip", "gzip, br"})
    void contentEncoding_thatCannotBeRead_isAFault(String coding) {
        Reading reading = Readings.whole(Readings.tap(200, STREAM, coding), bytes(START + DELTA + STOP));
        assertNull(reading.usage());
        assertEquals("content_encoding " + coding + ": expected identity, gzip or deflate", reading.fault());
    }

    @Test
    void stream_withoutUsage_isAFault() {
        assertEquals(
                "usage: found none in the stream, expected it in message_start",
                whole(STREAM, ": nothing\n\n").fault());
    }

    @Test
    void line_ofTenMegabytesThatDoesNotMatter_isPassedOver() {
        String block =
                "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{"
                        + "\"type\":\"web_search_tool_result\",\"content\":[{\"encrypted_content\":\""
                        + "A".repeat(10_000_000)
                        + "\"}]}}\n\n";
        Reading reading = whole(STREAM, START + block + DELTA + STOP);
        assertNull(reading.fault());
        assertTrue(reading.usageFinal());
        assertEquals(9L, usage(reading).tokens().outputTokens());
    }

    @Test
    void delta_ofTenMegabytes_isCountedWithoutBeingKept() {
        String delta =
                "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                        + "x".repeat(10_000_000) + "\"}   }\n\n";
        assertEquals(10_000_000, whole(STREAM, START + delta + DELTA).outputTextBytes());
        Reading bytewise =
                Readings.read(Readings.tap(200, STREAM, null), bytes(START + delta + DELTA), false, () -> 1_000);
        assertEquals(10_000_000, bytewise.outputTextBytes());
    }

    @Test
    void event_thatMattersAndIsTooLong_isAFault() {
        String long1 = DELTA.replace("\"usage\"", "\"pad\":\"" + "x".repeat(300_000) + "\",\"usage\"");
        Reading reading = whole(STREAM, START + long1 + STOP);
        assertEquals("message_delta: found more than 262144 bytes, expected at most so many", reading.fault());
        assertFalse(reading.usageFinal());
        assertEquals(1L, usage(reading).tokens().outputTokens());
    }

    @Test
    void jsonUsage_thatIsTooLong_isAFault() {
        String body = "{\"type\":\"message\",\"usage\":{\"input_tokens\":1,\"x\":\"" + "y".repeat(300_000) + "\"}}";
        Reading reading = whole("application/json", body);
        assertEquals("usage: found more than 262144 bytes, expected at most so many", reading.fault());
        assertNull(reading.usage());
    }

    @Test
    void jsonBody_ofManyMegabytes_isReadWithoutBeingKept() {
        ResponseTap tap = Readings.tap(200, "application/json", null);
        pass(tap, "{\"content\":[{\"text\":\"");
        ByteBuf much =
                Unpooled.wrappedBuffer("lorem \\\" ipsum }{ ".repeat(4096).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 512; i++) {
            tap.body(much, 0, much.readableBytes());
        }
        pass(tap, "\"}],\"model\":\"m\",\"usage\":{\"input_tokens\":7}}");
        Reading reading = tap.end();
        assertTrue(reading.usageFinal());
        assertEquals(7L, usage(reading).tokens().inputTokens());
    }

    @Test
    void gzipBomb_isAFaultAndNoMore() {
        byte[] zeros = new byte[40_000_000];
        Arrays.fill(zeros, (byte) ' ');
        Reading reading = Readings.whole(Readings.tap(200, "application/json", "gzip"), Codings.gzip(zeros));
        assertEquals(
                "content_encoding gzip: found more than 100 decoded bytes per byte, expected a body that can be decoded",
                reading.fault());
    }

    @Test
    void decodedBody_beyondItsLimit_isAFault() {
        Settings.Metering small = new Settings.Metering(1024, 1024, 10_000);
        ResponseTap tap = ResponseTap.of(200, Readings.headers("application/json", "deflate"), small);
        byte[] body = Codings.deflate(bytes(" ".repeat(20_000) + "{}"), false);
        Reading reading = Readings.whole(tap, body);
        assertEquals(
                "content_encoding deflate: found more than 10000 decoded bytes, expected a body that can be decoded",
                reading.fault());
    }

    @Test
    void gzip_cutAnywhere_neverThrowsAndIsAFaultUntilTheUsageIsFinal() {
        byte[] body = Codings.gzipFlushed(bytes(START + DELTA + STOP), 50);
        for (int length = 1; length < body.length; length++) {
            Reading reading = Readings.whole(Readings.tap(200, STREAM, "gzip"), Arrays.copyOf(body, length));
            assertEquals(reading.usageFinal(), reading.fault() == null, "cut at " + length);
        }
    }

    @Test
    void gzip_wrongChecksumOfABody_isAFault() {
        byte[] body = Codings.gzip(bytes("{\"type\":\"message\",\"usage\":{\"input_tokens\":7"));
        body[body.length - 8] ^= 1;
        String fault = Readings.whole(Readings.tap(200, "application/json", "gzip"), body)
                .fault();
        assertEquals("content_encoding gzip: found a wrong checksum, expected a body that can be decoded", fault);
    }

    @Test
    void gzip_everyOptionalHeadField_isPassedOver() {
        byte[] plain = Codings.gzip(bytes("{\"model\":\"m\",\"usage\":{}}"));
        byte[] head = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0, 3, 0, 'a', 'b', 'c', 'n', 0, 'c', 0, 1, 2
        };
        byte[] body = Codings.join(head, Arrays.copyOfRange(plain, 10, plain.length));
        for (int piece : new int[] {1, 2, 1000}) {
            Reading reading = Readings.read(Readings.tap(200, "application/json", "gzip"), body, false, () -> piece);
            assertEquals("m", reading.model());
            assertNull(reading.fault());
        }
    }

    @Test
    void gzip_headerSaysSoButBodyIsPlain_isAFault() {
        Reading reading = Readings.whole(Readings.tap(200, STREAM, "gzip"), bytes(START));
        assertEquals("content_encoding gzip: found no gzip head, expected a body that can be decoded", reading.fault());
    }

    @Test
    void error_unreadablyEncoded_hasNoFault() {
        assertNull(Readings.whole(Readings.tap(529, "application/json", "br"), bytes("x"))
                .fault());
    }

    @Test
    void bytes_afterTheEnd_arePassedOver() {
        ResponseTap tap = Readings.tap(200, STREAM, null);
        pass(tap, START);
        tap.end();
        pass(tap, DELTA);
        assertFalse(tap.reading().usageFinal());
    }

    @Test
    void callerBeyondTheBuffer_isAFaultNotAnException() {
        ResponseTap tap = Readings.tap(200, STREAM, null);
        tap.body(Unpooled.wrappedBuffer(new byte[3]), 2, 5);
        String fault = tap.reading().fault();
        assertTrue(fault != null && fault.startsWith("tap: found a bug of ours"), fault);
    }

    @Test
    void fallbackWithoutModel_isAFaultAndTheModelIsNotKnown() {
        String block =
                "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"fallback\"}}\n\n";
        Reading reading = whole(STREAM, START + block + DELTA + STOP);
        assertNull(reading.model());
        assertEquals(
                Map.of("fault", "content_block.to.model"),
                Map.of("fault", Readings.shown(reading).get("fault")));
    }

    @Test
    void rawUsage_keepsWhatCame() {
        assertEquals(
                List.of("{\"input_tokens\":5,\"output_tokens\":1}", "{\"output_tokens\":9}"),
                whole(STREAM, START + DELTA + STOP).rawUsage());
    }

    private static Reading whole(String contentType, String body) {
        return Readings.whole(Readings.tap(200, contentType, null), bytes(body));
    }

    private static void pass(ResponseTap tap, String text) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes(text));
        tap.body(buffer, 0, buffer.readableBytes());
    }

    private static Usage usage(Reading reading) {
        Usage usage = reading.usage();
        assertNotNull(usage);
        return usage;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
