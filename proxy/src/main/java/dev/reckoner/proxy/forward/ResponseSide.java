package dev.reckoner.proxy.forward;

import dev.reckoner.ledger.Reading;
import dev.reckoner.proxy.record.Exchange;
import dev.reckoner.proxy.tap.ResponseTap;
import dev.reckoner.proxy.wire.BodyFollower;
import dev.reckoner.proxy.wire.BodyFollower.Extensions;
import dev.reckoner.proxy.wire.BodySink;
import dev.reckoner.proxy.wire.HeadGatherer;
import dev.reckoner.proxy.wire.HeadLimits;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response on its way to the client: heads parsed and rewritten, the body followed in place and passed on as it
 * came, shown to the tap, held back only where the books must know first (P3). Event loop only; owns the buffers it is
 * given.
 */
final class ResponseSide {

    /** Interim heads before the final one; the vendor sends none but 100. */
    private static final int INTERIM_MAX = 8;

    /** How much may wait for the books before the upstream is read no further. */
    private static final long HELD_BYTES_MAX = 64 * 1024;

    private static final int ERROR_STATUS_MIN = 400;

    /** What the response needs to know of its exchange. */
    interface Owner {

        /** Whether another exchange may follow on the client's connection, asked as the head is written. */
        boolean staysOpen();

        /** Fields of ours for the final response's head. */
        Map<String, String> added();

        /** An interim response passes. */
        void interim();

        /** What was held back has gone out, so that there is room again. */
        void room();

        /** The response is whole; its last piece waits for the entry. */
        void whole(ByteBuf last, boolean upstreamReusable);
    }

    private final Owner owner;
    private final Exchange exchange;
    private final Channel downstream;
    private final Gate gate;
    private final HeadGatherer gatherer;
    private final boolean toHead;
    private final Tapping tapping;

    private @Nullable ResponseHead head;
    private BodyFollower body = BodyFollower.none();
    private @Nullable ResponseTap tap;
    private BodySink sink = BodySink.NONE;
    private int interims;
    private boolean opened;
    private boolean whole;
    private boolean unread;
    private long passed;

    /**
     * The response to one request.
     *
     * @param toHead whether the request was HEAD
     * @param tapping which tap reads it
     */
    ResponseSide(
            Owner owner, Exchange exchange, Channel downstream, HeadLimits limits, boolean toHead, Tapping tapping) {
        this.owner = owner;
        this.exchange = exchange;
        this.downstream = downstream;
        this.toHead = toHead;
        this.tapping = tapping;
        gate = new Gate(downstream, exchange::byteOut, owner::room);
        gatherer = new HeadGatherer(downstream.alloc(), limits);
    }

    Gate gate() {
        return gate;
    }

    /** The final head, null while it has not come. */
    @Nullable
    ResponseHead head() {
        return head;
    }

    /** Whether the response has begun in a way that leaves no room for an answer of ours. */
    boolean committed() {
        return head != null && gate.passed();
    }

    /** Whether the end of the connection is the end of the body. */
    boolean endsByClose() {
        return head != null && body.endsByClose();
    }

    /** Bytes of body data passed on so far. */
    long bytes() {
        return unread ? passed : body.bytes();
    }

    /** Bytes of body data that came after the client was lost. */
    long drained() {
        return unread ? body.bytes() - passed : 0;
    }

    /** The client is lost: what comes from now on is read and goes nowhere. */
    void drain() {
        passed = body.bytes();
        unread = true;
        gate.shut();
    }

    /** Whether there may be usage to come that could be read; an error has none. */
    boolean awaitsUsage() {
        ResponseHead answered = head;
        ResponseTap reader = tap;
        boolean readable = reader == null || reader.reading().fault() == null;
        return tapping.usage() && readable && (answered == null || answered.status() < ERROR_STATUS_MIN);
    }

    /** Whether the response is a stream, null while its head hasn't come. */
    @Nullable
    Boolean stream() {
        ResponseTap reader = tap;
        return reader == null ? null : reader.stream();
    }

    /** What the tap has read so far. */
    Reading reading() {
        ResponseTap reader = tap;
        return reader == null ? Reading.NOTHING : reader.reading();
    }

    /** What the tap has read of the whole body. */
    Reading end() {
        ResponseTap reader = tap;
        return reader == null ? Reading.NOTHING : reader.end();
    }

