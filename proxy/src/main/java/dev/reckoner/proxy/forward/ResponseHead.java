package dev.reckoner.proxy.forward;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A response head that was parsed and found valid.
 *
 * @param status three digits
 * @param reason the rest of the status line as it came, with its leading space
 * @param headers all fields, names and order as they came
 * @param contentLength bytes of the body, {@link #CHUNKED}, or {@link #UNTIL_CLOSE}
 * @param reusable whether the upstream would take another request on this connection
 */
record ResponseHead(int status, String reason, HttpHeaders headers, long contentLength, boolean reusable) {

    /** Content length of a chunked body. */
    static final long CHUNKED = -1;

    /** Content length of a body that ends with the connection. */
    static final long UNTIL_CLOSE = -2;

    /** Whether another head follows this one. */
    boolean interim() {
        return status < 200;
    }
}
