package dev.reckoner.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events (HTML §9.2) for all who follow one source. The source is asked on a worker, again and again while
 * anybody follows and not at all otherwise; whoever follows hears of what is new, never faster than the source is asked.
 * Confined to the console's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what became of a write is told by the channel's end
public final class EventFeed implements AutoCloseable {

    /** How many may follow at once. */
    public static final int FOLLOWERS_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    private static final String HEARTBEAT = ":\n\n";

    private final Source source;
    private final Predicate<Runnable> worker;
    private final EventExecutor loop;
    private final Pace pace;
    private final Map<Channel, Follower> followers = new LinkedHashMap<>();

    private @Nullable Event latest;
    private @Nullable Future<?> next;
    private boolean asking;
    private boolean closed;
    private long warnedAt;

    /**
     * What is told.
     *
     * @param id what a client that comes back says it has seen
     * @param name the kind of event
     * @param data one line
     */
    public record Event(String id, String name, String data) {}

    /** Where events come from. */
    @FunctionalInterface
    public interface Source {
        /** What is to be told now, equal to what it was before where nothing is new. May block. */
        Event read();
    }

    /**
     * How often.
     *
     * @param between between two questions to the source, so also between two events to one client
     * @param heartbeat after such a silence a comment is sent, so that neither end takes the other for gone
     */
    public record Pace(Duration between, Duration heartbeat) {
        /** A second, and a quarter of a minute. */
        public static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    /** One client. */
    private static final class Follower {
        private final String seen;
        private final BooleanSupplier allowed;
        private @Nullable Event told;
        private long toldAt;
        private long writtenAt;

        Follower(String seen, BooleanSupplier allowed, long now) {
            this.seen = seen;
            this.allowed = allowed;
            this.writtenAt = now;
        }
    }

    /**
     * Asks nothing yet.
     *
     * @param worker takes work that may block, or says that there is no room
     * @param loop the event loop of all who follow
     */
    public EventFeed(Source source, Predicate<Runnable> worker, EventExecutor loop, Pace pace) {
        this.source = source;
        this.worker = worker;
        this.loop = loop;
        this.pace = pace;
        this.warnedAt = -BETWEEN_WARNINGS.toNanos();
    }

    /** Whether one more may follow. */
    boolean hasRoom() {
        return !closed && followers.size() < FOLLOWERS_MAX;
    }

    /**
     * Lets a client follow until its channel closes; the head of the response is written.
     *
     * @param seen the id of the last event the client has seen, "" for none
     * @param allowed whether it may still follow; asked before each write
     */
    void follow(Channel channel, String seen, BooleanSupplier allowed) {
        boolean first = followers.isEmpty();
        Follower follower = new Follower(seen, allowed, now());
        followers.put(channel, follower);
        channel.closeFuture().addListener(gone -> leave(channel));
        Event known = latest;
        if (known != null) {
            tell(channel, follower, known);
        } else if (first) {
            ask();
        }
    }

    /** Ends all streams. Any thread. */
    @Override
    public void close() {
        if (loop.isShuttingDown()) {
            return;
        }
        loop.execute(() -> {
            closed = true;
            new ArrayList<>(followers.keySet()).forEach(Channel::close);
        });
    }

    private void leave(Channel channel) {
        followers.remove(channel);
        if (followers.isEmpty()) {
            latest = null; // it will be old when somebody comes
        }
    }

    private void ask() {
        Future<?> waiting = next;
        if (waiting != null) {
            waiting.cancel(false);
            next = null;
        }
        if (followers.isEmpty() || asking) {
            return;
        }
        asking = worker.test(() -> {
            Event event = null;
            RuntimeException failure = null;
            try {
                event = source.read();
            } catch (RuntimeException e) {
                failure = e;
            }
            Event read = event;
            RuntimeException failed = failure;
            loop.execute(() -> took(read, failed));
        });
        if (!asking) {
            askLater();
        }
    }

    private void askLater() {
        next = loop.schedule(this::ask, pace.between().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void took(@Nullable Event event, @Nullable RuntimeException failure) {
        asking = false;
        if (failure != null && now() - warnedAt >= BETWEEN_WARNINGS.toNanos()) {
            warnedAt = now();
            LOG.warn("those who follow the books hear nothing: they can't be read", failure);
        }
        if (followers.isEmpty()) {
            return;
        }
        if (event != null) {
            latest = event;
        }
        List<Map.Entry<Channel, Follower>> all = new ArrayList<>(followers.entrySet());
        for (Map.Entry<Channel, Follower> one : all) {
            if (event != null) {
                tell(one.getKey(), one.getValue(), event);
            }
            keepAlive(one.getKey(), one.getValue());
        }
        askLater();
    }

    private void tell(Channel channel, Follower follower, Event event) {
        Event told = follower.told;
        if (told == null && event.id().equals(follower.seen)) {
            follower.told = event;
            return;
        }
        boolean soon = told != null && now() - follower.toldAt < pace.between().toNanos();
        if (event.equals(told) || soon) {
            return;
        }
        follower.told = event;
        follower.toldAt = now();
        write(channel, follower, "id: " + event.id() + "\nevent: " + event.name() + "\ndata: " + event.data() + "\n\n");
    }

    private void keepAlive(Channel channel, Follower follower) {
        if (now() - follower.writtenAt >= pace.heartbeat().toNanos()) {
            write(channel, follower, HEARTBEAT);
        }
    }

    /** A client that has not taken what it was sent before is let go: it may come back when it can. */
    private void write(Channel channel, Follower follower, String text) {
        if (!channel.isWritable() || !follower.allowed.getAsBoolean()) {
            channel.close();
            return;
        }
        follower.writtenAt = now();
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(text, UTF_8)));
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
