package dev.reckoner.proxy.attribute;

import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.KeyRef;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential of a request, which older clients send as {@code x-api-key} and newer ones as bearer token
 * (api-facts §2.2). Where both came and differ, an API key goes before anything else, and else {@code x-api-key} before
 * {@code Authorization}. Only the reference leaves this class.
 */
final class Credentials {

    private static final AsciiString API_KEY = AsciiString.cached("x-api-key");

    private final KeyHasher keys;

    Credentials(KeyHasher keys) {
        this.keys = keys;
    }

    KeyRef reference(HttpHeaders headers) {
        String apiKey = headers.get(API_KEY, "").strip();
        String token = token(headers.get(HttpHeaderNames.AUTHORIZATION));
        KeyRef first = keys.reference(apiKey.isEmpty() ? token : apiKey);
        if (first.kind() == KeyRef.Kind.API_KEY || apiKey.isEmpty() || apiKey.equals(token)) {
            return first;
        }
        KeyRef second = keys.reference(token);
        return second.kind() == KeyRef.Kind.API_KEY ? second : first;
    }

    /** What follows the scheme, whichever it is; a field without one is taken whole. */
    private static String token(@Nullable String authorization) {
        if (authorization == null) {
            return "";
        }
        String field = authorization.strip();
        return field.substring(field.indexOf(' ') + 1).strip();
    }
}
