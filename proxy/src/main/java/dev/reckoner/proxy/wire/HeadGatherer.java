package dev.reckoner.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the bytes of one head, up to and with its blank line, and nothing beyond it. Bounded in every dimension while
 * bytes still come. A head that arrives whole is a slice of the buffer it came in; only a split one is copied.
 *
 * <p>One per connection, confined to its event loop. The caller keeps the buffers it passes in and owns the head it
 * gets.
 */
public final class HeadGatherer {

    /** RFC 9112 §2.2: an empty line before a request line should be ignored. One is, more are refused. */
    private static final int EMPTY_LINES_MAX = 1;

    private static final int LINE_END = 2;

    private final ByteBufAllocator allocator;
    private final HeadLimits limits;

    private @Nullable ByteBuf gathered;
    private int scanned;
    private int start;
    private int lineStart;
    private int lines;
    private int fieldsStart;

    public HeadGatherer(ByteBufAllocator allocator, HeadLimits limits) {
        this.allocator = allocator;
        this.limits = limits;
    }

    /**
     * Takes bytes of the head from {@code in} and leaves what follows the head.
     *
     * @return the head when it is whole, owned by the caller; null while more bytes are needed
     * @throws HttpFault where a limit is passed or a line ends in anything but CRLF
     */
    public @Nullable ByteBuf gather(ByteBuf in) {
        ByteBuf before = gathered;
        return before == null ? gatherFirst(in) : gatherMore(before, in);
    }

    /** Whether part of a head has come. */
    public boolean begun() {
        return gathered != null;
    }

    /** Forgets what was gathered. */
    public void discard() {
        ByteBuf before = gathered;
        if (before != null) {
            before.release();
        }
        reset();
    }

    private @Nullable ByteBuf gatherFirst(ByteBuf in) {
        int end = scan(in, in.readerIndex());
        if (end < 0) {
            gathered = allocator.buffer(Math.max(1024, in.readableBytes())).writeBytes(in);
            return null;
        }
        int first = start;
        reset();
        in.skipBytes(first);
        return in.readRetainedSlice(end - first);
    }

    private @Nullable ByteBuf gatherMore(ByteBuf before, ByteBuf in) {
        int room = limits.firstLineBytes() + limits.headerBytes() + 4 * LINE_END - before.readableBytes();
        before.writeBytes(in, Math.min(in.readableBytes(), room));
        int end = scan(before, 0);
        if (end < 0) {
            return null;
        }
        in.readerIndex(in.readerIndex() - (before.writerIndex() - end));
        before.setIndex(start, end);
        reset();
        return before;
    }

    private void reset() {
        gathered = null;
        scanned = 0;
        start = 0;
        lineStart = 0;
        lines = 0;
        fieldsStart = 0;
    }

    /** Looks at the lines not looked at yet; returns the offset behind the blank line, or -1. */
    private int scan(ByteBuf bytes, int base) {
        int end = bytes.writerIndex();
        while (true) {
            int lineFeed = bytes.indexOf(base + scanned, end, (byte) '\n');
            if (lineFeed < 0) {
                scanned = end - base;
                checkSize(scanned);
                return -1;
            }
            int offset = lineFeed - base;
            if (offset == lineStart || bytes.getByte(lineFeed - 1) != '\r') {
                throw HttpFault.malformed("A line of the head ends in a bare line feed; lines must end in CRLF.");
            }
            scanned = offset + 1;
            checkSize(offset - 1);
            if (offset - 1 > lineStart) {
                nextLine();
            } else if (lines > 0) {
                return scanned;
            } else {
                skipEmptyLine();
            }
        }
    }

    private void nextLine() {
        lines++;
        lineStart = scanned;
        if (lines == 1) {
            fieldsStart = scanned;
        } else if (lines - 1 > limits.fields()) {
            throw HttpFault.tooLarge(431, "The head has more than " + limits.fields() + " header fields.");
        }
    }

    private void skipEmptyLine() {
        start = scanned;
        lineStart = scanned;
        if (scanned > EMPTY_LINES_MAX * LINE_END) {
            throw HttpFault.malformed("Empty lines stand where a head was expected.");
        }
    }

    private void checkSize(int upTo) {
        if (lines == 0) {
            if (upTo - lineStart > limits.firstLineBytes()) {
                throw HttpFault.tooLarge(414, "The first line is longer than " + limits.firstLineBytes() + " bytes.");
            }
        } else if (upTo - fieldsStart > limits.headerBytes()) {
            throw HttpFault.tooLarge(431, "The header fields are larger than " + limits.headerBytes() + " bytes.");
        }
    }
}
