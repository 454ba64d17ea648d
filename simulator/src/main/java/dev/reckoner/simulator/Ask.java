package dev.reckoner.simulator;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request as received, its body whole and still encoded as it came.
 *
 * @param ordinal the number of the request since the start, from 1
 * @param receivedAt when it was whole
 * @param path without the query
 * @param query what follows the question mark, empty where nothing does
 * @param chunks whether the client understands chunked framing (HTTP/1.1)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Ask(
        long ordinal,
        Instant receivedAt,
        String requestId,
        String method,
        String path,
        String query,
        HttpHeaders headers,
        byte[] body,
        boolean chunks,
        boolean keepAlive) {

    /** The API key from either header, null for none (api-facts §2.2). */
    @Nullable
    String credential() {
        String key = headers.get("x-api-key");
        if (key != null) {
            return key.strip();
        }
        String authorization = headers.get("authorization");
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return null;
        }
        return authorization.substring("bearer ".length()).strip();
    }

    /** The beta features asked for. */
    Set<String> betas() {
        Set<String> betas = new HashSet<>();
        for (String name : String.join(",", headers.getAll("anthropic-beta")).split(",", -1)) {
            betas.add(name.strip());
        }
        return betas;
    }

    /** The API version asked for. */
    String version() {
        String version = headers.get("anthropic-version");
        if (version == null) {
            throw Problem.invalid("anthropic-version: header is required");
        }
        return version;
    }

    boolean acceptsGzip() {
        for (String part : String.join(",", headers.getAll("accept-encoding")).split(",", -1)) {
            String coding = part.strip().toLowerCase(Locale.ROOT).replace(" ", "");
            if (coding.equals("gzip") || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?"))) {
                return true;
            }
        }
        return false;
    }

    boolean head() {
        return method.equals("HEAD");
    }
}
