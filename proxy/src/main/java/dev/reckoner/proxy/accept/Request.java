package dev.reckoner.proxy.accept;

import dev.reckoner.proxy.wire.BodySink;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The request in hand, as its reader tells it on: the seam between accepting and forwarding. On the event loop. */
public interface Request {

    /** Who sees the body's data, in step with {@link #piece}. */
    BodySink sink();

    /** Takes over the next bytes of the body with their framing, to be sent on as they are. */
    void piece(ByteBuf piece);

    /** The connection has nothing more to read for now. */
    void readComplete();

    /** The body is whole. */
    void end();

    /** The rest of the request is broken, too large or too slow: answer if possible, no more of it will come. */
    void fault(HttpFault fault);

    /** The time asked for by {@link RequestReader#expect} has passed without a sign of life. */
    void late();

    /** The client is gone. */
    void gone(@Nullable Throwable cause);

    /** The client's connection takes bytes again. */
    void writable();

    /** The drain time of a shutdown has passed: end now. */
    void shutdown();
}
