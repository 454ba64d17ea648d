package dev.reckoner.proxy.forward;

import dev.reckoner.config.HostPort;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.proxy.accept.Ending;
import dev.reckoner.proxy.accept.ErrorResponse;
import dev.reckoner.proxy.accept.Request;
import dev.reckoner.proxy.accept.RequestHead;
import dev.reckoner.proxy.accept.RequestReader;
import dev.reckoner.proxy.admit.Admitting;
import dev.reckoner.proxy.collect.BatchKeys;
import dev.reckoner.proxy.record.BatchBooking;
import dev.reckoner.proxy.record.Exchange;
import dev.reckoner.proxy.record.Recorder;
import dev.reckoner.proxy.route.RouteMatch;
import dev.reckoner.proxy.route.RouteMatcher;
import dev.reckoner.proxy.tap.RequestTap;
import dev.reckoner.proxy.wire.BodySink;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One exchange, from its request head to its entry: the two sides, and the one place where it ends. Whatever happens,
 * {@link #over} turns true once, and with it exactly one entry is on its way (P2).
 *
 * <p>Event loop only: the client's and the upstream's are the same. Buffers belong to the side they are handed to.
 */
final class Relay implements Request, UpstreamConnection.User, ConnectAttempt.Waiter, ResponseSide.Owner {

    private static final ByteBuf GO_ON = Unpooled.unreleasableBuffer(
            Unpooled.copiedBuffer("HTTP/1.1 100 Continue\r\n\r\n", StandardCharsets.US_ASCII));

    private final Forwarder forwarder;
    private final RequestReader reader;
    private final Routed routed;
    private final RequestHead head;
    private final RouteMatch match;
    private final Exchange exchange;
    private final @Nullable RequestTap tap;
    private final Channel downstream;
    private final UpstreamSide upstream;
    private final RequestSide request;
    private final ResponseSide response;
    private final @Nullable BatchBooking batch;
    private final @Nullable Admitting admitting;

    private @Nullable Draining draining;
    private boolean held;
    private boolean awaitsContinue;
    private boolean keepsOpen;
    private boolean over;

    Relay(Forwarder forwarder, RequestReader reader, Routed routed, Exchange exchange, @Nullable RequestTap tap) {
        this.forwarder = forwarder;
        this.reader = reader;
        this.routed = routed;
        this.head = routed.head();
        this.match = routed.match();
        this.exchange = exchange;
        this.tap = tap;
        downstream = reader.channel();
        awaitsContinue = head.expectsContinue();
        upstream = new UpstreamSide(forwarder.upstreams(), downstream.eventLoop());
        request = new RequestSide(downstream, tap);
        batch = batch(forwarder.recorder(), exchange, match);
        admitting =
                Admitting.of(forwarder.admission(), match.route(), routed.pass().models());
        response = new ResponseSide(
                this,
                exchange,
                downstream,
                forwarder.upstreams().limits(),
                "HEAD".equals(head.method()),
                new Tapping(match.route(), forwarder.settings(), batch));
    }

    /** Refuses, or goes on once it is admitted. */
    void start() {
        long bytesMax = forwarder.settings().downstream().bodyBytesMax();
        if (head.contentLength() > bytesMax) {
            fault(HttpFault.tooLarge(413, "The body is larger than " + bytesMax + " bytes."));
            return;
        }
        if (forwarder.recorder().refusing()) {
            fail(Failure.notBookable());
            return;
        }
        HttpFault refusal = routed.pass().refusal();
        if (refusal != null) {
            fail(Failure.refused(refusal));
            return;
        }
        Admitting asks = admitting;
        if (asks == null) {
            connect();
        } else if (asks.needsBody()) {
            hold();
        } else {
            admit(asks);
        }
    }

    /** What decides may stand anywhere in the body: the client is told to send it, and nothing goes upstream yet. */
    private void hold() {
        held = true;
        request.hold(forwarder.heldBodies());
        if (awaitsContinue) {
            awaitsContinue = false;
            downstream.writeAndFlush(GO_ON.duplicate(), downstream.voidPromise());
        }
        sign();
    }

    private void admit(Admitting asks) {
        HttpFault refused = asks.ask(exchange.opening(), request.read(), exchange.now());
        if (refused == null) {
            connect();
        } else {
            fail(Failure.refused(refused));
        }
    }

    private void connect() {
        UpstreamConnection pooled = upstream.reach(this);
        if (pooled != null) {
            use(pooled);
        }
    }

    @Override
    public BodySink sink() {
        return request;
    }

    @Override
    public void piece(ByteBuf piece) {
        awaitsContinue = false;
        sign();
        if (!request.piece(piece)) {
            fail(Failure.noRoom());
        }
    }

    @Override
    public void readComplete() {
        request.flush();
    }

    @Override
    public void end() {
        request.end();
        if (!over) {
            exchange.bytesIn(request.bytes());
            exchange.open();
            sign();
            if (held && admitting != null) {
                admit(admitting);
            }
        }
    }

    @Override
    public void fault(HttpFault fault) {
        fail(Failure.ofRequest(fault));
    }

    @Override
    public void late() {
        if (over) {
            return;
        }
        if (waitsForClient()) {
            fail(Failure.silentClient(forwarder.settings().downstream().bodyIdleTimeout()));
        } else if (!downstream.isWritable()) {
            lose(Failure.silentClient(idleTimeout()));
        } else {
            fail(Failure.silentUpstream(origin(), idleTimeout()));
        }
    }

    @Override
    public void gone(@Nullable Throwable cause) {
        if (over) {
            response.gate().discard();
        } else {
            lose(Failure.goneClient());
        }
    }

    @Override
    public void room() {
        if (downstream.isWritable()) {
            writable();
        }
    }

    @Override
    public void writable() {
        upstream.read(true);
        sign();
    }

    @Override
    public void shutdown() {
        fail(Failure.shutdown());
    }

    @Override
    public void connected(UpstreamConnection connection) {
        upstream.attempted();
        use(connection);
        request.flush();
        resume();
    }

    @Override
    public void notConnected(Outcome outcome, String detail) {
        upstream.attempted();
        fail(Failure.notConnected(origin(), outcome, detail));
    }

    @Override
    public void upstreamRead(ByteBuf in) {
        sign();
        UpstreamConnection connection = upstream.connection();
        if (connection == null) {
            in.release();
            return;
        }
        try {
            response.read(in, connection.heads());
        } catch (HttpFault fault) {
            fail(Failure.malformedResponse(origin(), fault));
            return;
        }
        Draining since = draining;
        if (since == null) {
            if (!downstream.isWritable()) {
                flushResponse();
            }
        } else if (since.tooMuch(response.drained())) {
            terminate(since.full());
        }
    }

    @Override
    public void upstreamReadComplete() {
        if (draining == null) {
            flushResponse();
        }
    }

    /** The drain has taken as long as it may. */
    void drainedFor(Failure failure) {
        terminate(failure);
    }

    @Override
    public void upstreamWritable() {
        resume();
    }

    @Override
    public void upstreamClosed(@Nullable Throwable cause, boolean clean) {
        upstream.closed();
        if (over) {
            return;
        }
        if (clean && response.endsByClose()) {
            whole(Unpooled.EMPTY_BUFFER, false);
        } else {
            fail(Failure.shortResponse(origin(), cause == null ? "closed" : String.valueOf(cause.getMessage())));
        }
    }

    @Override
    public boolean staysOpen() {
        keepsOpen = request.ended() && reader.staysOpen();
        return keepsOpen;
    }

    @Override
    public Map<String, String> added() {
        return admitting == null ? Map.of() : admitting.warnings();
    }

    @Override
    public void interim() {
        awaitsContinue = false;
        sign();
    }

    @Override
    public void whole(ByteBuf last, boolean upstreamReusable) {
        boolean endsByClose = response.endsByClose();
        Ending ending = request.ended() ? Ending.CLOSE : Ending.LINGER;
        over = true;
        upstream.letGo(upstreamReusable && request.ended());
        response.gate().hold();
        response.gate().pass(last);
        Reading reading = response.end();
        Draining since = draining;
        if (since != null) {
            finish(since.whole().outcome(), since.whole().detail(), reading, () -> {});
            return;
        }
        Outcome outcome = outcome(reading);
        finish(outcome, null, reading, () -> {
            BatchBooking results = batch;
            if (results != null) {
                results.over(outcome, reading);
            }
            response.gate().release();
            if (keepsOpen && !endsByClose) {
                reader.next();
            } else {
                reader.end(ending);
            }
        });
    }

    private @Nullable BatchBooking batch(Recorder recorder, Exchange booked, RouteMatch matched) {
        if (!Tapping.aboutBatches(matched.route())) {
            return null;
        }
        String batchId = matched.route() == Route.BATCH_RESULTS ? RouteMatcher.batchId(matched) : null;
        return recorder.batches(booked, matched.route(), batchId, this::created, this::room);
    }

    private void created(String batchId) {
        BatchKeys keys = forwarder.batchKeys();
        if (keys != null) {
            keys.remember(batchId, head.headers());
        }
    }

    private Outcome outcome(Reading reading) {
        ResponseHead answered = response.head();
        if (answered != null && answered.status() >= 400) {
            return Outcome.FAILED_UPSTREAM_STATUS;
        }
        return reading.errorType() == null ? Outcome.OK_UPSTREAM_COMPLETE : Outcome.FAILED_UPSTREAM_ERROR_EVENT;
    }

    /** The client is lost: the upstream is read on where that is wanted, else the exchange ends (api-facts §2.5). */
    private void lose(Failure failure) {
        if (over || !drains()) {
            fail(failure);
            return;
        }
        Draining begun = new Draining(
                this, downstream.eventLoop(), failure, forwarder.settings().aborts(), idleTimeout());
        draining = begun;
        forwarder.drains().begun(begun);
        response.drain();
        upstream.read(true);
        if (failure.outcome() != Outcome.FAILED_DOWNSTREAM_ABORTED) {
            reader.end(response.endsByClose() ? Ending.RESET : Ending.CLOSE);
        }
    }

    /** Whether a lost client's response is read on, with a place taken for it. */
    private boolean drains() {
        if (upstream.connection() == null || !request.ended() || !response.awaitsUsage()) {
            return false;
        }
        Boolean stream = response.stream();
        boolean streamed = stream != null ? stream : tap != null && Boolean.TRUE.equals(tap.asked(null).stream());
        Settings.Aborts aborts = forwarder.settings().aborts();
        Settings.OnAbort policy = streamed ? aborts.stream() : aborts.json();
        return policy == Settings.OnAbort.DRAIN && forwarder.drains().take();
    }

    private void fail(Failure failure) {
        Draining since = draining;
        terminate(since == null ? failure : since.until(failure.detail()));
    }

    /** Ends the exchange with a failure, at the first call: answered where it still can be, broken off otherwise. */
    private void terminate(Failure failure) {
        if (over) {
            return;
        }
        over = true;
        boolean endsByClose = response.endsByClose();
        upstream.letGo(false);
        boolean gone =
                draining != null || failure.outcome() == Outcome.FAILED_DOWNSTREAM_ABORTED || !downstream.isActive();
        boolean answers = !gone && !response.committed();
        if (answers) {
            response.gate().discard();
            exchange.answered(failure.answer().status());
        }
        Runnable then = answers ? () -> answer(failure.answer()) : () -> breakOff(endsByClose);
        boolean bookable = failure.outcome() != Outcome.FAILED_LOCAL_JOURNAL;
        finish(failure.outcome(), failure.detail(), response.reading(), bookable ? then : () -> {});
        if (!bookable) {
            then.run();
        }
    }

    private void finish(Outcome outcome, @Nullable String detail, Reading reading, Runnable then) {
        exchange.bytesIn(request.bytes());
        exchange.bytesOut(response.bytes());
        exchange.finish(outcome, detail, reading, then);
        if (admitting != null) {
            admitting.over(exchange.booked());
        }
        request.drop();
        response.close();
        if (tap != null) {
            tap.close();
        }
        Draining since = draining;
        if (since != null) {
            since.end();
            forwarder.drains().ended(since);
        }
    }

    private void answer(HttpFault answer) {
        downstream.write(ErrorResponse.encode(
                downstream.alloc(), answer, exchange.id().toString(), "HEAD".equals(head.method())));
        reader.end(request.ended() ? Ending.CLOSE : Ending.LINGER);
    }

    /** What came goes out, but no proper end: the client must see that the response is not whole. */
    private void breakOff(boolean endsByClose) {
        response.gate().release();
        reader.end(endsByClose ? Ending.RESET : Ending.CLOSE);
    }

    private void use(UpstreamConnection connection) {
        upstream.use(connection, this);
        request.connected(
                connection.channel(),
                forwarder.heads().write(downstream.alloc(), routed, Tapping.reads(match.route()), held));
        exchange.bytesIn(request.bytes());
        sign();
    }

    /** From here on it is the client that is waited for. */
    private void resume() {
        request.resume();
        sign();
    }

    private void flushResponse() {
        boolean full = response.flush();
        BatchBooking lines = batch;
        boolean linesWait = lines != null && lines.full();
        // The flush may have shown that the client is gone, and a drain may have begun with it.
        if ((full || linesWait) && draining == null) {
            upstream.read(false);
        }
    }

    /** A sign of life: whoever is waited for now has its full time again. */
    private void sign() {
        Draining since = draining;
        if (since != null) {
            since.sign();
        } else if (!over && (upstream.connection() != null || held)) {
            reader.expect(waitsForClient() ? forwarder.settings().downstream().bodyIdleTimeout() : idleTimeout());
        }
    }

    private boolean waitsForClient() {
        return !request.ended()
                && !awaitsContinue
                && response.head() == null
                && downstream.config().isAutoRead();
    }

    private Duration idleTimeout() {
        return forwarder.upstreams().settings().idleTimeout();
    }

    private HostPort origin() {
        return forwarder.upstreams().origin().address();
    }
}
