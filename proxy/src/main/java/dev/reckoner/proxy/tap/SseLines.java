package dev.reckoner.proxy.tap;

import java.util.Arrays;

/**
 * Cuts an event stream into lines (LF, CR LF or CR, a byte order mark before the first), however its bytes are split.
 * A line that lies whole in a piece is handed on in place. Of a longer line only the head is kept, unless the reader
 * wants all of it, and then no more than the event limit.
 */
final class SseLines implements ByteSink {

    /** As much of a line as is always there to be looked at. */
    static final int HEAD_BYTES = 256;

    private static final int PENDING_BYTES_KEPT = 4 * 1024;
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final byte[] NOTHING = {};

    /** Takes the lines. */
    interface Reader {

        /** Whether all of the line with this head is wanted. */
        boolean wants(byte[] bytes, int offset, int end);

        /** The next line; an empty one ends an event. */
        void line(SseLine line);
    }

    private final Reader reader;
    private final int eventBytesMax;
    private final SseLine line = new SseLine();

    private byte[] pending = new byte[HEAD_BYTES];
    private int pendingKept;
    private int pendingMax = HEAD_BYTES;
    private long pendingLength;
    private long pendingSolid = -1;
    private boolean lineFeedMayFollow;
    private int markBytes;

    SseLines(Reader reader, int eventBytesMax) {
        this.reader = reader;
        this.eventBytesMax = Math.max(eventBytesMax, HEAD_BYTES);
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = markBytes == MARK.length ? offset : behindMark(bytes, offset, end);
        int carriageReturn = Scan.find(bytes, at, end, (byte) '\r');
        while (at < end) {
            if (lineFeedMayFollow && bytes[at] == '\n') {
                lineFeedMayFollow = false;
                at++;
                continue;
            }
            lineFeedMayFollow = false;
            int lineFeed = bytes[at] == '\n' ? at : Scan.find(bytes, at, carriageReturn, (byte) '\n');
            if (lineFeed == end) {
                append(bytes, at, end);
                return;
            }
            finish(bytes, at, lineFeed);
            at = lineFeed + 1;
            if (lineFeed == carriageReturn) {
                lineFeedMayFollow = true;
                carriageReturn = Scan.find(bytes, at, end, (byte) '\r');
            }
        }
    }

    /** The stream is whole: a last line without an ending is a line too. */
    @Override
    public void end() {
        if (pendingLength > 0) {
            emitPending();
        }
    }

    // The mark is three bytes at the very start. Once another byte came, none can follow.
    private int behindMark(byte[] bytes, int offset, int end) {
        int at = offset;
        while (at < end && markBytes < MARK.length && bytes[at] == MARK[markBytes]) {
            markBytes++;
            at++;
        }
        if (at < end) {
            markBytes = MARK.length;
        }
        return at;
    }

    private void finish(byte[] bytes, int from, int end) {
        if (pendingLength > 0) {
            append(bytes, from, end);
            emitPending();
            return;
        }
        int length = end - from;
        boolean all = length <= HEAD_BYTES || reader.wants(bytes, from, from + HEAD_BYTES);
        emit(bytes, from, all ? Math.min(length, eventBytesMax) : HEAD_BYTES, length, length);
    }

    private void append(byte[] bytes, int from, int end) {
        int at = from;
        if (pendingKept < HEAD_BYTES) {
            at = keep(bytes, from, Math.min(end, from + HEAD_BYTES - pendingKept));
        }
        if (at < end && pendingLength + (at - from) == HEAD_BYTES) {
            pendingMax = reader.wants(pending, 0, HEAD_BYTES) ? eventBytesMax : HEAD_BYTES;
        }
        keep(bytes, at, Math.min(end, at + pendingMax - pendingKept));
        int solid = SseLine.lastSolid(bytes, from, end);
        if (solid >= from) {
            pendingSolid = pendingLength + (solid - from);
        }
        pendingLength += end - from;
    }

    private int keep(byte[] bytes, int from, int end) {
        if (end <= from) {
            return from;
        }
        int count = end - from;
        if (count > pending.length - pendingKept) {
            long twice = 2L * pending.length;
            pending = Arrays.copyOf(pending, (int) Math.min(pendingMax, Math.max(twice, pendingKept + count)));
        }
        System.arraycopy(bytes, from, pending, pendingKept, count);
        pendingKept += count;
        return end;
    }

    private void emitPending() {
        line.solid = pendingSolid;
        byte[] bytes = pending;
        int kept = pendingKept;
        long length = pendingLength;
        pendingKept = 0;
        pendingLength = 0;
        pendingSolid = -1;
        pendingMax = HEAD_BYTES;
        if (bytes.length > PENDING_BYTES_KEPT) {
            pending = new byte[HEAD_BYTES];
        }
        emit(bytes, 0, kept, length, kept);
    }

    private void emit(byte[] bytes, int offset, int kept, long length, int present) {
        line.bytes = bytes;
        line.offset = offset;
        line.kept = kept;
        line.length = length;
        line.present = present;
        reader.line(line);
        line.bytes = NOTHING;
    }
}
