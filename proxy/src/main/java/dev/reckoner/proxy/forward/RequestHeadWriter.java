package dev.reckoner.proxy.forward;

import dev.reckoner.proxy.accept.RequestHead;
import dev.reckoner.proxy.attribute.OwnFields;
import dev.reckoner.proxy.attribute.UpstreamCredential;
import dev.reckoner.proxy.wire.HeadWriter;
import dev.reckoner.proxy.wire.HopByHop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head that goes upstream: the client's own, names and order kept, but for the hop-by-hop fields, {@code
 * Host}, fields about attribution, the credential of a virtual key, and {@code Accept-Encoding} where a copy of the response is read (P1). Stateless, event
 * loop.
 */
final class RequestHeadWriter {

    private static final AsciiString WORKSPACE = AsciiString.cached("anthropic-workspace-id");

    private final Origin origin;

    RequestHeadWriter(Origin origin) {
        this.origin = origin;
    }

    /**
     * Writes the head.
     *
     * @param read whether a copy of the response will be read
     * @param held whether the client was already told to go on and the body has been held since
     * @return the head, owned by the caller
     */
    ByteBuf write(ByteBufAllocator allocator, Routed routed, boolean read, boolean held) {
        RequestHead head = routed.head();
        UpstreamCredential credential = routed.pass().credential();
        ByteBuf out = allocator.ioBuffer(1024);
        HeadWriter.text(out, head.method());
        out.writeByte(' ');
        HeadWriter.text(out, origin.pathPrefix());
        HeadWriter.text(out, routed.match().target());
        HeadWriter.text(out, " HTTP/1.1\r\n");
        HopByHop hopByHop = HopByHop.of(head.headers());
        List<String> encodings = read ? AcceptEncoding.readable(head.headers()) : List.of();
        Iterator<String> readable = encodings.iterator();
        Iterator<Entry<CharSequence, CharSequence>> fields = head.headers().iteratorCharSequence();
        while (fields.hasNext()) {
            Entry<CharSequence, CharSequence> field = fields.next();
            boolean done = held && HttpHeaderNames.EXPECT.contentEqualsIgnoreCase(field.getKey());
            if (!done && !replaced(field.getKey(), credential)) {
                field(out, field.getKey(), field.getValue(), hopByHop, readable);
            }
        }
        if (credential != null) {
            credential(out, credential);
        }
        HeadWriter.lineEnd(out);
        return out;
    }

    /** Whether ours goes in the place of a field, so that the client's goes nowhere. */
    private static boolean replaced(CharSequence name, @Nullable UpstreamCredential credential) {
        return credential != null
                && (OwnFields.holdsCredential(name)
                        || (credential.workspace() != null && WORKSPACE.contentEqualsIgnoreCase(name)));
    }

    private static void credential(ByteBuf out, UpstreamCredential credential) {
        HeadWriter.field(out, credential.field(), credential.value());
        if (credential.workspace() != null) {
            HeadWriter.field(out, WORKSPACE, credential.workspace());
        }
    }

    private void field(
            ByteBuf out, CharSequence name, CharSequence value, HopByHop hopByHop, Iterator<String> readable) {
        if (HttpHeaderNames.HOST.contentEqualsIgnoreCase(name)) {
            HeadWriter.field(out, name, origin.hostField());
        } else if (HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)) {
            HeadWriter.field(out, name, HttpHeaderValues.CHUNKED);
        } else if (hopByHop.holds(name) || OwnFields.holds(name)) {
            return;
        } else if (readable.hasNext() && HttpHeaderNames.ACCEPT_ENCODING.contentEqualsIgnoreCase(name)) {
            acceptEncoding(out, name, readable.next());
        } else {
            HeadWriter.field(out, name, value);
        }
    }

    private static void acceptEncoding(ByteBuf out, CharSequence name, String readable) {
        if (!readable.isEmpty()) {
            HeadWriter.field(out, name, readable);
        }
    }
}
