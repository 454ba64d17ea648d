package dev.reckoner.proxy.accept;

import dev.reckoner.proxy.wire.HttpFault;
import java.nio.charset.StandardCharsets;

/**
 * The first line of a request, checked on its raw bytes: an upper-case method, one space, a target in origin form, one
 * space, {@code HTTP/1.1}, CRLF (RFC 9112 §3). Other target forms belong to proxies that choose their origin by the
 * request, which this one must not. Stateless, any thread.
 */
final class RequestLine {

    private static final byte[] VERSION = "HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int METHOD_BYTES_MAX = 32;

    private RequestLine() {}

    /**
     * Checks the line.
     *
     * @return the index behind its line end
     * @throws HttpFault where it is not valid
     */
    static int check(byte[] head) {
        int target = endOfMethod(head) + 1;
        int version = endOfTarget(head, target) + 1;
        checkVersion(head, version);
        return version + VERSION.length;
    }

    private static int endOfMethod(byte[] head) {
        int i = 0;
        while (head[i] >= 'A' && head[i] <= 'Z') {
            i++;
        }
        if (i == 0 || i > METHOD_BYTES_MAX || head[i] != ' ') {
            throw HttpFault.malformed("The request line must begin with an upper-case method and one space.");
        }
        return i;
    }

    private static int endOfTarget(byte[] head, int start) {
        if (head[start] != '/') {
            throw HttpFault.malformed("The request target must begin with a slash: this proxy serves one origin only.");
        }
        int i = start;
        while (head[i] > ' ' && head[i] < 0x7f && head[i] != '#') {
            i++;
        }
        if (head[i] != ' ') {
            throw HttpFault.malformed(
                    "The request target must be followed by one space and the version, and may hold visible ASCII"
                            + " characters only, without a fragment.");
        }
        return i;
    }

    private static void checkVersion(byte[] head, int start) {
        int minor = VERSION.length - 3;
        for (int i = 0; i < VERSION.length; i++) {
            if (head[start + i] == VERSION[i]) {
                continue;
            }
            boolean known = i == minor || i == minor - 2;
            if (known && head[start + i] >= '0' && head[start + i] <= '9') {
                throw new HttpFault(505, "invalid_request_error", "The request's version must be HTTP/1.1.");
            }
            throw HttpFault.malformed("The request line must end with HTTP/1.1.");
        }
    }
}
