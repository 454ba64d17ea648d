package dev.reckoner.proxy.tap;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The content coding of a body (RFC 9110 §8.4.1).
 *
 * @param kind whether and how a copy can be decoded
 * @param name as the header says it
 */
record ContentCoding(Kind kind, String name) {

    private static final int NAME_CHARS_MAX = 40;

    /** What can be done about a coding. */
    enum Kind {
        IDENTITY,
        GZIP,
        DEFLATE,
        UNREADABLE
    }

    /** The coding that a head declares; more than one on top of each other is not readable. */
    static ContentCoding of(HttpHeaders headers) {
        List<String> codings = new ArrayList<>(1);
        for (String value : headers.getAll(HttpHeaderNames.CONTENT_ENCODING)) {
            for (String token : value.split(",", -1)) {
                String coding = token.strip().toLowerCase(Locale.ROOT);
                if (!coding.isEmpty() && !coding.equals("identity")) {
                    codings.add(coding);
                }
            }
        }
        if (codings.isEmpty()) {
            return new ContentCoding(Kind.IDENTITY, "identity");
        }
        String name = String.join(", ", codings);
        Kind kind = switch (name) {
            case "gzip", "x-gzip" -> Kind.GZIP;
            case "deflate" -> Kind.DEFLATE;
            default -> Kind.UNREADABLE;
        };
        return new ContentCoding(kind, name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX));
    }
}
