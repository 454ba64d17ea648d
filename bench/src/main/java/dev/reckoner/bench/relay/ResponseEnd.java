package dev.reckoner.bench.relay;

import io.netty.buffer.ByteBuf;

/**
 * Sees where a response ends without parsing it: behind the known length of its body, or at the last chunk. Nothing may
 * follow a response before the next request, so the last chunk is looked for at the end of what came.
 */
final class ResponseEnd {

    private static final int STATUS_AT = "HTTP/1.1 ".length();

    /** The line end of the last piece of data and the last chunk: {@code LF 0 CR LF CR LF}. */
    private static final long LAST_CHUNK = 0x0a30_0d0a_0d0aL;

    private static final long LAST_CHUNK_MASK = 0xffff_ffff_ffffL;

    private final boolean chunked;
    private final int bodyBytes;
    private final HeadEnd head = new HeadEnd();

    private int seen;
    private int status;
    private boolean inHead = true;
    private long bytes;
    private long tail;

    /** For responses of a scenario. */
    ResponseEnd(Scenario scenario) {
        chunked = scenario.chunked();
        bodyBytes = scenario.responseBody().length;
    }

    /**
     * Takes everything that came.
     *
     * @return whether the response is whole; the next byte then belongs to another one
     */
    boolean passed(ByteBuf in) {
        status(in);
        seen += in.readableBytes();
        if (inHead) {
            inHead = !head.passed(in);
        }
        int length = in.readableBytes();
        bytes += length;
        tail(in, length);
        in.skipBytes(length);
        if (inHead || !(chunked ? tail == LAST_CHUNK && bytes > bodyBytes : bytes >= bodyBytes)) {
            return false;
        }
        inHead = true;
        seen = 0;
        bytes = 0;
        tail = 0;
        return true;
    }

    /** The status of the response that is passing or has just passed, 0 before it is known. */
    int status() {
        return status;
    }

    private void status(ByteBuf in) {
        for (int i = 0; i < 3; i++) {
            int at = STATUS_AT + i - seen;
            if (at >= 0 && at < in.readableBytes()) {
                status = (i == 0 ? 0 : status * 10) + in.getByte(in.readerIndex() + at) - '0';
            }
        }
    }

    private void tail(ByteBuf in, int length) {
        int end = in.readerIndex() + length;
        for (int i = Math.max(in.readerIndex(), end - Long.BYTES); i < end; i++) {
            tail = ((tail << Byte.SIZE) | (in.getByte(i) & 0xff)) & LAST_CHUNK_MASK;
        }
    }
}
