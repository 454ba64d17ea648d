package dev.reckoner.proxy.accept;

import dev.reckoner.proxy.wire.HeadDecoder;
import dev.reckoner.proxy.wire.HeadGrammar;
import dev.reckoner.proxy.wire.HeadLimits;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Parses one whole request head at a time: our grammar on the raw bytes first, then Netty's decoder used as a library,
 * then {@link RequestRules}. What passes was understood the same way by both readers.
 *
 * <p>One per connection, confined to its event loop.
 */
final class RequestHeads {

    private final HeadDecoder<HttpRequest> decoder;

    RequestHeads(HeadLimits limits) {
        decoder = HeadDecoder.ofRequests(limits);
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
        HttpRequest request = decoder.decode(head);
        if (request == null) {
            throw HttpFault.malformed("The request head is not valid HTTP/1.1.");
        }
        return request;
    }
}
