package dev.reckoner.proxy.forward;

import dev.reckoner.config.Settings;
import dev.reckoner.proxy.wire.HeadLimits;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way to the upstream: one pool per event loop, and the pipeline of a new connection. A request is always sent from
 * the loop its client is on, so an exchange never changes threads. Immutable, any thread; pools are their loops' own.
 */
public final class Upstreams implements AutoCloseable {

    /** Handler names of the upstream pipeline. */
    private static final String TLS = "tls";

    private static final String CONNECTION = "connection";

    /** Streams come in small pieces, files and long answers in large ones. */
    private static final int READ_MIN = 1024;

    private static final int READ_FIRST = 8 * 1024;
    private static final int READ_MAX = 128 * 1024;

    /** How much of a request may wait for the upstream before the client is read no further. */
    private static final int UNSENT_LOW = 64 * 1024;

    private static final int UNSENT_HIGH = 256 * 1024;

    private final Settings.Upstream settings;
    private final HeadLimits limits;
    private final Origin origin;
    private final @Nullable UpstreamTls tls;
    private final NameResolver names = new NameResolver();
    private final Map<EventLoop, UpstreamPool> pools = new HashMap<>();
    private final UpstreamCounts counts = new UpstreamCounts();

    /**
     * The way to the configured upstream from these loops.
     *
     * @param limits of response heads
     * @throws IllegalStateException where the certificates can't be read
     */
    public Upstreams(Settings.Upstream settings, HeadLimits limits, EventLoopGroup loops) {
        this.settings = settings;
        this.limits = limits;
        origin = Origin.of(settings.url());
        tls = UpstreamTls.of(origin, settings);
        for (EventExecutor loop : loops) {
            pools.put((EventLoop) loop, new UpstreamPool((EventLoop) loop, settings, counts));
        }
    }

    @Override
    public void close() {
        names.close();
    }

    /** How many connections there are. */
    public UpstreamCounts counts() {
        return counts;
    }

    /** How large a response head may be. */
    HeadLimits limits() {
        return limits;
    }

    Settings.Upstream settings() {
        return settings;
    }

    Origin origin() {
        return origin;
    }

    NameResolver names() {
        return names;
    }

    UpstreamPool pool(EventLoop loop) {
        UpstreamPool pool = pools.get(loop);
        if (pool == null) {
            throw new IllegalStateException("no pool for " + loop);
        }
        return pool;
    }

    /** Everything about a new connection of this pool but its address. */
    Bootstrap bootstrap(UpstreamPool pool) {
        return new Bootstrap()
                .group(pool.loop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, false)
                .option(ChannelOption.AUTO_READ, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(READ_MIN, READ_FIRST, READ_MAX))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(UNSENT_LOW, UNSENT_HIGH))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initialise(channel, pool);
                    }
                });
    }

    private void initialise(Channel channel, UpstreamPool pool) {
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast(TLS, tls.handler(channel.alloc()));
        }
        pipeline.addLast(CONNECTION, new UpstreamConnection(channel, pool, tls != null, new ResponseHeads(limits)));
    }
}
