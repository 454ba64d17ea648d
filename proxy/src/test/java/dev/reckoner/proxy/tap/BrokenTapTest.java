package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tap that is broken itself: nothing it throws gets out, and the reading says so (P8). */
final class BrokenTapTest {

    private static final String START =
            "data: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"m\",\"usage\":{"
                    + "\"input_tokens\":5,\"output_tokens\":1}}}\n\n";
    private static final String DELTA = "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
            + "\"usage\":{\"output_tokens\":9}}\n\n";

    /** What a bug throws. */
    enum Bug {
        EXCEPTION,
        STACK,
        LINKAGE,
        ASSERTION;

        void strike() {
            Throwable bug = thrown();
            if (bug instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) bug;
        }

        Throwable thrown() {
            return switch (this) {
                case EXCEPTION -> new IllegalStateException("a bug");
                case STACK -> new StackOverflowError();
                case LINKAGE -> new NoClassDefFoundError("a class");
                case ASSERTION -> new AssertionError("a bug");
            };
        }
    }

    /** Reads a stream properly until a bug strikes in the call that is said. */
    private static final class Breaking implements Scanner {

        private final EventScanner scanner = new EventScanner(Readings.LIMITS);
        private final Bug bug;
        private boolean inBytes;
        private boolean inFacts;
        private boolean inEnd;

        Breaking(Bug bug) {
            this.bug = bug;
        }

        @Override
        public void bytes(byte[] bytes, int offset, int length) {
            strike(inBytes);
            scanner.bytes(bytes, offset, length);
        }

        @Override
        public void end() {
            strike(inEnd);
            scanner.end();
        }

        @Override
        public MessageFacts facts() {
            strike(inFacts);
            return scanner.facts();
        }

        private void strike(boolean now) {
            if (now) {
                bug.strike();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void bug_insideTheBody_keepsWhatWasReadWithItsFault(Bug bug) {
        Breaking scanner = new Breaking(bug);
        ResponseTap tap = tap(scanner);
        pass(tap, START);
        scanner.inBytes = true;
        pass(tap, DELTA);
        scanner.inBytes = false;
        pass(tap, DELTA);
        Reading reading = tap.end();
        assertEquals("msg_1", reading.messageId());
        assertNotNull(reading.usage());
        assertFalse(reading.usageFinal());
        assertFault(bug, reading);
        tap.close();
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void bug_behindTheFinalUsage_changesNothing(Bug bug) {
        Breaking scanner = new Breaking(bug);
        ResponseTap tap = tap(scanner);
        pass(tap, START + DELTA);
        scanner.inBytes = true;
        scanner.inEnd = true;
        pass(tap, DELTA);
        Reading reading = tap.end();
        assertTrue(reading.usageFinal());
        assertNull(reading.fault());
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void bug_whenAsked_isAFaultOfAnEmptyReading(Bug bug) {
        Breaking scanner = new Breaking(bug);
        ResponseTap tap = tap(scanner);
        pass(tap, START);
        scanner.inFacts = true;
        assertFault(bug, tap.reading());
        scanner.inFacts = false;
        assertFault(bug, tap.end());
        assertNull(tap.reading().usage());
    }

    @Test
    void bug_atTheEnd_isAFault() {
        Breaking scanner = new Breaking(Bug.STACK);
        ResponseTap tap = tap(scanner);
        pass(tap, START);
        scanner.inEnd = true;
        assertFault(Bug.STACK, tap.end());
    }

    private static ResponseTap tap(Scanner scanner) {
        ContentCoding plain = ContentCoding.of(new DefaultHttpHeaders());
        return new ResponseTap(200, scanner, new Decoding(plain, scanner, 1 << 20));
    }

    private static void pass(ResponseTap tap, String text) {
        ByteBuf buffer = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
        tap.body(buffer, 0, buffer.readableBytes());
    }

    private static void assertFault(Bug bug, Reading reading) {
        String thrown = bug.thrown().getClass().getSimpleName();
        assertEquals("tap: found a bug of ours (" + thrown + "), expected none", reading.fault());
    }
}
