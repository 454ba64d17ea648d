package dev.reckoner.proxy.accept;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The clients' connections: how many there may be, and their end at a shutdown. At the limit nothing more is accepted;
 * the system's backlog waits until one closes.
 *
 * <p>Place: the only handler of the listener. Accepts on its event loop; {@link #drain} on any other thread.
 */
@Sharable
public final class Connections extends ChannelInboundHandlerAdapter {

    /** How long ended exchanges may take to be booked and told, beyond the drain time. */
    private static final Duration END_MAX = Duration.ofSeconds(15);

    private final int max;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean draining;

    public Connections(int max) {
        this.max = max;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel connection = (Channel) message;
        open.add(connection);
        connection.closeFuture().addListener(closed -> closed(context, connection));
        if (open.size() >= max) {
            context.channel().config().setAutoRead(false);
        }
        context.fireChannelRead(message);
    }

    /** How many are open. */
    public int count() {
        return open.size();
    }

    /** Lets exchanges in flight go on for a while, then ends them, and returns when all connections are closed. */
    public void drain(Duration limit) {
        draining = true;
        tell(Drain.BEGIN);
        if (!await(limit)) {
            tell(Drain.END);
            await(END_MAX);
        }
        open.forEach(Channel::close);
    }

    private void closed(ChannelHandlerContext context, Channel connection) {
        open.remove(connection);
        if (draining) {
            countDown();
        } else if (open.size() < max) {
            context.channel().config().setAutoRead(true);
        }
    }

    private void tell(Drain event) {
        for (Channel connection : open) {
            if (!connection.isRegistered()) {
                continue;
            }
            connection.eventLoop().execute(() -> connection.pipeline().fireUserEventTriggered(event));
        }
        countDown();
    }

    private void countDown() {
        if (open.isEmpty()) {
            drained.countDown();
        }
    }

    private boolean await(Duration limit) {
        try {
            return drained.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
