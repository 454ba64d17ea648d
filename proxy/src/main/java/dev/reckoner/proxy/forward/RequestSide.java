package dev.reckoner.proxy.forward;

import dev.reckoner.proxy.admit.HeldBodies;
import dev.reckoner.proxy.tap.RequestTap;
import dev.reckoner.proxy.wire.BodySink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The request on its way upstream: head and pieces wait for the connection, then go as they come. The client is read no
 * further than the upstream takes. Event loop only; owns what waits.
 */
final class RequestSide implements BodySink {

    private final Channel downstream;
    private final @Nullable RequestTap tap;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>(2);

    private @Nullable HeldBodies held;
    private long heldBytes;
    private @Nullable Channel upstream;
    private boolean dropped;
    private boolean ended;
    private boolean sent;
    private long bytes;

    RequestSide(Channel downstream, @Nullable RequestTap tap) {
        this.downstream = downstream;
        this.tap = tap;
    }

    @Override
    public void body(ByteBuf buffer, int index, int length) {
        bytes += length;
        if (tap != null) {
            tap.body(buffer, index, length);
        }
    }

    /** Bytes of body data passed upstream so far. */
    long bytes() {
        return sent ? bytes : 0;
    }

    /** Bytes of body data that have come so far. */
    long read() {
        return bytes;
    }

    /** From here on the client is read on although there is no connection, as long as there is room. */
    void hold(HeldBodies room) {
        held = room;
    }

    /** Whether the body is whole. */
    boolean ended() {
        return ended;
    }

    /** Takes over the head and everything that waited; the caller flushes. */
    void connected(Channel channel, ByteBuf head) {
        upstream = channel;
        sent = true;
        channel.write(head, channel.voidPromise());
        for (ByteBuf piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            channel.write(piece, channel.voidPromise());
        }
        giveRoom();
    }

    /** Takes over a piece; false where it waits and there is no room to hold it. */
    boolean piece(ByteBuf piece) {
        Channel channel = upstream;
        if (dropped) {
            piece.release();
        } else if (channel == null) {
            waiting.add(piece);
            return waits(piece.readableBytes());
        } else {
            channel.write(piece, channel.voidPromise());
            if (!channel.isWritable()) {
                flush();
            }
        }
        return true;
    }

    private boolean waits(int length) {
        HeldBodies room = held;
        if (room == null) {
            pause();
            return true;
        }
        if (!room.take(length)) {
            return false;
        }
        heldBytes += length;
        return true;
    }

    private void giveRoom() {
        HeldBodies room = held;
        if (room != null) {
            room.give(heldBytes);
            heldBytes = 0;
        }
    }

    void end() {
        ended = true;
        // From here on reading serves to see the client go.
        downstream.config().setAutoRead(true);
    }

    /** Sends what was written and pauses the client where the upstream takes no more. */
    void flush() {
        Channel channel = upstream;
        if (channel == null) {
            return;
        }
        channel.flush();
        // The flush may have made it writable again, and then no event follows: look after it, not before.
        if (!channel.isWritable()) {
            pause();
        }
    }

    /** The upstream takes bytes again. */
    void resume() {
        if (!ended && !dropped) {
            downstream.config().setAutoRead(true);
        }
    }

    /** Drops what waits and whatever still comes. */
    void drop() {
        dropped = true;
        upstream = null;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        giveRoom();
    }

    private void pause() {
        if (!ended) {
            downstream.config().setAutoRead(false);
        }
    }
}
