package dev.reckoner.bench.relay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * An upstream that costs next to nothing: one thread, no parsing beyond the end of the head, responses made beforehand
 * and written in one piece. It knows a request's scenario by one letter of the request line and its length by that.
 */
final class CannedUpstream implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final int READ_MIN = 2048;
    private static final int READ_FIRST = 8 * 1024;
    private static final int READ_MAX = 1 << 20;
    private static final int END_SECONDS = 5;

    private final EventLoopGroup loop;
    private final Channel listener;
    private final LongAdder answered = new LongAdder();
    private final Map<Scenario, ByteBuf> responses = new EnumMap<>(Scenario.class);

    private CannedUpstream() {
        for (Scenario scenario : Scenario.values()) {
            byte[] response = scenario.response();
            responses.put(scenario, Unpooled.directBuffer(response.length).writeBytes(response));
        }
        loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("upstream"), NioIoHandler.newFactory());
        listener = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(READ_MIN, READ_FIRST, READ_MAX))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Answers());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Starts on a free port of the loopback interface. */
    static CannedUpstream start() {
        return new CannedUpstream();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Requests answered since the start. */
    long answered() {
        return answered.sum();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        responses.values().forEach(ByteBuf::release);
    }

    /** One connection's requests, one after the other. On the event loop. */
    private final class Answers extends ChannelInboundHandlerAdapter {

        private final HeadEnd head = new HeadEnd();
        private boolean inHead = true;
        private Scenario scenario = Scenario.JSON;
        private int seen;
        private int bodyLeft;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                while (in.isReadable()) {
                    read(context, in);
                }
            } finally {
                in.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        private void read(ChannelHandlerContext context, ByteBuf in) {
            if (inHead) {
                head(in);
            } else {
                int length = Math.min(bodyLeft, in.readableBytes());
                in.skipBytes(length);
                bodyLeft -= length;
            }
            if (!inHead && bodyLeft == 0) {
                answer(context);
            }
        }

        private void head(ByteBuf in) {
            int letter = Scenario.LETTER_AT - seen;
            if (letter >= 0 && letter < in.readableBytes()) {
                scenario = scenario(in.getByte(in.readerIndex() + letter));
            }
            int before = in.readableBytes();
            if (head.passed(in)) {
                inHead = false;
                bodyLeft = scenario.requestBytes();
            }
            seen += before - in.readableBytes();
        }

        private void answer(ChannelHandlerContext context) {
            inHead = true;
            seen = 0;
            answered.increment();
            ByteBuf response = responses.get(scenario);
            if (response != null) {
                context.write(response.retainedDuplicate(), context.voidPromise());
            }
        }

        private static Scenario scenario(byte letter) {
            return switch (letter) {
                case 's' -> Scenario.STREAM;
                case 'u' -> Scenario.UPLOAD;
                default -> Scenario.JSON;
            };
        }
    }
}
