package dev.reckoner.proxy.forward;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** An exchange's upstream connection: reached for, had, and let go of once. Event loop only. */
final class UpstreamSide {

    private final Upstreams upstreams;
    private final EventLoop loop;

    private @Nullable ConnectAttempt attempt;
    private @Nullable UpstreamConnection connection;

    UpstreamSide(Upstreams upstreams, EventLoop loop) {
        this.upstreams = upstreams;
        this.loop = loop;
    }

    /** The connection, null while there is none. */
    @Nullable
    UpstreamConnection connection() {
        return connection;
    }

    /**
     * Takes a connection that nobody uses, or begins to make one.
     *
     * @param waiter told how it ended where one has to be made
     * @return null where one has to be made
     */
    @Nullable
    UpstreamConnection reach(ConnectAttempt.Waiter waiter) {
        UpstreamPool pool = upstreams.pool(loop);
        UpstreamConnection pooled = pool.take();
        if (pooled == null) {
            ConnectAttempt connecting = new ConnectAttempt(upstreams, pool, waiter);
            attempt = connecting;
            connecting.start();
        }
        return pooled;
    }

    /** The attempt is over, without a connection as yet. */
    void attempted() {
        attempt = null;
    }

    void use(UpstreamConnection reached, UpstreamConnection.User user) {
        connection = reached;
        reached.use(user);
    }

    /** The connection has closed. */
    void closed() {
        connection = null;
    }

    /** Whether the upstream is read on, where there is a connection. */
    void read(boolean on) {
        UpstreamConnection had = connection;
        if (had != null) {
            had.channel().config().setAutoRead(on);
        }
    }

    /** Gives up whatever there is. */
    void letGo(boolean reusable) {
        ConnectAttempt connecting = attempt;
        if (connecting != null) {
            attempt = null;
            connecting.abandon();
        }
        UpstreamConnection had = connection;
        if (had != null) {
            connection = null;
            if (reusable) {
                had.release();
            } else {
                had.close();
            }
        }
    }
}
