package dev.reckoner.proxy.forward;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the upstream: in the hands of one exchange, or idle in its loop's pool. An idle one keeps reading, so
 * that its end is seen before somebody takes it; a byte on an idle one belongs to nobody and closes it.
 *
 * <p>Place: the last handler of the upstream pipeline. Event loop only. Hands every buffer it reads to its user.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamConnection.class);

    /** The exchange that uses the connection. */
    interface User {

        /** Takes over bytes of the response. */
        void upstreamRead(ByteBuf in);

        /** Nothing more to read for now. */
        void upstreamReadComplete();

        /** The upstream takes bytes again. */
        void upstreamWritable();

        /**
         * The connection is closed.
         *
         * @param cause why, where it was a failure
         * @param clean whether the upstream ended it properly
         */
        void upstreamClosed(@Nullable Throwable cause, boolean clean);
    }

    private final Channel channel;
    private final UpstreamPool pool;
    private final boolean tls;
    private final ResponseHeads heads;

    private @Nullable User user;
    private @Nullable Throwable failure;
    private boolean closeNotified;

    UpstreamConnection(Channel channel, UpstreamPool pool, boolean tls, ResponseHeads heads) {
        this.channel = channel;
        this.pool = pool;
        this.tls = tls;
        this.heads = heads;
    }

    Channel channel() {
        return channel;
    }

    /** The parser of this connection's response heads. */
    ResponseHeads heads() {
        return heads;
    }

    boolean usable() {
        return channel.isActive() && failure == null;
    }

    /** Puts the connection into the hands of an exchange. */
    void use(User exchange) {
        user = exchange;
    }

    /** Gives the connection back to the pool. */
    void release() {
        user = null;
        channel.config().setAutoRead(true);
        pool.give(this);
    }

    /** Closes the connection; its user hears nothing more. */
    void close() {
        user = null;
        channel.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        pool.counts().open(1);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        User exchange = user;
        if (exchange != null && message instanceof ByteBuf in) {
            exchange.upstreamRead(in);
            return;
        }
        ReferenceCountUtil.release(message);
        context.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        User exchange = user;
        if (exchange != null) {
            exchange.upstreamReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        User exchange = user;
        if (exchange != null && channel.isWritable()) {
            exchange.upstreamWritable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent close) {
            closeNotified = close.isSuccess();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof RuntimeException && !(cause instanceof CodecException)) {
            LOG.error("An upstream connection is closed because of a fault of this program", cause);
        } else {
            LOG.debug("An upstream connection failed: {}", String.valueOf(cause));
        }
        if (failure == null) {
            failure = cause;
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.counts().open(-1);
        pool.forget(this);
        User exchange = user;
        if (exchange != null) {
            user = null;
            exchange.upstreamClosed(failure, failure == null && (!tls || closeNotified));
        }
    }
}
