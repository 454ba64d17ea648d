package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reckoner.ledger.Asked;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTapTest {

    private static final String BODY = """
            {"model":"claude-opus-5","max_tokens":1024,"stream":true,"speed":"fast","inference_geo":"us",
             "service_tier":"standard_only",
             "messages":[{"role":"user","content":"model: \\"model\\":\\"no\\" }{ \\\\"}],
             "tools":[{"name":"t","input_schema":{"model":1,"metadata":{"user_id":"no"}}}],
             "billing_policy":{"type":"x","bill_to":"user_profile"},
             "metadata":{"note":[1,2],"user_id":"{\\"device_id\\":\\"d\\",\\"session_id\\":\\"s\\"}"}}
            """;
    private static final long TEXT_BYTES = 170;
    private static final Asked ASKED = new Asked(
            "claude-opus-5", true, 1024L, "standard_only", "fast", "us", "beta-1", "user_profile", TEXT_BYTES);

    @Test
    void body_everyField_isRead() {
        RequestTap tap = read(BODY.getBytes(StandardCharsets.UTF_8), null, Integer.MAX_VALUE);
        assertEquals(ASKED, tap.asked("beta-1"));
        assertEquals("{\"device_id\":\"d\",\"session_id\":\"s\"}", tap.metadataUserId());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 64})
    void body_inPieces_isReadAlike(int piece) {
        RequestTap tap = read(BODY.getBytes(StandardCharsets.UTF_8), null, piece);
        assertEquals(ASKED, tap.asked("beta-1"));
        assertEquals("{\"device_id\":\"d\",\"session_id\":\"s\"}", tap.metadataUserId());
    }

    @Test
    void body_everyPrefix_isReadAsFarAsItGoes() {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        RequestTap tap = RequestTap.of(Readings.headers("application/json", null), Readings.LIMITS);
        ByteBuf buffer = Unpooled.wrappedBuffer(body);
        int modelKnown = BODY.indexOf(",\"max_tokens");
        for (int at = 0; at < body.length; at++) {
            assertEquals(
                    at >= modelKnown ? "claude-opus-5" : null, tap.asked(null).model());
            tap.body(buffer, at, 1);
        }
        assertEquals(ASKED, tap.asked("beta-1"));
    }

    @Test
    void body_compressed_isDecodedAside() {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        assertEquals(ASKED, read(Codings.gzip(body), "gzip", 9).asked("beta-1"));
        assertEquals(ASKED, read(Codings.deflate(body, false), "deflate", 9).asked("beta-1"));
        assertEquals(ASKED, read(Codings.deflate(body, true), "deflate", 9).asked("beta-1"));
    }

    @Test
    void body_encodingThatCannotBeRead_isNotKnown() {
        assertEquals(
                new Asked(null, null, null, null, null, null, "b", null, null),
                read(BODY.getBytes(StandardCharsets.UTF_8), "zstd", 100).asked("b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "[{\"model\":\"m\"}]", "\"model\"", "model=claude", "{\"model\"}", "\u0000"})
    void body_notAnObject_isNotKnown(String body) {
        assertEquals(
                Asked.NOTHING,
                read(body.getBytes(StandardCharsets.UTF_8), null, 1).asked(null));
    }

    @Test
    void fields_wrongTypes_areNotKnown() {
        String body = "{\"model\":5,\"stream\":\"true\",\"max_tokens\":1.5,\"service_tier\":null,\"speed\":[],"
                + "\"inference_geo\":{},\"metadata\":\"user_id\"}";
        RequestTap tap = read(body.getBytes(StandardCharsets.UTF_8), null, 4);
        assertEquals(new Asked(null, null, null, null, null, null, null, null, 11L), tap.asked(null));
        assertNull(tap.metadataUserId());
    }

    @Test
    void textBytes_ofImagesAndSignatures_areNotCounted() {
        String body =
                "{\"system\":\"12345\",\"messages\":[{\"content\":[{\"source\":{\"data\" : \"QUJD\",\"x\":\"12\"}},"
                        + "{\"signature\":\"c2ln\"},{\"dat\":\"1\"},{\"data\":[\"123\"]},{\"database\":\"1\"}]}]}";
        String counted = "12345" + "content" + "source" + "data" + "x" + "12" + "signature" + "dat" + "1" + "data"
                + "123" + "database" + "1";
        for (int piece = 1; piece < 40; piece++) {
            RequestTap tap = read(body.getBytes(StandardCharsets.UTF_8), null, piece);
            assertEquals(counted.length(), tap.asked(null).textBytes(), "pieces of " + piece);
        }
    }

    @Test
    void textBytes_beforeTheBodyIsWhole_areNotKnown() {
        String body = "{\"system\":\"12345\"";
        assertNull(
                read(body.getBytes(StandardCharsets.UTF_8), null, 3).asked(null).textBytes());
    }

    @Test
    void keys_escapedAndTwice_lastOneWins() {
        String body = "{\"model\":\"a\",\"\\u006dodel\":\"b\",\"metadata\":{\"user_id\":\"x\"},\"metadata\":{}}";
        RequestTap tap = read(body.getBytes(StandardCharsets.UTF_8), null, 1);
        assertEquals("b", tap.asked(null).model());
        assertNull(tap.metadataUserId());
    }

    @Test
    void text_longerThanItMayBe_isNotKnown() {
        String body = "{\"model\":\"" + "m".repeat(JsonSkimmer.TEXT_BYTES_MAX - 2) + "\",\"speed\":\""
                + "s".repeat(JsonSkimmer.TEXT_BYTES_MAX - 1) + "\"}";
        Asked asked = read(body.getBytes(StandardCharsets.UTF_8), null, 100).asked(null);
        assertEquals("m".repeat(JsonSkimmer.TEXT_BYTES_MAX - 2), asked.model());
        assertNull(asked.speed());
    }

    @Test
    void text_controlCharactersAndBrokenUnicode_areReplaced() {
        byte[] body = Codings.join(
                "{\"model\":\"a\\n\\u001b[0m\\ud800\\u00e9\\/b".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xff, 7},
                "\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "a\uFFFD\uFFFD[0m\uFFFDé/b\uFFFD\uFFFD",
                read(body, null, 3).asked(null).model());
    }

    private static RequestTap read(byte[] body, @Nullable String coding, int piece) {
        RequestTap tap = RequestTap.of(Readings.headers("application/json", coding), Readings.LIMITS);
        ByteBuf buffer = Unpooled.wrappedBuffer(body);
        for (int at = 0; at < body.length; at += Math.min(piece, body.length - at)) {
            tap.body(buffer, at, Math.min(piece, body.length - at));
        }
        assertEquals(0, buffer.readerIndex());
        tap.close();
        return tap;
    }
}
