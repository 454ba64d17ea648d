package dev.reckoner.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection: after the request decoder, last in the pipeline, event loop only. Gathers whole requests and answers
 * them in turn; it writes bytes itself, because faults are counted in bytes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells what a failed write means
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
    private static final int PIPELINED_MAX = 64;
    private static final byte[] GO_ON = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Simulator simulator;
    private final int requestBytesMax;
    private final Deque<Ask> waiting = new ArrayDeque<>();
    private @Nullable HttpRequest head;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable Playback playing;

    Connection(Simulator simulator, int requestBytesMax) {
        this.simulator = simulator;
        this.requestBytesMax = requestBytesMax;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            head = new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/malformed");
            requestComplete(ctx, head);
            return;
        }
        if (message instanceof HttpRequest request) {
            head = request;
            body = new ByteArrayOutputStream();
            if (HttpUtil.is100ContinueExpected(request)) {
                ctx.writeAndFlush(Unpooled.wrappedBuffer(GO_ON));
            }
        }
        if (message instanceof HttpContent content) {
            gather(content.content());
        }
        HttpRequest whole = head;
        if (message instanceof LastHttpContent && whole != null) {
            requestComplete(ctx, whole);
        }
    }

    /** Keeps one byte more than is allowed, which is enough to refuse the request. */
    private void gather(ByteBuf content) {
        int room = requestBytesMax + 1 - body.size();
        int length = Math.min(room, content.readableBytes());
        byte[] bytes = new byte[length];
        content.getBytes(content.readerIndex(), bytes);
        body.write(bytes, 0, length);
    }

    private void requestComplete(ChannelHandlerContext ctx, HttpRequest request) {
        head = null;
        if (waiting.size() >= PIPELINED_MAX) {
            ctx.close();
            return;
        }
        waiting.add(simulator.ask(request, body.toByteArray()));
        if (playing == null) {
            playNext(ctx);
        }
    }

    private void playNext(ChannelHandlerContext ctx) {
        Ask ask = waiting.poll();
        if (ask == null) {
            return;
        }
        Reply reply = simulator.answer(ask);
        playing = new Playback(ctx.channel(), reply.fault(), simulator.steps(ask, reply), simulator.pacer(), left -> {
            simulator.book(ask, reply, left);
            playing = null;
            proceed(ctx, left.whole() && !Wire.closes(ask, reply));
        });
        playing.start();
    }

    private void proceed(ChannelHandlerContext ctx, boolean keep) {
        if (!keep) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        ctx.executor().execute(() -> {
            if (playing == null && ctx.channel().isActive()) {
                playNext(ctx);
            }
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (playing != null) {
            playing.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (playing != null) {
            playing.gone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
