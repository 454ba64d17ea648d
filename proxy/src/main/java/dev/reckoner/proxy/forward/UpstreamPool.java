package dev.reckoner.proxy.forward;

import dev.reckoner.config.Settings;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The unused connections of one event loop. The last one given is the first one taken, so that a quiet hour lets the
 * others run out their idle time. Confined to its event loop.
 */
final class UpstreamPool {

    private final EventLoop loop;
    private final Settings.Upstream settings;
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    private final UpstreamCounts counts;
    private boolean sweeping;

    private record Idle(UpstreamConnection connection, long since) {}

    UpstreamPool(EventLoop loop, Settings.Upstream settings, UpstreamCounts counts) {
        this.loop = loop;
        this.settings = settings;
        this.counts = counts;
    }

    EventLoop loop() {
        return loop;
    }

    /** Counts what is open, idle and waited for, in all pools. */
    UpstreamCounts counts() {
        return counts;
    }

    /** A connection that is open as far as anyone can tell, or null. */
    @Nullable
    UpstreamConnection take() {
        int before = idle.size();
        Idle last = idle.pollFirst();
        while (last != null && !last.connection().usable()) {
            last = idle.pollFirst();
        }
        counts.idle(idle.size() - before);
        return last == null ? null : last.connection();
    }

    /** Keeps a connection, if there is room, for the idle time. */
    void give(UpstreamConnection connection) {
        if (!connection.usable()) {
            return;
        }
        idle.addFirst(new Idle(connection, now()));
        counts.idle(1);
        if (idle.size() > settings.poolIdleMax()) {
            dropOldest();
        }
        sweepLater();
    }

    /** Forgets a connection that has closed. */
    void forget(UpstreamConnection connection) {
        if (idle.removeIf(one -> one.connection() == connection)) {
            counts.idle(-1);
        }
    }

    private void sweepLater() {
        Idle oldest = idle.peekLast();
        if (sweeping || oldest == null) {
            return;
        }
        sweeping = true;
        long left = settings.poolIdleTimeout().toNanos() - (now() - oldest.since());
        loop.schedule(this::sweep, Math.max(0, left), TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        sweeping = false;
        Idle oldest = idle.peekLast();
        while (oldest != null
                && now() - oldest.since() >= settings.poolIdleTimeout().toNanos()) {
            dropOldest();
            oldest = idle.peekLast();
        }
        sweepLater();
    }

    private void dropOldest() {
        counts.idle(-1);
        idle.removeLast().connection().close();
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
