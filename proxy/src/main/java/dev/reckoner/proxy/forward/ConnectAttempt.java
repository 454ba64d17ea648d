package dev.reckoner.proxy.forward;

import dev.reckoner.ledger.Outcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach the upstream: name, address after address, handshake, all within one time limit. Tells its end
 * once, or never where it was abandoned. Event loop only.
 */
final class ConnectAttempt {

    /** Who waits for the connection. */
    interface Waiter {

        /** The connection is open and verified. */
        void connected(UpstreamConnection connection);

        /** There is none, and why: a few words without anything private. */
        void notConnected(Outcome outcome, String detail);
    }

    private final Upstreams upstreams;
    private final UpstreamPool pool;
    private final Queue<InetAddress> addresses = new ArrayDeque<>(2);

    private @Nullable Waiter waiter;
    private @Nullable Channel channel;
    private @Nullable ScheduledFuture<?> timer;

    ConnectAttempt(Upstreams upstreams, UpstreamPool pool, Waiter waiter) {
        this.upstreams = upstreams;
        this.pool = pool;
        this.waiter = waiter;
    }

    void start() {
        pool.counts().waiting(1);
        long limit = upstreams.settings().connectTimeout().toNanos();
        timer = pool.loop().schedule(this::late, limit, TimeUnit.NANOSECONDS);
        upstreams
                .names()
                .resolve(upstreams.origin().address().host(), pool.loop())
                .addListener((Future<List<InetAddress>> answer) -> resolved(answer));
    }

    /** Nobody waits any more. */
    void abandon() {
        takeWaiter();
        end();
    }

    private void resolved(Future<List<InetAddress>> answer) {
        if (!answer.isSuccess()) {
            fail(Outcome.FAILED_UPSTREAM_UNREACHABLE, "the name could not be resolved");
            return;
        }
        addresses.addAll(answer.getNow());
        connectNext();
    }

    private void connectNext() {
        InetAddress address = addresses.poll();
        if (waiter == null || address == null) {
            return;
        }
        InetSocketAddress target =
                new InetSocketAddress(address, upstreams.origin().address().port());
        ChannelFuture connecting = upstreams.bootstrap(pool).connect(target);
        channel = connecting.channel();
        connecting.addListener((ChannelFutureListener) this::tcpDone);
    }

    private void tcpDone(ChannelFuture connecting) {
        if (waiter == null) {
            connecting.channel().close();
        } else if (!connecting.isSuccess()) {
            Throwable cause = connecting.cause();
            if (addresses.isEmpty()) {
                fail(Outcome.FAILED_UPSTREAM_UNREACHABLE, words(cause));
            } else {
                connectNext();
            }
        } else {
            SslHandler tls = connecting.channel().pipeline().get(SslHandler.class);
            if (tls == null) {
                succeed(connecting.channel());
            } else {
                tls.handshakeFuture().addListener((Future<Channel> handshake) -> tlsDone(handshake));
            }
        }
    }

    private void tlsDone(Future<Channel> handshake) {
        if (handshake.isSuccess()) {
            succeed(handshake.getNow());
        } else {
            fail(Outcome.FAILED_UPSTREAM_TLS, words(handshake.cause()));
        }
    }

    private void late() {
        timer = null;
        fail(
                Outcome.FAILED_UPSTREAM_UNREACHABLE,
                "no connection within " + upstreams.settings().connectTimeout().toMillis() + " ms");
    }

    private void succeed(Channel connected) {
        Waiter waiting = waiter;
        UpstreamConnection connection = connected.pipeline().get(UpstreamConnection.class);
        if (waiting == null || connection == null) {
            connected.close();
            return;
        }
        channel = null;
        takeWaiter();
        end();
        waiting.connected(connection);
    }

    private void fail(Outcome outcome, String detail) {
        Waiter waiting = takeWaiter();
        end();
        if (waiting != null) {
            waiting.notConnected(outcome, detail);
        }
    }

    /** Whoever waits is told once and counted no more. */
    private @Nullable Waiter takeWaiter() {
        Waiter waiting = waiter;
        if (waiting != null) {
            waiter = null;
            pool.counts().waiting(-1);
        }
        return waiting;
    }

    private void end() {
        ScheduledFuture<?> running = timer;
        if (running != null) {
            running.cancel(false);
            timer = null;
        }
        Channel open = channel;
        if (open != null) {
            channel = null;
            open.close();
        }
    }

    /** The innermost cause says most: "unable to find valid certification path", "Connection refused". */
    private static String words(@Nullable Throwable failure) {
        Throwable innermost = failure;
        while (innermost != null && innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost == null || innermost instanceof ClosedChannelException) {
            return "the connection was closed";
        }
        if (innermost instanceof NotSslRecordException) {
            return "it does not speak TLS";
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }
}
