package dev.reckoner.proxy.wire;

import io.netty.buffer.ByteBuf;

/** Who sees the data of a body as it passes, without its framing. Never retains a buffer, never moves its indices. */
@FunctionalInterface
public interface BodySink {

    /** Sees nothing. */
    BodySink NONE = (buffer, index, length) -> {};

    /** Sees {@code length} bytes of data at the absolute {@code index}. */
    void body(ByteBuf buffer, int index, int length);
}
