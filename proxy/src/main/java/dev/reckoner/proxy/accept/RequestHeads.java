package dev.reckoner.proxy.accept;

import dev.reckoner.proxy.wire.HeadGrammar;
import dev.reckoner.proxy.wire.HeadLimits;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses one whole request head at a time: our grammar on the raw bytes first, then Netty's decoder used as a library,
 * then {@link RequestRules}. What passes was understood the same way by both readers.
 *
 * <p>One per connection, confined to its event loop.
 */
final class RequestHeads {

    private final Decoder decoder;
    private final List<Object> decoded = new ArrayList<>(2);

    RequestHeads(HeadLimits limits) {
        decoder = new Decoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.firstLineBytes() + 2)
                .setMaxHeaderSize(limits.headerBytes() + 2)
                .setValidateHeaders(true)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
    }

    /**
     * Parses a head as {@link dev.reckoner.proxy.wire.HeadGatherer} gives it. The buffer stays the caller's.
     *
     * @throws HttpFault where the head is not valid
     */
    RequestHead parse(ByteBuf head) {
        byte[] bytes = ByteBufUtil.getBytes(head);
        HeadGrammar.checkFields(bytes, RequestLine.check(bytes));
        return RequestRules.check(decode(head));
    }

    private HttpRequest decode(ByteBuf head) {
        try {
            decoder.decodeHead(head, decoded);
            if (decoded.isEmpty()
                    || !(decoded.get(0) instanceof HttpRequest request)
                    || request.decoderResult().isFailure()) {
                throw HttpFault.malformed("The request head is not valid HTTP/1.1.");
            }
            return request;
        } finally {
            decoded.forEach(ReferenceCountUtil::release);
            decoded.clear();
            decoder.reset();
        }
    }

    /** Netty's decoder, opened for one head at a time. */
    private static final class Decoder extends HttpRequestDecoder {

        Decoder(HttpDecoderConfig config) {
            super(config);
        }

        void decodeHead(ByteBuf head, List<Object> out) {
            try {
                decode(null, head, out);
            } catch (Exception e) {
                throw HttpFault.malformed("The request head is not valid HTTP/1.1.");
            }
        }
    }
}
