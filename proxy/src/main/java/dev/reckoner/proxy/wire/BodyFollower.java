package dev.reckoner.proxy.wire;

import io.netty.buffer.ByteBuf;

/**
 * Follows the framing of one body in place, so that the bytes can be relayed as they came: it says how many of them
 * belong to the body and shows their data to a {@link BodySink}, but makes no object per chunk. Chunked framing is read
 * strictly (RFC 9112 §7.1): lines end in CRLF, sizes are at most eight hex digits, quoted strings in extensions are
 * refused, trailer fields are dropped.
 *
 * <p>One per body, confined to its event loop. Buffers stay the caller's; only {@link #skipTrailer} moves an index.
 */
public final class BodyFollower {

    private static final int SIZE_DIGITS_MAX = 8;
    private static final int EXTENSION_BYTES_MAX = 256;
    private static final int TRAILER_BYTES_MAX = 8192;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER,
        TRAILER_LF,
        FINAL_LF,
        LENGTH,
        UNTIL_CLOSE,
        ENDED
    }

    /** Whether chunk extensions may pass. */
    public enum Extensions {
        REFUSED,
        TOLERATED
    }

    private final Extensions extensions;
    private final long bytesMax;

    private State state;
    private long left;
    private long bytes;
    private int digits;
    private int lineBytes;

    private BodyFollower(State state, long left, long bytesMax, Extensions extensions) {
        this.state = state;
        this.left = left;
        this.bytesMax = bytesMax;
        this.extensions = extensions;
    }

    /** No body at all. */
    public static BodyFollower none() {
        return new BodyFollower(State.ENDED, 0, 0, Extensions.REFUSED);
    }

    /** A body of exactly {@code length} bytes. */
    public static BodyFollower ofLength(long length) {
        return new BodyFollower(length == 0 ? State.ENDED : State.LENGTH, length, length, Extensions.REFUSED);
    }

    /** A chunked body with at most {@code bytesMax} bytes of data. */
    public static BodyFollower chunked(long bytesMax, Extensions extensions) {
        return new BodyFollower(State.SIZE, 0, bytesMax, extensions);
    }

    /** A body that ends with its connection. */
    public static BodyFollower untilClose() {
        return new BodyFollower(State.UNTIL_CLOSE, 0, Long.MAX_VALUE, Extensions.REFUSED);
    }

    /**
     * Follows the readable bytes as far as they can be relayed as they are.
     *
     * @return how many of the leading bytes belong to the body and are to be relayed
     * @throws HttpFault where the framing is broken or the body too large
     */
    public int follow(ByteBuf buffer, BodySink sink) {
        int start = buffer.readerIndex();
        int end = buffer.writerIndex();
        int i = start;
        while (i < end && relaying()) {
            if (state == State.DATA || state == State.LENGTH || state == State.UNTIL_CLOSE) {
                i += data(buffer, i, end - i, sink);
            } else if (step(buffer.getByte(i))) {
                i++;
            }
        }
        return i - start;
    }

    /** Moves the buffer's reader index over trailer fields, which are not relayed. */
    public void skipTrailer(ByteBuf buffer) {
        while (buffer.isReadable() && inTrailer()) {
            trailer(buffer.readByte());
        }
    }

    /** Whether trailer fields are passing, which are dropped. */
    public boolean inTrailer() {
        return state == State.TRAILER || state == State.TRAILER_LF;
    }

    /** Whether the body is whole. */
    public boolean ended() {
        return state == State.ENDED;
    }

    /** Whether the body ends with its connection. */
    public boolean endsByClose() {
        return state == State.UNTIL_CLOSE;
    }

    /** Bytes of data so far, without framing. */
    public long bytes() {
        return bytes;
    }

    private boolean relaying() {
        return state != State.ENDED && !inTrailer();
    }

    private int data(ByteBuf buffer, int index, int available, BodySink sink) {
        int length = state == State.UNTIL_CLOSE ? available : (int) Math.min(left, available);
        bytes += length;
        sink.body(buffer, index, length);
        if (state != State.UNTIL_CLOSE) {
            left -= length;
            if (left == 0) {
                state = state == State.DATA ? State.DATA_CR : State.ENDED;
            }
        }
        return length;
    }

    /** Takes one byte of framing; false where it begins a trailer field and was not taken. */
    private boolean step(byte b) {
        switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> {
                expect(b, '\n');
                endOfSize();
            }
            case DATA_CR -> {
                expect(b, '\r');
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                expect(b, '\n');
                state = State.SIZE;
            }
            case TRAILER_START -> {
                return trailerStart(b);
            }
            case FINAL_LF -> {
                expect(b, '\n');
                state = State.ENDED;
            }
            default -> throw new IllegalStateException("no framing in state " + state);
        }
        return true;
    }

    private void size(byte b) {
        int digit = hex(b);
        if (digit >= 0) {
            digits++;
            if (digits > SIZE_DIGITS_MAX) {
                throw HttpFault.malformed("A chunk size has more than " + SIZE_DIGITS_MAX + " digits.");
            }
            left = (left << 4) | digit;
            return;
        }
        if (digits == 0) {
            throw HttpFault.malformed("A chunk size is missing.");
        }
        lineBytes = 0;
        if (b == '\r') {
            state = State.SIZE_LF;
        } else if (b == ';' && extensions == Extensions.TOLERATED) {
            state = State.EXTENSION;
        } else {
            throw HttpFault.malformed("A chunk size is followed by something other than CRLF.");
        }
    }

    private void extension(byte b) {
        if (b == '\r') {
            state = State.SIZE_LF;
            return;
        }
        lineBytes++;
        // A quoted string may hide a line end from one parser and not from another (CVE-2026-33870).
        boolean allowed = (b >= ' ' && b != '"' && b != 0x7f) || b == '\t';
        if (!allowed || lineBytes > EXTENSION_BYTES_MAX) {
            throw HttpFault.malformed("A chunk extension holds a character that is refused, or is too long.");
        }
    }

    private void endOfSize() {
        digits = 0;
        lineBytes = 0;
        if (left > bytesMax - bytes) {
            throw HttpFault.tooLarge(413, "The body is larger than " + bytesMax + " bytes.");
        }
        state = left == 0 ? State.TRAILER_START : State.DATA;
    }

    private boolean trailerStart(byte b) {
        if (b == '\r') {
            state = State.FINAL_LF;
            return true;
        }
        state = State.TRAILER;
        return false;
    }

    private void trailer(byte b) {
        lineBytes++;
        if (lineBytes > TRAILER_BYTES_MAX) {
            throw HttpFault.malformed("The trailer fields are larger than " + TRAILER_BYTES_MAX + " bytes.");
        }
        if (state == State.TRAILER_LF) {
            expect(b, '\n');
            state = State.TRAILER_START;
        } else if (b == '\r') {
            state = State.TRAILER_LF;
        } else if ((b < ' ' && b >= 0 && b != '\t') || b == 0x7f) {
            throw HttpFault.malformed("A trailer field holds a control character.");
        }
    }

    private static void expect(byte b, char expected) {
        if (b != expected) {
            throw HttpFault.malformed("A chunk is not framed by CRLF.");
        }
    }

    private static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
