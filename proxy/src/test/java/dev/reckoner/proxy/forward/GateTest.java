package dev.reckoner.proxy.forward;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the books hold back, and in which order it goes. */
final class GateTest {

    private final EmbeddedChannel downstream = new EmbeddedChannel();
    private final AtomicInteger firsts = new AtomicInteger();
    private final AtomicInteger rooms = new AtomicInteger();
    private final Gate gate = new Gate(downstream, firsts::incrementAndGet, rooms::incrementAndGet);

    @AfterEach
    void close() {
        gate.discard();
        downstream.finishAndReleaseAll();
    }

    @Test
    void open_piecesPassWithTheNextFlush() {
        gate.pass(piece("a"));
        assertEquals("", sent());
        downstream.flush();
        assertEquals("a", sent());
        assertEquals(1, firsts.get());
    }

    @Test
    void held_piecesWaitInOrderAndGoWithoutAFlush() {
        gate.hold();
        gate.pass(piece("a"));
        gate.pass(piece("bc"));
        downstream.flush();
        assertEquals("", sent());
        assertFalse(gate.passed());
        assertEquals(3, gate.heldBytes());
        assertEquals(0, rooms.get());
        gate.open();
        assertEquals("abc", sent());
        assertEquals(1, rooms.get(), "there is room again, also where the client never was too slow");
        assertTrue(gate.passed());
        assertEquals(0, gate.heldBytes());
        assertEquals(1, firsts.get());
    }

    @Test
    void heldTwice_opensWithTheSecond() {
        gate.hold();
        gate.hold();
        gate.pass(piece("a"));
        gate.open();
        assertEquals("", sent());
        gate.open();
        assertEquals("a", sent());
    }

    @Test
    void released_letsAllGo_andLateLandingsChangeNothing() {
        gate.hold();
        gate.hold();
        gate.pass(piece("a"));
        gate.release();
        assertEquals("a", sent());
        gate.open();
        gate.open();
        gate.hold();
        gate.pass(piece("b"));
        assertEquals("", sent());
        gate.open();
        assertEquals("b", sent());
    }

    @Test
    void discarded_piecesAreReleasedUnseen() {
        ByteBuf piece = piece("a");
        gate.hold();
        gate.pass(piece);
        gate.discard();
        assertEquals(0, piece.refCnt());
        gate.open();
        assertEquals("", sent());
        assertEquals(0, firsts.get());
    }

    private static ByteBuf piece(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    private String sent() {
        StringBuilder sent = new StringBuilder();
        for (ByteBuf piece = downstream.readOutbound(); piece != null; piece = downstream.readOutbound()) {
            sent.append(piece.toString(US_ASCII));
            piece.release();
        }
        return sent.toString();
    }
}
