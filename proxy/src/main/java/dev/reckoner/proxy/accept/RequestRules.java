package dev.reckoner.proxy.accept;

import dev.reckoner.proxy.wire.HopByHop;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Set;

/**
 * What a parsed request head must hold beyond the codec's own checks, so that no two readers of it can differ in where
 * it goes or where it ends (RFC 9112 §3.2, §6.1, §6.3). Stateless, any thread.
 */
final class RequestRules {

    /** Fields that a Connection option must not take away: who pays, and where the request ends. */
    private static final List<String> NEVER_HOP_BY_HOP = List.of(
            "authorization",
            "x-api-key",
            "anthropic-version",
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "expect");

    /** Methods with a meaning between client and proxy only. */
    private static final Set<String> METHODS_REFUSED = Set.of("CONNECT", "TRACE");

    private static final int LENGTH_DIGITS_MAX = 18;

    private RequestRules() {}

    /**
     * Checks a head that the codec has parsed.
     *
     * @throws HttpFault where it breaks a rule
     */
    static RequestHead check(HttpRequest request) {
        HttpHeaders headers = request.headers();
        checkMethod(request.method().name());
        checkHost(headers.getAll(HttpHeaderNames.HOST));
        HopByHop hopByHop = HopByHop.of(headers);
        checkConnection(hopByHop);
        checkUpgrade(headers);
        return new RequestHead(
                request.method().name(),
                request.uri(),
                headers,
                contentLength(headers),
                !hopByHop.names("close"),
                expectsContinue(headers));
    }

    private static void checkMethod(String method) {
        if (METHODS_REFUSED.contains(method)) {
            throw new HttpFault(405, "invalid_request_error", "The method " + method + " is not served.");
        }
    }

    private static void checkHost(List<String> hosts) {
        if (hosts.size() != 1) {
            throw HttpFault.malformed("The request has " + hosts.size() + " Host fields; it must have one.");
        }
        String host = hosts.get(0);
        if (host.isEmpty()) {
            throw HttpFault.malformed("The request's Host field is empty.");
        }
        for (int i = 0; i < host.length(); i++) {
            if (!isHost(host.charAt(i))) {
                throw HttpFault.malformed("The request's Host field must hold a host and an optional port only.");
            }
        }
    }

    private static boolean isHost(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~:[]%".indexOf(c) >= 0;
    }

    private static void checkConnection(HopByHop hopByHop) {
        for (String name : NEVER_HOP_BY_HOP) {
            if (hopByHop.names(name)) {
                throw HttpFault.malformed("The Connection field names " + name + ", which must not be removed.");
            }
        }
    }

    /** Other upgrades may be ignored (RFC 9110 §7.8); a websocket client would wait for one that never comes. */
    private static void checkUpgrade(HttpHeaders headers) {
        if (headers.containsValue(HttpHeaderNames.UPGRADE, AsciiString.cached("websocket"), true)) {
            throw HttpFault.malformed("Upgrade to websocket is not served.");
        }
    }

    private static long contentLength(HttpHeaders headers) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (codings.isEmpty()) {
            return lengths.isEmpty() ? 0 : length(lengths);
        }
        if (!lengths.isEmpty()) {
            throw HttpFault.malformed("The request has both Content-Length and Transfer-Encoding.");
        }
        if (codings.size() != 1 || !"chunked".equalsIgnoreCase(codings.get(0))) {
            throw HttpFault.malformed("The request's Transfer-Encoding must be chunked and nothing else.");
        }
        return RequestHead.CHUNKED;
    }

    private static long length(List<String> lengths) {
        String length = lengths.get(0);
        boolean digits = !length.isEmpty() && length.length() <= LENGTH_DIGITS_MAX;
        for (int i = 0; i < length.length(); i++) {
            digits &= length.charAt(i) >= '0' && length.charAt(i) <= '9';
        }
        if (!digits || lengths.size() != 1) {
            throw HttpFault.malformed("The request's Content-Length must be one decimal number.");
        }
        return Long.parseLong(length);
    }

    private static boolean expectsContinue(HttpHeaders headers) {
        List<String> expectations = headers.getAll(HttpHeaderNames.EXPECT);
        if (expectations.isEmpty()) {
            return false;
        }
        if (expectations.size() != 1 || !"100-continue".equalsIgnoreCase(expectations.get(0))) {
            throw new HttpFault(417, "invalid_request_error", "The Expect field may only hold 100-continue.");
        }
        return true;
    }
}
