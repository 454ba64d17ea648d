package dev.reckoner.bench.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** What all connections of one run share: the request, and the tally they report to. */
final class Client {

    /** Tells a connection to send its first request. */
    static final Object BEGIN = new Object();

    private static final int OK = 200;

    private final Scenario scenario;
    private final ByteBuf request;
    private final Tally tally;

    Client(Scenario scenario, ByteBuf request, Tally tally) {
        this.scenario = scenario;
        this.request = request;
        this.tally = tally;
    }

    /** The handler of one more connection. */
    ChannelHandler connection() {
        return new Connection(new ResponseEnd(scenario));
    }

    /** One connection: a request, its whole response, the next request. On the event loop. */
    private final class Connection extends ChannelInboundHandlerAdapter {

        private final ResponseEnd response;
        private long sentAt;
        private boolean waiting;

        Connection(ResponseEnd response) {
            this.response = response;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == BEGIN) {
                send(context);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                tally.bytes(in.readableBytes());
                if (response.passed(in)) {
                    answered(context);
                }
            } finally {
                in.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            tally.fail("a connection failed: " + cause);
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (waiting) {
                tally.fail("a connection was closed before its response was whole");
            }
        }

        private void send(ChannelHandlerContext context) {
            if (tally.take()) {
                waiting = true;
                sentAt = System.nanoTime();
                context.writeAndFlush(request.retainedDuplicate(), context.voidPromise());
            }
        }

        private void answered(ChannelHandlerContext context) {
            waiting = false;
            if (response.status() != OK) {
                tally.fail("a response has status " + response.status() + ", expected 200");
                return;
            }
            tally.done(System.nanoTime() - sentAt);
            send(context);
        }
    }
}
