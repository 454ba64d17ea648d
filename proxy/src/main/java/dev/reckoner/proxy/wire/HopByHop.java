package dev.reckoner.proxy.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;

/**
 * What a head says about its own connection and what therefore goes no further (RFC 9110 §7.6.1). Immutable, any
 * thread.
 */
public final class HopByHop {

    private static final List<AsciiString> ALWAYS = List.of(
            HttpHeaderNames.CONNECTION,
            AsciiString.cached("keep-alive"),
            HttpHeaderNames.TE,
            HttpHeaderNames.TRAILER,
            HttpHeaderNames.UPGRADE,
            HttpHeaderNames.TRANSFER_ENCODING);

    private static final String PROXY_PREFIX = "proxy-";

    private final List<String> options;

    private HopByHop(List<String> options) {
        this.options = options;
    }

    /** The hop-by-hop fields of these headers. */
    public static HopByHop of(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.CONNECTION)) {
            return new HopByHop(List.of());
        }
        List<String> options = new ArrayList<>(2);
        for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            addAll(options, value);
        }
        return new HopByHop(options);
    }

    /** Whether the Connection field names this option. */
    public boolean names(CharSequence option) {
        for (String named : options) {
            if (AsciiString.contentEqualsIgnoreCase(named, option)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this field goes no further. */
    public boolean holds(CharSequence name) {
        for (AsciiString hop : ALWAYS) {
            if (hop.contentEqualsIgnoreCase(name)) {
                return true;
            }
        }
        return AsciiString.regionMatches(name, true, 0, PROXY_PREFIX, 0, PROXY_PREFIX.length()) || names(name);
    }

    private static void addAll(List<String> options, String value) {
        int start = 0;
        while (start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            String option = value.substring(start, end).strip();
            if (!option.isEmpty()) {
                options.add(option);
            }
            start = end + 1;
        }
    }
}
