package dev.reckoner.proxy.forward;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.limit.Admission;
import dev.reckoner.proxy.accept.Exchanges;
import dev.reckoner.proxy.accept.Request;
import dev.reckoner.proxy.accept.RequestHead;
import dev.reckoner.proxy.accept.RequestReader;
import dev.reckoner.proxy.admit.HeldBodies;
import dev.reckoner.proxy.attribute.Draft;
import dev.reckoner.proxy.collect.BatchKeys;
import dev.reckoner.proxy.record.Exchange;
import dev.reckoner.proxy.record.Recorder;
import dev.reckoner.proxy.route.BadTargetException;
import dev.reckoner.proxy.route.RouteMatch;
import dev.reckoner.proxy.route.RouteMatcher;
import dev.reckoner.proxy.tap.RequestTap;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes each request from its route to its relay: who asks for what, and who hears about it. Immutable; on the event
 * loop of the request.
 */
public final class Forwarder implements Exchanges {

    private final ForwarderParts parts;
    private final RequestHeadWriter heads;
    private final HeldBodies heldBodies = HeldBodies.ofThisMachine();

    /** Forwards with those parts. */
    public Forwarder(ForwarderParts parts) {
        this.parts = parts;
        heads = new RequestHeadWriter(parts.upstreams().origin());
    }

    @Override
    public Request begin(RequestReader from, RequestHead head) {
        RouteMatch match = match(head);
        Draft draft = parts.attributor().draft(match, head.headers());
        RequestTap tap = match.route() == Route.MESSAGES
                ? RequestTap.of(head.headers(), settings().metering())
                : null;
        String betas = betas(head.headers());
        Instant startedAt = recorder().clock().instant();
        Exchange exchange = recorder()
                .begin(
                        from.channel().eventLoop(),
                        id -> new Opening(
                                id,
                                startedAt,
                                match.route(),
                                head.method(),
                                path(match.target()),
                                draft.finish(tap == null ? null : tap.metadataUserId()),
                                tap == null ? Asked.NOTHING : tap.asked(betas),
                                null));
        Relay relay = new Relay(this, from, new Routed(head, match, draft.pass()), exchange, tap);
        try {
            relay.start();
        } catch (RuntimeException e) {
            // P2 holds for our own faults too.
            relay.gone(e);
            throw e;
        }
        return relay;
    }

    Settings settings() {
        return parts.settings();
    }

    Upstreams upstreams() {
        return parts.upstreams();
    }

    /** The exchanges that are read on for their usage alone. */
    public Drains drains() {
        return parts.drains();
    }

    /** Where exchanges begin. */
    public Recorder recorder() {
        return parts.recorder();
    }

    Admission admission() {
        return parts.admission();
    }

    HeldBodies heldBodies() {
        return heldBodies;
    }

    /** The credentials of batches that pass, null where results aren't collected. */
    public @Nullable BatchKeys batchKeys() {
        return parts.batchKeys();
    }

    RequestHeadWriter heads() {
        return heads;
    }

    private static RouteMatch match(RequestHead head) {
        try {
            return RouteMatcher.match(head.method(), head.target());
        } catch (BadTargetException e) {
            throw HttpFault.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String betas(HttpHeaders headers) {
        return headers.contains("anthropic-beta") ? String.join(",", headers.getAll("anthropic-beta")) : null;
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
