package dev.reckoner.proxy.accept;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request head that was parsed and found valid.
 *
 * @param target the request target as it came, origin form
 * @param headers all fields, names and order as they came
 * @param contentLength bytes of the body, or {@link #CHUNKED}
 * @param keepAlive whether the client would send another request on this connection
 * @param expectsContinue whether the client waits for 100 before it sends the body
 */
public record RequestHead(
        String method,
        String target,
        HttpHeaders headers,
        long contentLength,
        boolean keepAlive,
        boolean expectsContinue) {

    /** Content length of a chunked body. */
    public static final long CHUNKED = -1;

    /** Whether no body byte follows. */
    public boolean withoutBody() {
        return contentLength == 0;
    }
}
