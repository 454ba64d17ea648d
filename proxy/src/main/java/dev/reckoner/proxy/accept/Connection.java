package dev.reckoner.proxy.accept;

import dev.reckoner.config.Settings;
import dev.reckoner.proxy.wire.HeadGatherer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;

/** The parts of a client's connection that outlive one request: its timeout and how it ends. Event loop only. */
final class Connection {

    /** How long an ending connection is read empty. */
    private static final Duration LINGER_MAX = Duration.ofSeconds(2);

    final Channel channel;
    final HeadGatherer gatherer;

    private final Settings.Downstream settings;
    private final Deadline deadline;
    private boolean headBegun;
    private long unsent;

    /** Whether nothing that comes is read any more. */
    boolean ending;

    Connection(Channel channel, HeadGatherer gatherer, Settings.Downstream settings, Runnable late) {
        this.channel = channel;
        this.gatherer = gatherer;
        this.settings = settings;
        deadline = new Deadline(channel.eventLoop(), late);
    }

    /** Waits for a first byte. */
    void idle() {
        headBegun = false;
        deadline.in(settings.keepAliveTimeout());
    }

    /** Waits for the rest of a head, from its first byte on. */
    void headBegun() {
        if (!headBegun) {
            headBegun = true;
            deadline.in(settings.headerTimeout());
        }
    }

    /** An exchange is in flight and keeps its own time. */
    void busy() {
        headBegun = false;
        deadline.off();
    }

    /**
     * Gives a client that still takes bytes of the last response more time; asked when the time is up.
     *
     * @return false where nothing waits to be sent, or nothing of it went since this was asked last
     */
    boolean stillSending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long left = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        boolean moved = left > 0 && (unsent == 0 || left < unsent);
        unsent = left;
        if (moved) {
            deadline.in(settings.keepAliveTimeout());
        }
        return moved;
    }

    void expect(Duration silence) {
        if (!ending) {
            deadline.in(silence);
        }
    }

    void end(Ending ending) {
        if (this.ending) {
            return;
        }
        this.ending = true;
        gatherer.discard();
        deadline.in(settings.keepAliveTimeout());
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) flushed -> flushed(ending));
    }

    void closed() {
        ending = true;
        gatherer.discard();
        deadline.cancel();
    }

    private void flushed(Ending ending) {
        if (ending == Ending.LINGER && channel instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
            duplex.shutdownOutput();
            deadline.in(LINGER_MAX);
            channel.config().setAutoRead(true);
            return;
        }
        if (ending == Ending.RESET && channel instanceof SocketChannel socket) {
            socket.config().setSoLinger(0);
        }
        channel.close();
    }
}
