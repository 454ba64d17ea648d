package dev.reckoner.proxy.tap;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The way of a copy of a body to the reader of its content: out of the buffer, through the decoder of its content
 * coding. It is where metering can't break the exchange (P8): whatever goes wrong behind it ends the reading with a
 * fault.
 */
final class Decoding {

    private final Pieces pieces = new Pieces();
    private final ByteSink sink;
    private final @Nullable Inflating inflating;
    private @Nullable String fault;
    private boolean over;

    Decoding(ContentCoding coding, ByteSink content, long decodedBytesMax) {
        switch (coding.kind()) {
            case IDENTITY -> {
                inflating = null;
                sink = content;
            }
            case GZIP, DEFLATE -> {
                inflating = new Inflating(coding, content, decodedBytesMax);
                sink = inflating;
            }
            default -> {
                inflating = null;
                sink = content;
                fault = "content_encoding " + coding.name() + ": expected identity, gzip or deflate";
                over = true;
            }
        }
    }

    void body(ByteBuf buffer, int index, int length) {
        if (over || length == 0) {
            return;
        }
        try {
            pieces.pass(buffer, index, length, sink);
        } catch (RuntimeException e) {
            broke(e);
        }
    }

    void end() {
        if (over) {
            return;
        }
        over = true;
        try {
            sink.end();
        } catch (RuntimeException e) {
            broke(e);
        }
    }

    void close() {
        over = true;
        if (inflating != null) {
            inflating.close();
        }
    }

    /** Why the body could not be read on, null where it could. */
    @Nullable
    String fault() {
        return fault == null && inflating != null ? inflating.fault() : fault;
    }

    private void broke(RuntimeException e) {
        close();
        fault = ofOurs(e);
    }

    /** The fault of a reading that a bug ended. */
    static String ofOurs(Throwable bug) {
        return "tap: found a bug of ours (" + bug.getClass().getSimpleName() + "), expected none";
    }
}
