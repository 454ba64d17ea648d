package dev.reckoner.proxy.attribute;

import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.keys.VirtualKey;
import dev.reckoner.ledger.keys.VirtualKeys;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the credential of a request, which older clients send as {@code x-api-key} and newer ones as bearer token
 * (api-facts §2.2), and what it opens. A virtual key goes before anything else, wherever it stands: what came beside it
 * must not reach the upstream. Of the vendor's, where both fields came and differ, an API key goes before anything else,
 * and else {@code x-api-key} before {@code Authorization}.
 *
 * <p>A virtual key is found by its keyed hash: how long that takes tells nothing about a key to someone without the
 * ledger's secret.
 */
final class Credentials {

    static final AsciiString API_KEY = AsciiString.cached("x-api-key");

    /** The field in which clients of another gateway send its virtual keys. */
    static final AsciiString VIRTUAL_KEY = AsciiString.cached("x-bf-vk");

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final List<AsciiString> PLACES = List.of(API_KEY, HttpHeaderNames.AUTHORIZATION, VIRTUAL_KEY);
    private static final String NOT_AUTHENTIC = "authentication_error";

    private final KeyHasher hasher;
    private final VirtualKeys virtualKeys;
    private final UpstreamCredentials upstream;
    private final Clock clock;
    private final Set<String> missed = ConcurrentHashMap.newKeySet();

    Credentials(Identities identities, Clock clock) {
        this.hasher = identities.hasher();
        this.virtualKeys = identities.virtualKeys();
        this.upstream = identities.credentials();
        this.clock = clock;
    }

    Pass pass(HttpHeaders headers) {
        Set<String> ours = ours(headers);
        if (ours.isEmpty()) {
            return Pass.through(reference(headers));
        }
        KeyRef key = hasher.reference(ours.iterator().next());
        if (ours.size() > 1) {
            return Pass.refused(key, null, fault("The request has several virtual keys, expected one."));
        }
        VirtualKey found = virtualKeys.find(key.hash());
        if (found == null) {
            return Pass.refused(key, null, fault("Invalid virtual key: Reckoner knows no such key."));
        }
        return switch (found.state(key.hash(), clock.instant())) {
            case VALID -> served(key, found);
            case EXPIRED -> Pass.refused(key, found, fault("The virtual key " + found.id() + " has expired."));
            case REVOKED -> Pass.refused(key, found, fault("The virtual key " + found.id() + " was revoked."));
        };
    }

    private Pass served(KeyRef key, VirtualKey found) {
        UpstreamCredential credential = upstream.find(found.credential());
        if (credential != null) {
            return Pass.with(found, credential);
        }
        if (missed.add(found.credential())) {
            LOG.warn(
                    "virtual keys are served with the credential {}, which isn't there: see the setting credentials",
                    found.credential());
        }
        return Pass.refused(
                key,
                found,
                new HttpFault(
                        503,
                        "api_error",
                        "Reckoner has no upstream credential " + found.credential() + " to serve the virtual key "
                                + found.id() + " with.",
                        Map.of("x-should-retry", "false")));
    }

    private static HttpFault fault(String message) {
        return new HttpFault(401, NOT_AUTHENTIC, message);
    }

    /** Every virtual key in any of the places where one may stand, however often and in whatever company. */
    private static Set<String> ours(HttpHeaders headers) {
        Set<String> ours = Set.of();
        for (AsciiString place : PLACES) {
            for (String field : headers.getAll(place)) {
                if (field.contains(VirtualKeys.PREFIX)) {
                    ours = withOurs(ours, field);
                }
            }
        }
        return ours;
    }

    private static Set<String> withOurs(Set<String> before, String field) {
        Set<String> ours = new LinkedHashSet<>(before);
        for (String part : field.split("[\\s,]+", -1)) {
            if (part.startsWith(VirtualKeys.PREFIX)) {
                ours.add(part);
            }
        }
        return ours;
    }

    private KeyRef reference(HttpHeaders headers) {
        String apiKey = headers.get(API_KEY, "").strip();
        String token = token(headers.get(HttpHeaderNames.AUTHORIZATION));
        KeyRef first = hasher.reference(apiKey.isEmpty() ? token : apiKey);
        if (first.kind() == KeyRef.Kind.API_KEY || apiKey.isEmpty() || apiKey.equals(token)) {
            return first;
        }
        KeyRef second = hasher.reference(token);
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
