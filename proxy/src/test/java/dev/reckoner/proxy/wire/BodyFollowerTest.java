package dev.reckoner.proxy.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.proxy.wire.BodyFollower.Extensions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Framing of bodies: every body whole, split at every index, and byte by byte, with the same result. */
final class BodyFollowerTest {

    private static final String CHUNKED = "5\r\nhello\r\nA;x=y\r\n0123456789\r\n01\r\n!\r\n0\r\n\r\n";
    private static final String WITH_TRAILERS = "5\r\nhello\r\n0\r\nA: b\r\nContent-Length: 3\r\n\r\n";

    /** What a follower made of a body. */
    private static final class Followed {
        final StringBuilder relayed = new StringBuilder();
        final StringBuilder data = new StringBuilder();
        final StringBuilder left = new StringBuilder();
    }

    @Test
    void chunked_howeverSplit_relaysAllAndShowsTheData() {
        everySplit(CHUNKED + "NEXT", BodyFollowerTest::tolerant, CHUNKED, "hello0123456789!", "NEXT");
    }

    @Test
    void trailers_howeverSplit_areDropped() {
        everySplit(WITH_TRAILERS + "NEXT", BodyFollowerTest::tolerant, "5\r\nhello\r\n0\r\n\r\n", "hello", "NEXT");
    }

    @Test
    void length_howeverSplit_endsWhereItSays() {
        everySplit("helloNEXT", () -> BodyFollower.ofLength(5), "hello", "hello", "NEXT");
    }

    @Test
    void untilClose_takesEverything() {
        BodyFollower follower = BodyFollower.untilClose();
        Followed followed = new Followed();
        feed(follower, "abc", followed);
        feed(follower, "def", followed);
        assertEquals("abcdef", followed.relayed.toString());
        assertEquals(6, follower.bytes());
        assertTrue(follower.endsByClose() && !follower.ended());
    }

    @Test
    void empty_bodies_haveEndedAtOnce() {
        assertTrue(BodyFollower.none().ended());
        assertTrue(BodyFollower.ofLength(0).ended());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "g\r\n",
                "-1\r\n",
                "+1\r\n",
                "0x1\r\nA\r\n",
                " 1\r\nA\r\n",
                "1 \r\nA\r\n",
                "1\t\r\nA\r\n",
                "1\nA\r\n",
                "1\r\nA\n",
                "1\r\nAB\r\n",
                "1\r\rA\r\n",
                "1;\"\r\nA\r\n",
                "1;a=\"b\"\r\nA\r\n",
                "1;a\nA\r\n",
                "1;a\u0000\r\nA\r\n",
                "000000001\r\nA\r\n",
                "fffffffff\r\n",
                "0\r\n\rX",
                "0\r\n\n",
                "0\n\n",
                "0\r\nA: b\n\r\n",
                "0\r\nA: \u0000\r\n\r\n"
            })
    void chunked_malformed_isRefusedHoweverSplit(String body) {
        assertThrows(HttpFault.class, () -> feed(tolerant(), body, new Followed()));
        BodyFollower byteByByte = tolerant();
        assertThrows(HttpFault.class, () -> {
            for (int i = 0; i < body.length(); i++) {
                feed(byteByByte, body.substring(i, i + 1), new Followed());
            }
        });
    }

    @Test
    void extension_ofARequest_isRefused() {
        BodyFollower strict = BodyFollower.chunked(100, Extensions.REFUSED);
        assertThrows(HttpFault.class, () -> feed(strict, "1;a=b\r\nA\r\n", new Followed()));
    }

    @ParameterizedTest
    @CsvSource({"300, 257", "20000, 8193"})
    void endless_linesOfFraming_areRefused(int length, int bytes) {
        String line = bytes < 1000 ? "1;" + "x".repeat(length) : "0\r\nx:" + "y".repeat(length);
        assertThrows(HttpFault.class, () -> feed(tolerant(), line, new Followed()));
    }

    @Test
    void body_overItsLimit_is413() {
        BodyFollower limited = BodyFollower.chunked(5, Extensions.REFUSED);
        feed(limited, "3\r\nabc\r\n", new Followed());
        HttpFault fault = assertThrows(HttpFault.class, () -> feed(limited, "3\r\n", new Followed()));
        assertEquals(413, fault.status());
    }

    private static BodyFollower tolerant() {
        return BodyFollower.chunked(Long.MAX_VALUE, Extensions.TOLERATED);
    }

    private static void everySplit(
            String body, Supplier<BodyFollower> follower, String relayed, String data, String left) {
        check(follower.get(), relayed, data, left, body);
        for (int i = 1; i < body.length(); i++) {
            check(follower.get(), relayed, data, left, body.substring(0, i), body.substring(i));
        }
        check(follower.get(), relayed, data, left, body.split("(?!^)"));
    }

    private static void check(BodyFollower follower, String relayed, String data, String left, String... pieces) {
        Followed followed = new Followed();
        for (String piece : pieces) {
            feed(follower, piece, followed);
        }
        assertEquals(relayed, followed.relayed.toString());
        assertEquals(data, followed.data.toString());
        assertEquals(left, followed.left.toString());
        assertEquals(data.length(), follower.bytes());
        assertTrue(follower.ended());
    }

    /** As its callers drive it. The buffer begins at an offset, as the middle of a read does. */
    private static void feed(BodyFollower follower, String piece, Followed followed) {
        ByteBuf buffer = Unpooled.copiedBuffer("@@" + piece, ISO_8859_1).skipBytes(2);
        while (buffer.isReadable() && !follower.ended()) {
            int length = follower.follow(
                    buffer, (in, index, bytes) -> followed.data.append(in.toString(index, bytes, ISO_8859_1)));
            followed.relayed.append(buffer.readCharSequence(length, ISO_8859_1));
            follower.skipTrailer(buffer);
        }
        followed.left.append(buffer.toString(ISO_8859_1));
        buffer.release();
    }
}
