package dev.reckoner.console.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;

/**
 * Lets through only changes that no page elsewhere can have asked a browser for. Such a request carries an Origin (Fetch
 * §3.1) that isn't this console's, or a Sec-Fetch-Site that says so, and can't have a JSON content type without asking
 * first, which is never granted.
 */
final class ChangeGuard {
    private static final String ORIGIN_SCHEME = "http://";

    private ChangeGuard() {}

    /**
     * Checks the fields of a request whose Host has been checked.
     *
     * @param simple whether a browser would send its method without asking first; others need no content type
     * @throws Problem where the request may come from elsewhere
     */
    static void check(HttpHeaders headers, boolean simple) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !origin.equalsIgnoreCase(ORIGIN_SCHEME + headers.get(HttpHeaderNames.HOST))) {
            throw Problem.of(
                    403, "Origin: found another than this console's own; changes are not taken from elsewhere");
        }
        String site = headers.get("sec-fetch-site");
        if (site != null && !site.equals("same-origin")) {
            throw Problem.of(403, "Sec-Fetch-Site: found another than same-origin, expected it or none at all");
        }
        CharSequence type = HttpUtil.getMimeType(headers.get(HttpHeaderNames.CONTENT_TYPE, ""));
        if (simple && (type == null || !HttpHeaderValues.APPLICATION_JSON.contentEqualsIgnoreCase(type))) {
            throw Problem.of(415, "Content-Type: expected application/json for a change");
        }
    }
}
