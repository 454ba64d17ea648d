package dev.reckoner.bench.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A load client on one thread: connections that each send a request, wait for the whole response, and send the next. A
 * run is bounded by a number of exchanges and by a time. Runs are made one after the other.
 */
final class Load implements AutoCloseable {

    private static final int READ_MIN = 2048;
    private static final int READ_FIRST = 16 * 1024;
    private static final int READ_MAX = 256 * 1024;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int END_SECONDS = 5;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("load"), NioIoHandler.newFactory());

    /**
     * How much is asked for.
     *
     * @param timeMax a run that takes longer has failed
     */
    record Amount(int connections, int exchanges, Duration timeMax) {}

    /**
     * Connects, then sends all exchanges and waits for their responses.
     *
     * @throws LoadException where a connection failed, a response was not a 200, or the time was over
     */
    Run run(InetSocketAddress address, Scenario scenario, Amount amount) throws InterruptedException {
        byte[] request = scenario.request();
        ByteBuf bytes = Unpooled.directBuffer(request.length).writeBytes(request);
        Tally tally = new Tally(amount.exchanges());
        List<Channel> channels = new ArrayList<>(amount.connections());
        try {
            connect(address, new Client(scenario, bytes, tally), amount.connections(), channels);
            long begin = System.nanoTime();
            tally.begin(begin);
            channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(Client.BEGIN));
            tally.await(amount.timeMax());
            return tally.run();
        } finally {
            for (Channel channel : channels) {
                channel.close().awaitUninterruptibly();
            }
            bytes.release();
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void connect(InetSocketAddress address, Client client, int connections, List<Channel> into)
            throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(READ_MIN, READ_FIRST, READ_MAX))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(client.connection());
                    }
                });
        for (int i = 0; i < connections; i++) {
            ChannelFuture connected = bootstrap.connect(address).await();
            if (!connected.isSuccess()) {
                throw new LoadException("can't connect to " + address + ": " + connected.cause());
            }
            into.add(connected.channel());
        }
    }
}
