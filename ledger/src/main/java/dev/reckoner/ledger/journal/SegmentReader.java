package dev.reckoner.ledger.journal;

import dev.reckoner.ledger.ExchangeId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames of one segment file, through a window that slides over it. Not thread-safe. What is no frame is
 * passed over byte by byte until the next one, so that damage costs no more than the bytes it hit.
 */
final class SegmentReader implements Closeable {
    private static final int WINDOW_BYTES = 256 * 1024;

    private final String name;
    private final JournalFiles.Source source;
    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long base;

    SegmentReader(JournalFiles files, long segment) throws IOException {
        this.name = SegmentNames.name(segment);
        this.source = files.open(name);
    }

    /** A whole frame with a right checksum; the payload is valid until the next call. */
    record Raw(long start, long end, byte type, ExchangeId id, ByteBuffer json) {}

    long size() throws IOException {
        return source.size();
    }

    /** The header, null where there is no whole one. */
    @Nullable
    SegmentHeader header() throws IOException {
        return fill(0, Format.HEADER_BYTES) ? SegmentHeader.decode(name, slice(0, Format.HEADER_BYTES)) : null;
    }

    /** The first frame that starts at a place or behind it and ends at the limit or before; null where there is none. */
    @Nullable
    Raw next(long from, long limit) throws IOException {
        long last = limit - Format.FRAME_HEAD_BYTES - Format.PAYLOAD_HEAD_BYTES;
        for (long at = from; at <= last; at++) {
            Raw frame = frame(at, limit);
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    private @Nullable Raw frame(long at, long limit) throws IOException {
        if (!fill(at, Format.FRAME_HEAD_BYTES + 1)) {
            return null;
        }
        int index = (int) (at - base);
        int length = window.getInt(index);
        byte type = window.get(index + Format.FRAME_HEAD_BYTES);
        long end = at + Format.FRAME_HEAD_BYTES + length;
        if (length < Format.PAYLOAD_HEAD_BYTES || length > Format.PAYLOAD_BYTES_MAX || end > limit) {
            return null;
        }
        if (type < Format.TYPE_OPENED || type > Format.TYPE_MAX || !fill(at, Format.FRAME_HEAD_BYTES + length)) {
            return null;
        }
        ByteBuffer payload = slice(at + Format.FRAME_HEAD_BYTES, length);
        int checksum = window.getInt((int) (at - base) + Integer.BYTES);
        if (Format.checksum(length, payload.duplicate()) != checksum) {
            return null;
        }
        ExchangeId id = new ExchangeId(new UUID(payload.getLong(1), payload.getLong(1 + Long.BYTES)));
        return new Raw(at, end, type, id, payload.position(Format.PAYLOAD_HEAD_BYTES));
    }

    private ByteBuffer slice(long at, int length) {
        return window.slice((int) (at - base), length);
    }

    /** Whether the window holds so many bytes from a place on; reads them where it doesn't yet. */
    private boolean fill(long at, int bytes) throws IOException {
        if (at >= base && at + bytes <= base + window.limit()) {
            return true;
        }
        if (bytes > window.capacity()) {
            window = ByteBuffer.allocate(bytes);
        }
        base = at;
        window.clear();
        while (window.hasRemaining() && source.read(window, base + window.position()) > 0) {}
        window.flip();
        return bytes <= window.limit();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
