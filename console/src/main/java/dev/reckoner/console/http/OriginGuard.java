package dev.reckoner.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reckoner.console.access.Access;
import dev.reckoner.console.access.Access.Known;
import dev.reckoner.console.access.Access.Proof;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * Lets through only what no page elsewhere can have asked a browser for. Such a request carries an Origin (Fetch §3.1) that
 * isn't this console's, or a Sec-Fetch-Site (Fetch Metadata §2.3) that says so, can't have a JSON content type without
 * asking first, which is never granted, and can't know the token that this console gave its own pages.
 */
final class OriginGuard {
    private static final String SITE = "sec-fetch-site";

    private OriginGuard() {}

    /**
     * Checks a reading: pages elsewhere may link to this console, but load nothing from it.
     *
     * @throws Problem where the request may come from elsewhere
     */
    static void checkReading(HttpHeaders headers) {
        String site = headers.get(SITE, "none");
        boolean link = headers.get("sec-fetch-mode", "").equals("navigate")
                && headers.get("sec-fetch-dest", "").equals("document");
        if (!site.equals("same-origin") && !site.equals("none") && !link) {
            throw Problem.forbidden("Sec-Fetch-Site: found another than same-origin; nothing is shown to other pages");
        }
    }

    /**
     * Checks the fields of a change whose Host has been checked.
     *
     * @param simple whether a browser would send its method without asking first; others need no content type
     * @throws Problem where the request may come from elsewhere
     */
    static void checkChange(HttpHeaders headers, boolean simple) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !own(origin, headers.get(HttpHeaderNames.HOST))) {
            throw Problem.forbidden(
                    "Origin: found another than this console's own; changes are not taken from elsewhere");
        }
        String site = headers.get(SITE);
        if (site != null && !site.equals("same-origin")) {
            throw Problem.forbidden("Sec-Fetch-Site: found another than same-origin, expected it or none at all");
        }
        CharSequence type = HttpUtil.getMimeType(headers.get(HttpHeaderNames.CONTENT_TYPE, ""));
        if (simple && (type == null || !HttpHeaderValues.APPLICATION_JSON.contentEqualsIgnoreCase(type))) {
            throw Problem.of(415, "Content-Type: expected application/json for a change");
        }
    }

    /**
     * Checks that a browser's change carries the token of its page. Programs need none: they send no Origin, and what they
     * show no browser sends by itself.
     *
     * @throws Problem where it doesn't
     */
    static void checkToken(HttpHeaders headers, Known known) {
        boolean browser = headers.contains(HttpHeaderNames.ORIGIN) || headers.contains(SITE);
        if (known.proof() == Proof.TOKEN || (known.proof() == Proof.NONE && !browser)) {
            return;
        }
        byte[] found = headers.get(Access.CSRF_FIELD, "").getBytes(UTF_8);
        if (!MessageDigest.isEqual(found, known.caller().csrf().getBytes(UTF_8))) {
            throw Problem.forbidden(Access.CSRF_FIELD
                    + ": expected what /reckoner/v1/session says in a change from a browser; load the page again");
        }
    }

    /** A proxy that speaks TLS may stand before this console, so that the scheme isn't looked at. */
    private static boolean own(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String own = host.toLowerCase(Locale.ROOT);
        return lower.equals("http://" + own) || lower.equals("https://" + own);
    }
}
