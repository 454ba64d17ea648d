package dev.reckoner.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder used as a library: one whole head at a time, without a pipeline.
 *
 * <p>One per connection, confined to its event loop.
 */
public final class HeadDecoder<M extends HttpMessage> {

    private final Class<M> kind;
    private final Codec codec;
    private final List<Object> decoded = new ArrayList<>(2);

    private HeadDecoder(Class<M> kind, Codec codec) {
        this.kind = kind;
        this.codec = codec;
    }

    /** A decoder of request heads. */
    public static HeadDecoder<HttpRequest> ofRequests(HeadLimits limits) {
        return new HeadDecoder<>(HttpRequest.class, new Requests(config(limits)));
    }

    /** A decoder of response heads. */
    public static HeadDecoder<HttpResponse> ofResponses(HeadLimits limits) {
        return new HeadDecoder<>(HttpResponse.class, new Responses(config(limits)));
    }

    /** The head, or null where the codec doesn't take it. The buffer stays the caller's. */
    public @Nullable M decode(ByteBuf head) {
        try {
            codec.decodeHead(head, decoded);
            boolean whole = !decoded.isEmpty()
                    && kind.isInstance(decoded.get(0))
                    && kind.cast(decoded.get(0)).decoderResult().isSuccess();
            return whole ? kind.cast(decoded.get(0)) : null;
        } catch (Exception e) {
            return null; // the caller says what is wrong with the head, in words for its side
        } finally {
            decoded.forEach(ReferenceCountUtil::release);
            decoded.clear();
            codec.reset();
        }
    }

    private static HttpDecoderConfig config(HeadLimits limits) {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.firstLineBytes() + 2)
                .setMaxHeaderSize(limits.headerBytes() + 2)
                .setValidateHeaders(true)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true);
    }

    /** A codec opened for one head at a time. */
    private interface Codec {

        void decodeHead(ByteBuf head, List<Object> out) throws Exception;

        void reset();
    }

    private static final class Requests extends HttpRequestDecoder implements Codec {

        Requests(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        public void decodeHead(ByteBuf head, List<Object> out) throws Exception {
            decode(null, head, out);
        }
    }

    private static final class Responses extends HttpResponseDecoder implements Codec {

        Responses(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        public void decodeHead(ByteBuf head, List<Object> out) throws Exception {
            decode(null, head, out);
        }
    }
}
