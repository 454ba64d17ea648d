package dev.reckoner.proxy.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A peer's breach of HTTP/1.1 or of a limit, with the answer it gets in the vendor's error form. Quiet: hostile input
 * must not buy stack traces.
 */
public final class HttpFault extends RuntimeException {

    private final int status;
    private final String type;
    private final Map<String, String> fields;

    /**
     * An answer with status and {@code error.type} (api-facts §2.4).
     *
     * @param message what was found, what was expected; nothing private
     */
    public HttpFault(int status, String type, String message) {
        this(status, type, message, Map.of());
    }

    /**
     * The same, with header fields of its own.
     *
     * @param fields names to values, in their order
     */
    public HttpFault(int status, String type, String message, Map<String, String> fields) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A request that is not valid HTTP/1.1. */
    public static HttpFault malformed(String message) {
        return new HttpFault(400, "invalid_request_error", message);
    }

    /** A request that is larger than a limit. */
    public static HttpFault tooLarge(int status, String message) {
        return new HttpFault(status, "request_too_large", message);
    }

    /** Status of the answer. */
    public int status() {
        return status;
    }

    /** The vendor's {@code error.type} of the answer. */
    public String type() {
        return type;
    }

    /** Header fields that the answer has beside the usual ones. */
    public Map<String, String> fields() {
        return fields;
    }

    /** The sentence of the answer. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