    /** Frees what the exchange no longer needs. */
    void close() {
        gatherer.discard();
        ResponseTap reader = tap;
        if (reader != null) {
            reader.close();
        }
    }

    /**
     * Takes over bytes of the response.
     *
     * @param heads the parser of the connection they came on
     * @throws HttpFault where they are not valid HTTP/1.1
     */
    void read(ByteBuf in, ResponseHeads heads) {
        try {
            boolean more = true;
            while (more && in.isReadable()) {
                more = step(in, heads);
            }
        } finally {
            in.release();
        }
    }

    /** Sends what has passed and says whether the client, or the books, take no more for now. */
    boolean flush() {
        downstream.flush();
        return !downstream.isWritable() || gate.heldBytes() > HELD_BYTES_MAX;
    }

    private boolean step(ByteBuf in, ResponseHeads heads) {
        if (whole) {
            return false;
        }
        return head == null ? head(in, heads) : body(in);
    }

    private boolean head(ByteBuf in, ResponseHeads heads) {
        ByteBuf bytes = gatherer.gather(in);
        if (bytes == null) {
            return false;
        }
        try {
            ResponseHead parsed = heads.parse(bytes, toHead);
            waitForOpening();
            if (parsed.interim()) {
                interim(parsed);
            } else {
                begin(parsed, in);
            }
        } finally {
            bytes.release();
        }
        return true;
    }

    /** Once for all heads: what comes behind the first one waits behind it. */
    private void waitForOpening() {
        if (!opened) {
            opened = true;
            gate.hold();
            exchange.whenOpened(gate::open);
        }
    }

    private void interim(ResponseHead parsed) {
        interims++;
        if (interims > INTERIM_MAX) {
            throw HttpFault.malformed("more than " + INTERIM_MAX + " interim responses came");
        }
        owner.interim();
        gate.pass(ResponseHeadWriter.write(downstream.alloc(), parsed, Map.of(), false));
    }

    private void begin(ResponseHead parsed, ByteBuf in) {
        head = parsed;
        body = follower(parsed.contentLength());
        exchange.responded(parsed.status(), parsed.headers());
        ResponseTap reader = tapping.tap(parsed.status(), parsed.headers());
        if (reader != null) {
            tap = reader;
            sink = reader::body;
        }
        boolean closing = !owner.staysOpen() || body.endsByClose();
        ByteBuf out = ResponseHeadWriter.write(downstream.alloc(), parsed, owner.added(), closing);
        if (body.ended()) {
            finish(out, in.isReadable());
        } else {
            gate.pass(out);
        }
    }

    private boolean body(ByteBuf in) {
        ResponseTap reader = tap;
        boolean started = reader != null && reader.started();
        boolean stopped = reader != null && reader.stopped();
        int length = body.follow(in, sink);
        boolean all = length == in.readableBytes();
        ByteBuf piece = all ? in.retain() : in.readRetainedSlice(length);
        if (!all) {
            body.skipTrailer(in);
        }
        if (body.ended()) {
            finish(piece, !all && in.isReadable());
            return false;
        }
        if (reader != null) {
            note(reader, started, stopped);
        }
        gate.pass(piece);
        return !all;
    }

    /** Bytes behind the end belong to no response: such a connection is not used again. */
    private void finish(ByteBuf last, boolean surplus) {
        whole = true;
        ResponseHead answered = head;
        owner.whole(last, answered != null && answered.reusable() && !surplus);
    }

    /** Keeps the input for a crash; and holds the piece in which a client sees its message end until that is noted. */
    private void note(ResponseTap reader, boolean started, boolean stopped) {
        exchange.bytesOut(bytes());
        if (!stopped && reader.stopped()) {
            gate.hold();
            exchange.note(reader.reading(), gate::open);
        } else if (!started && reader.started()) {
            exchange.note(reader.reading());
        }
    }

    private static BodyFollower follower(long contentLength) {
        if (contentLength == ResponseHead.CHUNKED) {
            return BodyFollower.chunked(Long.MAX_VALUE, Extensions.TOLERATED);
        }
        return contentLength == ResponseHead.UNTIL_CLOSE
                ? BodyFollower.untilClose()
                : BodyFollower.ofLength(contentLength);
    }
}
