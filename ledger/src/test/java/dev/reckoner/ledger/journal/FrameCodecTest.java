package dev.reckoner.ledger.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Opening;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FrameCodecTest {

    static List<Frame> frames() {
        return List.of(
                new Frame.Opened(Samples.fullOpening()),
                new Frame.Noted(Samples.fullClosing()),
                new Frame.Closed(Samples.fullEntry()),
                Samples.corrected(),
                Samples.fullBatch(),
                Samples.batched("msgbatch_2", 1),
                Samples.opened(7),
                Samples.noted(8),
                Samples.closed(9));
    }

    /** Records compare BigDecimals with their scale and instants with their nanoseconds. */
    @ParameterizedTest
    @MethodSource("frames")
    void frame_encodedAndDecoded_isEqual(Frame frame) throws Exception {
        assertEquals(frame, decode(encode(frame)));
    }

    @Test
    void frame_withFieldsOfALaterVersion_isReadWithoutThem() throws Exception {
        byte[] payload = payload(encode(Samples.opened(1)));
        String json = new String(payload, 17, payload.length - 17, StandardCharsets.UTF_8);

        String later = "{\"invented\":[{\"x\":1}]," + json.substring(1).replace("{\"tags\"", "{\"more\":{},\"tags\"");

        assertEquals(Samples.opened(1), decode(Format.TYPE_OPENED, later));
    }

    @Test
    void frame_withAValueOfALaterVersion_isRefusedWithThatValue() throws Exception {
        byte[] payload = payload(encode(Samples.opened(1)));
        String json = new String(payload, 17, payload.length - 17, StandardCharsets.UTF_8);

        IOException refusal = assertThrows(
                IOException.class, () -> decode(Format.TYPE_OPENED, json.replace("\"MESSAGES\"", "\"TELEPATHY\"")));

        assertTrue(String.valueOf(refusal.getMessage()).contains("TELEPATHY"), refusal.toString());
        assertThrows(IOException.class, () -> decode((byte) 9, json));
        assertThrows(IOException.class, () -> decode(Format.TYPE_CLOSED, json));
        assertThrows(IOException.class, () -> decode(Format.TYPE_OPENED, "[]"));
        assertThrows(IOException.class, () -> decode(Format.TYPE_OPENED, json.substring(1)));
    }

    @Test
    void frame_ofBeforeThereWereVirtualKeys_isRead() throws Exception {
        byte[] payload = payload(encode(new Frame.Noted(Samples.fullClosing())));
        String json = new String(payload, 17, payload.length - 17, StandardCharsets.UTF_8);
        String older = json.replace(",\"virtual_key\":\"key_1\"", "").replaceAll(",\"rate_limits\":\"[^}]*}\"", "");

        Frame.Noted decoded = assertInstanceOf(Frame.Noted.class, decode(Format.TYPE_NOTED, older));

        assertFalse(older.contains("virtual_key") || older.contains("rate_limits"), older);
        assertNull(decoded.soFar().opening().attribution().virtualKey());
        assertNull(decoded.soFar().rateLimits());
    }

    @Test
    void text_withHalfASurrogatePair_isRepairedAndTheFrameKept() throws Exception {
        Frame.Opened decoded = assertInstanceOf(Frame.Opened.class, decode(encode(openedBy("a\ud800b\udc00😀\ud83d"))));

        Attribution.Part user = decoded.opening().attribution().user();

        assertEquals("a\ufffdb\ufffd😀\ufffd", user == null ? null : user.value());
    }

    @Test
    void frame_overTheLimit_isRefusedAndTheBufferLeftAsItWas() throws Exception {
        FrameEncoder encoder = new FrameEncoder();
        encoder.add(Samples.opened(1));
        int size = encoder.size();

        assertThrows(IOException.class, () -> encoder.add(openedBy("x".repeat(Format.PAYLOAD_BYTES_MAX))));

        assertEquals(size, encoder.size());
    }

    private static Frame openedBy(String user) {
        Opening plain = Samples.opening(1);
        Attribution attribution = new Attribution(
                new Attribution.Part(user, Attribution.Source.BODY), null, null, null, List.of(), KeyRef.NONE, null);
        return new Frame.Opened(new Opening(
                plain.id(),
                plain.startedAt(),
                plain.route(),
                plain.method(),
                plain.path(),
                attribution,
                plain.asked(),
                null));
    }

    private static byte[] encode(Frame frame) throws IOException {
        FrameEncoder encoder = new FrameEncoder();
        encoder.add(frame);
        byte[] bytes = new byte[encoder.size()];
        encoder.bytes().get(bytes);
        return bytes;
    }

    /** Reads through the same door as the journal does. */
    private static @Nullable Frame decode(byte[] frame) throws IOException {
        FakeFiles files = new FakeFiles();
        try (JournalFiles.Sink sink = files.create(SegmentNames.name(1))) {
            sink.write(ByteBuffer.wrap(frame));
        }
        try (SegmentReader reader = new SegmentReader(files, 1)) {
            SegmentReader.Raw raw = reader.next(0, frame.length);
            return raw == null ? null : FrameDecoder.decode(raw.type(), raw.json());
        }
    }

    private static Frame decode(byte type, String json) throws IOException {
        return FrameDecoder.decode(type, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] payload(byte[] frame) {
        byte[] payload = new byte[frame.length - Format.FRAME_HEAD_BYTES];
        System.arraycopy(frame, Format.FRAME_HEAD_BYTES, payload, 0, payload.length);
        return payload;
    }
}
