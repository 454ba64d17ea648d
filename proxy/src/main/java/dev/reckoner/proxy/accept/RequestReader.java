package dev.reckoner.proxy.accept;

import dev.reckoner.config.Settings;
import dev.reckoner.proxy.wire.BodyFollower;
import dev.reckoner.proxy.wire.BodyFollower.Extensions;
import dev.reckoner.proxy.wire.HeadGatherer;
import dev.reckoner.proxy.wire.HeadLimits;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one request at a time from a client's connection and tells it on to {@link Request}: heads through
 * {@link RequestHeads}, bodies followed in place. Bytes of a next request wait, bounded, until {@link #next()}.
 *
 * <p>Place: the last handler of the downstream pipeline. Event loop only. Owns every buffer it reads until it hands it
 * to {@link Request#piece}.
 */
public final class RequestReader extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);

    private final Settings.Downstream settings;
    private final Exchanges exchanges;
    private final HeadLimits limits;
    private final RequestHeads heads;
    private final Pipelined pipelined = new Pipelined();

    private @Nullable Connection connection;
    private @Nullable Request current;
    private BodyFollower body = BodyFollower.none();
    private boolean keepAlive = true;
    private boolean draining;
    private boolean inputShut;

    public RequestReader(Settings.Downstream settings, Exchanges exchanges) {
        this.settings = settings;
        this.exchanges = exchanges;
        limits = new HeadLimits(settings.requestLineBytesMax(), settings.headerBytesMax(), settings.headerFieldsMax());
        heads = new RequestHeads(limits);
    }

    /** The client's connection. */
    public Channel channel() {
        return connection().channel;
    }

    /** Whether the connection will serve another request after this one. */
    public boolean staysOpen() {
        return keepAlive && !draining && (!inputShut || pipelined.waiting());
    }

    /** Calls {@link Request#late} unless this is called again within {@code silence}. */
    public void expect(Duration silence) {
        connection().expect(silence);
    }

    /** The exchange is over, its response flushed: the next request may come. */
    public void next() {
        Connection here = connection();
        current = null;
        if (!staysOpen()) {
            end(Ending.CLOSE);
            return;
        }
        here.idle();
        ByteBuf waiting = pipelined.take();
        if (waiting != null) {
            take(waiting);
            readComplete();
        }
        if (current == null && inputShut) {
            end(Ending.CLOSE);
        } else if (!pipelined.waiting()) {
            here.channel.config().setAutoRead(true);
        }
    }

    /** The connection ends, once what was written is flushed; whatever still comes is discarded. */
    public void end(Ending ending) {
        current = null;
        pipelined.discard();
        connection().end(ending);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection = new Connection(context.channel(), new HeadGatherer(context.alloc(), limits), settings, this::late);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection().idle();
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf in) || connection().ending) {
            ReferenceCountUtil.release(message);
        } else if (pipelined.waiting()) {
            hold(in);
        } else {
            take(in);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Request request = current;
        if (request != null && context.channel().isWritable()) {
            request.writable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputShut();
        } else if (event == Drain.BEGIN) {
            draining = true;
            if (current == null) {
                end(Ending.CLOSE);
            }
        } else if (event == Drain.END) {
            Request request = current;
            if (request == null) {
                context.close();
            } else {
                request.shutdown();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("A client's connection failed: {}", String.valueOf(cause));
        } else {
            LOG.error("A client's connection is closed because of a fault of this program", cause);
        }
        gone(cause);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection().closed();
        pipelined.discard();
        gone(null);
    }

    private Connection connection() {
        Connection here = connection;
        if (here == null) {
            throw new IllegalStateException("the reader is not in a pipeline");
        }
        return here;
    }

    private void take(ByteBuf in) {
        try {
            boolean more = true;
            while (more && in.isReadable()) {
                more = connection().ending ? false : step(in);
            }
        } catch (HttpFault fault) {
            fault(fault);
        } finally {
            in.release();
        }
    }

    /** Takes the next part of what came; false where nothing can be done with the rest. */
    private boolean step(ByteBuf in) {
        Request request = current;
        if (request == null) {
            return head(in);
        }
        if (body.ended()) {
            hold(in.retain());
            return false;
        }
        return body(request, in);
    }

    private boolean head(ByteBuf in) {
        Connection here = connection();
        ByteBuf head = here.gatherer.gather(in);
        if (head == null) {
            here.headBegun();
            return false;
        }
        try {
            begin(heads.parse(head));
        } finally {
            head.release();
        }
        return true;
    }

    private void begin(RequestHead head) {
        connection().busy();
        keepAlive = head.keepAlive();
        body = head.contentLength() == RequestHead.CHUNKED
                ? BodyFollower.chunked(settings.bodyBytesMax(), Extensions.REFUSED)
                : BodyFollower.ofLength(head.contentLength());
        Request request = exchanges.begin(this, head);
        if (connection().ending) {
            return;
        }
        current = request;
        if (body.ended()) {
            request.end();
        }
    }

    private boolean body(Request request, ByteBuf in) {
        int length = body.follow(in, request.sink());
        boolean whole = length == in.readableBytes();
        if (length > 0) {
            request.piece(whole ? in.retain() : in.readRetainedSlice(length));
        }
        if (!whole) {
            body.skipTrailer(in);
        }
        if (body.ended() && current == request) {
            request.end();
        }
        return !whole;
    }

    private void hold(ByteBuf in) {
        pipelined.add(in);
        if (pipelined.bytes() > limits.headerBytes()) {
            channel().config().setAutoRead(false);
        }
    }

    private void readComplete() {
        Request request = current;
        if (request != null) {
            request.readComplete();
        }
    }

    private void fault(HttpFault fault) {
        Request request = current;
        if (request != null) {
            request.fault(fault);
            return;
        }
        LOG.debug("Refused a request head with {}: {}", fault.status(), fault.message());
        channel().write(ErrorResponse.encode(channel().alloc(), fault, "", false));
        end(Ending.LINGER);
    }

    private void late() {
        Request request = current;
        if (request != null) {
            request.late();
            return;
        }
        if (connection().stillSending()) {
            return;
        }
        if (connection().ending || !connection().gatherer.begun()) {
            channel().close();
            return;
        }
        fault(new HttpFault(
                408,
                "invalid_request_error",
                "The request head was not whole within "
                        + settings.headerTimeout().toMillis() + " ms."));
    }

    private void inputShut() {
        inputShut = true;
        Request request = current;
        if (connection().ending || request == null) {
            channel().close();
        } else if (!body.ended()) {
            gone(null);
            channel().close();
        }
    }

    private void gone(@Nullable Throwable cause) {
        Request request = current;
        if (request != null) {
            current = null;
            request.gone(cause);
        }
    }
}
