package dev.reckoner.console.http;

import dev.reckoner.console.access.Access;
import dev.reckoner.console.access.Access.Known;
import dev.reckoner.console.access.Caller;
import dev.reckoner.console.access.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the questions of one connection, one at a time: last in the pipeline, after the flow control that hands it one
 * HTTP object per read. Runs on the connection's event loop; whatever may block goes to the workers and comes back here.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what became of a close is of no interest
final class ConsoleHandler extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleHandler.class);
    private static final String READING = "GET, HEAD";
    private static final String CHANGE = "POST";

    private final Endpoints endpoints;
    private final HostGuard guard;
    private final Access access;
    private final Workers reports;
    private final Workers health;
    private final SecureRandom random;

    private @Nullable HttpRequest head;
    private @Nullable BoundedBytes body;
    private String requestId = "";
    private String allowed = READING;
    private boolean answering;
    private boolean following;
    private boolean wanting;

    /** A handler for one connection. */
    ConsoleHandler(
            Endpoints endpoints, HostGuard guard, Access access, Workers reports, Workers health, SecureRandom random) {
        this.endpoints = endpoints;
        this.guard = guard;
        this.access = access;
        this.reports = reports;
        this.health = health;
        this.random = random;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        readNext(ctx);
    }

    /** A head longer than one read gives the decoder nothing to hand on; the read has to be asked for again. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (wanting) {
            ctx.read();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        wanting = false;
        if (following) {
            ctx.close(); // nothing may come after the request for a stream
            return;
        }
        if (message instanceof HttpRequest request) {
            head = request;
            body = null;
            requestId = newRequestId();
        }
        HttpRequest request = head;
        if (request == null || answering) {
            return;
        }
        try {
            expectSound(message);
            expectMethod(request);
            if (message instanceof HttpContent content && content.content().isReadable()) {
                take(request, content.content());
            }
            if (message instanceof LastHttpContent) {
                head = null;
                ask(ctx, request);
            } else {
                readNext(ctx);
            }
        } catch (Problem problem) {
            boolean whole = message instanceof LastHttpContent && head == null;
            send(ctx, requestId, Answer.problem(problem, requestId), !whole);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && !answering) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("console connection lost: {}", cause.getMessage());
        } else {
            LOG.warn("console connection closed after a fault", cause);
        }
        ctx.close();
    }

    private static void expectSound(HttpObject message) {
        Throwable fault = message.decoderResult().cause();
        if (fault instanceof TooLongHttpLineException) {
            throw Problem.of(414, "the request line is too long");
        }
        if (fault instanceof TooLongHttpHeaderException) {
            throw Problem.of(431, "the request header is too long");
        }
        if (fault != null) {
            throw Problem.malformed("the request isn't valid HTTP/1.1");
        }
    }

    /** Refused before its body is looked at: what is no reading, nor a change that there is. */
    private void expectMethod(HttpRequest request) {
        if (!reads(request) && change(request) == null) {
            throw notAllowed(request, READING);
        }
    }

    private void take(HttpRequest request, ByteBuf piece) {
        Endpoints.Endpoint change = change(request);
        int most = change == null ? 0 : change.bodyBytesMax();
        if (most == 0) {
            throw Problem.malformed("found a request body, expected none");
        }
        if (body == null) {
            body = new BoundedBytes(most, "the request body is longer than " + most + " bytes");
        }
        body.writeBytes(ByteBufUtil.getBytes(piece));
    }

    private static boolean reads(HttpRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private Endpoints.@Nullable Endpoint change(HttpRequest request) {
        if (request.method().equals(HttpMethod.DELETE)) {
            return endpoints.findRemoval(path(request));
        }
        return request.method().equals(HttpMethod.POST) ? endpoints.findChange(path(request)) : null;
    }

    private Problem notAllowed(HttpRequest request, String expected) {
        allowed = expected;
        return Problem.of(405, "found the method " + request.method().name() + ", expected " + expected);
    }

    private void ask(ChannelHandlerContext ctx, HttpRequest request) {
        guard.check(request.headers(), ctx.channel().localAddress());
        Known known = known(ctx, request);
        if (known == null) {
            send(ctx, requestId, endpoints.loginPage().as(401), false);
            return;
        }
        EventFeed feed = request.method().equals(HttpMethod.GET) ? endpoints.findFeed(path(request)) : null;
        if (feed != null) {
            OriginGuard.checkReading(request.headers());
            follow(ctx, feed, request.headers().get("last-event-id", ""), known);
            return;
        }
        Question question = question(request, known.caller());
        Endpoints.Endpoint endpoint = endpoint(request, known);
        String id = requestId;
        answering = true;
        switch (endpoint.where()) {
            case INSTANT -> send(ctx, id, answer(endpoint, question, id), false);
            case HEALTH -> handOver(ctx, health, endpoint, question, id);
            case REPORTS -> handOver(ctx, reports, endpoint, question, id);
        }
    }

    /** Who asks; null for a browser that shall see the page to log in by. */
    private @Nullable Known known(ChannelHandlerContext ctx, HttpRequest request) {
        Access.Finding found = access.find(request.headers(), ctx.channel().remoteAddress());
        if (found instanceof Known known) {
            return known;
        }
        if (endpoints.isOpen(path(request))) {
            return access.anybody(ctx.channel().remoteAddress());
        }
        if (found instanceof Access.TooOften often) {
            throw Problem.tooOften(often.pause());
        }
        if (reads(request) && request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html")) {
            return null;
        }
        throw Problem.unauthorized();
    }

    private void expectMayChange(HttpRequest request, Known known) {
        if (endpoints.isOpen(path(request))) {
            return;
        }
        OriginGuard.checkToken(request.headers(), known);
        if (known.caller().role() != Role.ADMIN && !endpoints.isForReaders(path(request))) {
            throw Problem.forbidden("the token \"" + known.caller().name() + "\" may look and change nothing");
        }
    }

    /** Writes the head of a stream that ends with its connection, and leaves the rest to the feed. */
    private void follow(ChannelHandlerContext ctx, EventFeed feed, String seen, Known known) {
        if (!feed.hasRoom()) {
            throw Problem.crowded();
        }
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpHeaders headers = response.headers();
        protect(headers, requestId);
        headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_EVENT_STREAM);
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'");
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        answering = true;
        following = true;
        ctx.writeAndFlush(response);
        feed.follow(ctx.channel(), seen, () -> access.holds(known));
        readNext(ctx); // tells when the client goes
    }

    private Endpoints.Endpoint endpoint(HttpRequest request, Known known) {
        Endpoints.Endpoint change = change(request);
        if (change != null) {
            OriginGuard.checkChange(request.headers(), request.method().equals(HttpMethod.POST));
            expectMayChange(request, known);
            return change;
        }
        OriginGuard.checkReading(request.headers());
        String path = path(request);
        Endpoints.Endpoint reading = endpoints.find(path);
        if (reading == null) {
            throw endpoints.findChange(path) == null ? Problem.notFound(path) : notAllowed(request, CHANGE);
        }
        return reading;
    }

    private static String path(HttpRequest request) {
        String target = request.uri();
        if (!target.startsWith("/")) {
            throw Problem.malformed("found a request target that isn't a path");
        }
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    private Question question(HttpRequest request, Caller caller) {
        int mark = request.uri().indexOf('?');
        String query = mark < 0 ? "" : request.uri().substring(mark + 1);
        String accept = String.join(",", request.headers().getAll(HttpHeaderNames.ACCEPT));
        String betas = String.join(",", request.headers().getAll("anthropic-beta"));
        String origin = request.headers().get(HttpHeaderNames.ORIGIN, "");
        BoundedBytes taken = body;
        String text = taken == null ? "" : taken.toString(StandardCharsets.UTF_8);
        return new Question(caller, path(request), Params.parse(query), accept, betas, origin, text);
    }

    private void handOver(
            ChannelHandlerContext ctx, Workers workers, Endpoints.Endpoint endpoint, Question question, String id) {
        boolean taken = workers.offer(() -> {
            if (ctx.channel().isActive()) {
                Answer answer = answer(endpoint, question, id);
                ctx.executor().execute(() -> send(ctx, id, answer, false));
            }
        });
        if (!taken) {
            throw Problem.overloaded();
        }
    }

    /** Runs on a worker, or on the event loop for instant endpoints. */
    private static Answer answer(Endpoints.Endpoint endpoint, Question question, String id) {
        try {
            return endpoint.answering().answer(question);
        } catch (Problem problem) {
            return Answer.problem(problem, id);
        } catch (RuntimeException e) {
            LOG.error("{} {} could not be answered", id, question.path(), e);
            return Answer.problem(Problem.internal(), id);
        }
    }

    private void send(ChannelHandlerContext ctx, String id, Answer answer, boolean last) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        protect(headers, id);
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, answer.policy());
        answer.fields().forEach(headers::set);
        if (answer.status() == 405) {
            headers.set(HttpHeaderNames.ALLOW, allowed);
        }
        if (answer.status() == 503) {
            headers.set(HttpHeaderNames.RETRY_AFTER, 1);
        }
        if (last) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        answering = true; // the next question waits until this answer is written
        ctx.writeAndFlush(response).addListener(written -> {
            if (last || !written.isSuccess()) {
                ctx.close();
            } else {
                answering = false;
                readNext(ctx);
            }
        });
    }

    private static void protect(HttpHeaders headers, String id) {
        headers.set("request-id", id);
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        headers.set("x-content-type-options", "nosniff");
        headers.set("referrer-policy", "no-referrer");
        headers.set("cross-origin-resource-policy", "same-origin");
        headers.set("cross-origin-opener-policy", "same-origin");
    }

    private void readNext(ChannelHandlerContext ctx) {
        wanting = true;
        ctx.read();
    }

    private String newRequestId() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return "req_" + HexFormat.of().formatHex(bytes);
    }
}
