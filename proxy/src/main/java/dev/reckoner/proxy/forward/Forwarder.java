package dev.reckoner.proxy.forward;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Route;
import dev.reckoner.proxy.accept.Exchanges;
import dev.reckoner.proxy.accept.Request;
import dev.reckoner.proxy.accept.RequestHead;
import dev.reckoner.proxy.accept.RequestReader;
import dev.reckoner.proxy.attribute.Attributor;
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

    private final Settings settings;
    private final Upstreams upstreams;
    private final Drains drains;
    private final Recorder recorder;
    private final Attributor attributor;
    private final @Nullable BatchKeys batchKeys;
    private final RequestHeadWriter heads;

    /**
     * Forwards to those upstreams.
     *
     * @param batchKeys keeps the credentials of batches, null where results aren't collected
     */
    public Forwarder(
            Settings settings,
            Upstreams upstreams,
            Drains drains,
            Recorder recorder,
            Attributor attributor,
            @Nullable BatchKeys batchKeys) {
        this.settings = settings;
        this.upstreams = upstreams;
        this.drains = drains;
        this.recorder = recorder;
        this.attributor = attributor;
        this.batchKeys = batchKeys;
        heads = new RequestHeadWriter(upstreams.origin());
    }

    @Override
    public Request begin(RequestReader from, RequestHead head) {
        RouteMatch match = match(head);
        Draft draft = attributor.draft(match, head.headers());
        RequestTap tap = match.route() == Route.MESSAGES ? RequestTap.of(head.headers(), settings.metering()) : null;
        String betas = betas(head.headers());
        Instant startedAt = recorder.clock().instant();
        Exchange exchange = recorder.begin(
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
        Relay relay = new Relay(this, from, head, match, exchange, tap);
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
        return settings;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    /** The exchanges that are read on for their usage alone. */
    public Drains drains() {
        return drains;
    }

    Recorder recorder() {
        return recorder;
    }

    /** The credentials of batches that pass, null where results aren't collected. */
    public @Nullable BatchKeys batchKeys() {
        return batchKeys;
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
