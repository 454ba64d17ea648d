package dev.reckoner.proxy;

import dev.reckoner.config.HostPort;
import dev.reckoner.config.Settings;
import dev.reckoner.proxy.accept.Connections;
import dev.reckoner.proxy.accept.RequestReader;
import dev.reckoner.proxy.attribute.Attributor;
import dev.reckoner.proxy.collect.BatchKeys;
import dev.reckoner.proxy.forward.Drains;
import dev.reckoner.proxy.forward.Forwarder;
import dev.reckoner.proxy.forward.ForwarderParts;
import dev.reckoner.proxy.forward.UpstreamCounts;
import dev.reckoner.proxy.forward.Upstreams;
import dev.reckoner.proxy.record.Recorder;
import dev.reckoner.proxy.wire.HeadLimits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's listener with everything behind it. Each connection is one event loop's from the client's socket to the
 * upstream's; nothing on it blocks.
 */
public final class ProxyServer implements AutoCloseable {

    /** The one handler of the downstream pipeline; what it reads goes on by method calls. */
    private static final String REQUESTS = "requests";

    private static final int BACKLOG = 1024;

    /** A head fits the first read; the buffer grows up to large request bodies. */
    private static final int READ_MIN = 1024;

    private static final int READ_FIRST = 8 * 1024;
    private static final int READ_MAX = 512 * 1024;

    /** How much of a response may wait for a slow client before the upstream is read no further. */
    private static final int UNSENT_LOW = 32 * 1024;

    private static final int UNSENT_HIGH = 128 * 1024;

    private static final int QUIET_MILLIS = 0;
    private static final int LOOPS_END_SECONDS = 5;

    private final Settings.Downstream settings;
    private final EventLoopGroup loops;
    private final Upstreams upstreams;
    private final Connections connections;
    private final Forwarder forwarder;
    private final Channel listener;

    private ProxyServer(
            Settings.Downstream settings,
            EventLoopGroup loops,
            Upstreams upstreams,
            Connections connections,
            Forwarder forwarder,
            Channel listener) {
        this.settings = settings;
        this.loops = loops;
        this.upstreams = upstreams;
        this.connections = connections;
        this.forwarder = forwarder;
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @throws UncheckedIOException where the address can't be bound
     */
    public static ProxyServer start(Settings settings, ProxyParts parts) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("reckoner-proxy"),
                NioIoHandler.newFactory());
        HostPort listen = settings.downstream().listen();
        InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
        boolean loopback = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        try {
            Upstreams upstreams = new Upstreams(settings.upstream(), limits(settings.downstream()), loops);
            Recorder recorder = new Recorder(
                    parts.books(), parts.batches(), settings.ledger().journalUnwritable(), parts.ids(), parts.clock());
            Attributor attributor = new Attributor(parts.identities(), settings.attribution(), loopback, parts.clock());
            Drains drains = new Drains(settings.aborts());
            BatchKeys batchKeys = settings.batches().collect() ? new BatchKeys() : null;
            Forwarder forwarder = new Forwarder(new ForwarderParts(
                    settings, upstreams, drains, recorder, attributor, parts.admission(), batchKeys));
            Connections connections = new Connections(settings.downstream().connectionsMax());
            Channel listener = listen(settings.downstream(), loops, connections, forwarder, address);
            return new ProxyServer(settings.downstream(), loops, upstreams, connections, forwarder, listener);
        } catch (RuntimeException e) {
            end(loops);
            throw e;
        }
    }

    /** The credentials of batches that pass, null where {@code batches.collect} is false. */
    public @Nullable BatchKeys batchKeys() {
        return forwarder.batchKeys();
    }

    /** The address that was bound. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** How it stands now. Any thread; never blocks. */
    public ProxyState state() {
        Recorder recorder = forwarder.recorder();
        UpstreamCounts upstream = upstreams.counts();
        return new ProxyState(
                recorder.inFlight(),
                recorder.unbooked(),
                forwarder.drains().count(),
                connections.count(),
                upstream.open(),
                upstream.idle(),
                upstream.waiting());
    }

    /**
     * Drains, then closes: no new connection, exchanges in flight may go on for the drain time, then they end with an
     * entry of their own. Returns when every entry was handed to the books.
     */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        long since = System.nanoTime();
        connections.drain(settings.drainTimeout());
        forwarder.drains().close(settings.drainTimeout().minusNanos(System.nanoTime() - since));
        upstreams.close();
        end(loops);
    }

    private static void end(EventLoopGroup loops) {
        loops.shutdownGracefully(QUIET_MILLIS, LOOPS_END_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly();
    }

    /** Heads of responses may be as large as heads of requests. */
    private static HeadLimits limits(Settings.Downstream settings) {
        return new HeadLimits(settings.requestLineBytesMax(), settings.headerBytesMax(), settings.headerFieldsMax());
    }

    private static Channel listen(
            Settings.Downstream settings,
            EventLoopGroup loops,
            Connections connections,
            Forwarder forwarder,
            InetSocketAddress address) {
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // Accepts one at a time, so that the limit of connections is exact.
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator())
                .handler(connections)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.AUTO_READ, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(READ_MIN, READ_FIRST, READ_MAX))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(UNSENT_LOW, UNSENT_HIGH))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(REQUESTS, new RequestReader(settings, forwarder));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new UncheckedIOException(new IOException(
                    "can't listen on " + settings.listen() + ": "
                            + bound.cause().getMessage(),
                    bound.cause()));
        }
        return bound.channel();
    }
}
