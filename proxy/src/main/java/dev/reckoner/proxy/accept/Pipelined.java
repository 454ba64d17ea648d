package dev.reckoner.proxy.accept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Bytes of a next request that came before the exchange in flight was over. Event loop only; owns what it holds. */
final class Pipelined {

    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(0);
    private int bytes;

    void add(ByteBuf piece) {
        bytes += piece.readableBytes();
        pieces.add(piece);
    }

    boolean waiting() {
        return bytes > 0;
    }

    int bytes() {
        return bytes;
    }

    /** Everything that waits, owned by the caller, or null where nothing does. */
    @Nullable
    ByteBuf take() {
        if (pieces.isEmpty()) {
            return null;
        }
        ByteBuf all = pieces.size() == 1 ? pieces.remove() : Unpooled.wrappedBuffer(pieces.toArray(ByteBuf[]::new));
        pieces.clear();
        bytes = 0;
        return all;
    }

    void discard() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
        bytes = 0;
    }
}
