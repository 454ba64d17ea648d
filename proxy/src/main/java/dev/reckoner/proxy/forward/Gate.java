package dev.reckoner.proxy.forward;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/**
 * The way out to the client, which the books may hold shut: what comes while a frame is on its way to the disk waits in
 * order and goes once it has landed (P3). Event loop only; owns what it holds.
 */
final class Gate {

    private final Channel downstream;
    private final Runnable firstByte;
    private final Runnable room;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(0);

    private int holds;
    private long heldBytes;
    private boolean passed;
    private boolean shut;

    /**
     * An open gate.
     *
     * @param firstByte told before the first byte goes
     * @param room told when what was held has gone
     */
    Gate(Channel downstream, Runnable firstByte, Runnable room) {
        this.downstream = downstream;
        this.firstByte = firstByte;
        this.room = room;
    }

    /** Shuts the gate until {@link #open()} was called as often. */
    void hold() {
        holds++;
    }

    /** Takes one hold away; after the last one everything held goes. */
    void open() {
        if (holds > 0) {
            holds--;
        }
        if (holds == 0) {
            release();
        }
    }

    /** Takes all holds away: the entry has landed, so every frame before it has. */
    void release() {
        holds = 0;
        if (held.isEmpty()) {
            return;
        }
        for (ByteBuf piece = held.poll(); piece != null; piece = held.poll()) {
            write(piece);
        }
        heldBytes = 0;
        downstream.flush();
        room.run();
    }

    /** Takes over a piece and passes it on now or, behind a hold, later. The caller flushes. */
    void pass(ByteBuf piece) {
        if (shut) {
            piece.release();
            return;
        }
        if (holds == 0) {
            write(piece);
            return;
        }
        heldBytes += piece.readableBytes();
        held.add(piece);
    }

    /** Drops everything held. */
    void discard() {
        held.forEach(ByteBuf::release);
        held.clear();
        heldBytes = 0;
    }

    /** Drops everything held and whatever still comes: nobody is there to take it. */
    void shut() {
        shut = true;
        discard();
    }

    /** Whether anything has passed. */
    boolean passed() {
        return passed;
    }

    long heldBytes() {
        return heldBytes;
    }

    private void write(ByteBuf piece) {
        if (!passed) {
            passed = true;
            firstByte.run();
        }
        downstream.write(piece, downstream.voidPromise());
    }
}
