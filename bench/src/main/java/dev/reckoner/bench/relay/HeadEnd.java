package dev.reckoner.bench.relay;

import io.netty.buffer.ByteBuf;

/** Finds the blank line behind a head, however the head was split. Knows nothing else about it. */
final class HeadEnd {

    private int lineBytes;

    /**
     * Looks at the readable bytes and moves the reader index behind the blank line, or to the end where there is none yet.
     *
     * @return whether the head is whole
     */
    boolean passed(ByteBuf in) {
        int end = in.writerIndex();
        int at = in.readerIndex();
        while (at < end) {
            int lineFeed = in.indexOf(at, end, (byte) '\n');
            if (lineFeed < 0) {
                lineBytes += end - at;
                break;
            }
            int line = lineBytes + lineFeed - at;
            lineBytes = 0;
            at = lineFeed + 1;
            if (line == 1) {
                in.readerIndex(at);
                return true;
            }
        }
        in.readerIndex(end);
        return false;
    }
}
