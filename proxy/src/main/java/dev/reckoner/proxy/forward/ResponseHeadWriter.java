package dev.reckoner.proxy.forward;

import dev.reckoner.proxy.wire.HeadWriter;
import dev.reckoner.proxy.wire.HopByHop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.util.Iterator;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Writes the head that goes to the client: the upstream's own, names and order kept, but for the hop-by-hop fields (P1).
 * Stateless, event loop.
 */
final class ResponseHeadWriter {

    private ResponseHeadWriter() {}

    /**
     * Writes the head.
     *
     * @param added fields of ours, left out where the upstream sent one of that name
     * @param closing whether the connection closes after this response
     * @return the head, owned by the caller
     */
    static ByteBuf write(ByteBufAllocator allocator, ResponseHead head, Map<String, String> added, boolean closing) {
        ByteBuf out = allocator.ioBuffer(1024);
        HeadWriter.text(out, "HTTP/1.1 ");
        HeadWriter.text(out, Integer.toString(head.status()));
        HeadWriter.text(out, head.reason());
        HeadWriter.lineEnd(out);
        HopByHop hopByHop = HopByHop.of(head.headers());
        Iterator<Entry<CharSequence, CharSequence>> fields = head.headers().iteratorCharSequence();
        while (fields.hasNext()) {
            Entry<CharSequence, CharSequence> field = fields.next();
            if (HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(field.getKey())) {
                HeadWriter.field(out, field.getKey(), HttpHeaderValues.CHUNKED);
            } else if (!hopByHop.holds(field.getKey())) {
                HeadWriter.field(out, field.getKey(), field.getValue());
            }
        }
        added.forEach((name, value) -> {
            if (!head.headers().contains(name)) {
                HeadWriter.field(out, name, value);
            }
        });
        if (closing) {
            HeadWriter.field(out, "Connection", "close");
        }
        HeadWriter.lineEnd(out);
        return out;
    }
}
