package dev.reckoner.proxy.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a head ends, and how large it may become before it is refused. */
final class HeadGathererTest {

    private static final HeadLimits LIMITS = new HeadLimits(40, 60, 3);
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\r\n";

    private final HeadGatherer gatherer = new HeadGatherer(UnpooledByteBufAllocator.DEFAULT, LIMITS);

    @AfterEach
    void discard() {
        gatherer.discard();
    }

    @Test
    void head_splitAtEveryIndex_endsAtItsBlankLine() {
        String bytes = HEAD + "BODY";
        assertEquals(HEAD + "|BODY", gather(bytes));
        for (int i = 1; i < HEAD.length(); i++) {
            assertEquals(HEAD + "|BODY", gather(bytes.substring(0, i), bytes.substring(i)));
        }
        assertEquals(HEAD + "|", gather(HEAD.split("(?!^)")));
        assertFalse(gatherer.begun());
    }

    @Test
    void emptyLine_beforeAHead_isIgnoredOnce() {
        for (int i = 0; i < HEAD.length(); i++) {
            String bytes = "\r\n" + HEAD;
            assertEquals(HEAD + "|", gather(bytes.substring(0, i), bytes.substring(i)));
        }
        assertRefused(400, "\r\n\r\nG");
        gatherer.discard();
        assertRefused(400, "\n");
    }

    @Test
    void firstLine_overItsLimit_is414() {
        assertNull(feed("GET /" + "a".repeat(35)));
        assertRefused(414, "aa");
    }

    @Test
    void fields_overTheirLimit_are431() {
        assertNull(feed("GET / HTTP/1.1\r\nX: " + "a".repeat(57)));
        assertRefused(431, "aa");
    }

    @Test
    void fields_tooMany_are431() {
        assertNull(feed("GET / HTTP/1.1\r\na:b\r\na:b\r\na:b\r\n"));
        assertRefused(431, "a:b\r\n");
    }

    @Test
    void bareLineFeed_isRefused() {
        assertRefused(400, "GET / HTTP/1.1\n");
        gatherer.discard();
        assertRefused(400, "GET / HTTP/1.1\r\nX: y\n");
        gatherer.discard();
        assertRefused(400, "GET / HTTP/1.1\r\nX: y\r\n\n");
    }

    @Test
    void endlessLine_isBoundedInMemory() {
        assertRefused(414, "a".repeat(100_000));
        gatherer.discard();
        assertNull(feed("GET / HTTP/1.1\r\n"));
        assertRefused(431, "a".repeat(100_000));
        gatherer.discard();
    }

    private void assertRefused(int status, String bytes) {
        assertEquals(status, assertThrows(HttpFault.class, () -> feed(bytes)).status());
    }

    private String gather(String... pieces) {
        StringBuilder result = new StringBuilder();
        for (String piece : pieces) {
            String got = feed(piece);
            result.append(got == null ? "" : got);
        }
        return result.toString();
    }

    /** The head and what was left behind it, where the head is whole. */
    private @Nullable String feed(String piece) {
        ByteBuf in = Unpooled.copiedBuffer("@" + piece, ISO_8859_1).skipBytes(1);
        try {
            ByteBuf head = gatherer.gather(in);
            if (head == null) {
                return null;
            }
            String got = head.toString(ISO_8859_1) + "|" + in.toString(ISO_8859_1);
            head.release();
            return got;
        } finally {
            in.release();
        }
    }
}
