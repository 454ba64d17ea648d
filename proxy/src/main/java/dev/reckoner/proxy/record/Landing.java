package dev.reckoner.proxy.record;

import dev.reckoner.ledger.Books;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One frame's way to the disk, seen from the event loop: {@link #done} comes on the journal's thread, {@link #then} is
 * asked on the loop, in either order. Nothing hops between threads unless somebody waits, so an opening that lands
 * while the upstream is thinking wakes nobody up.
 */
final class Landing implements Books.Done {

    /** P8: a journal that neither writes nor fails for this long holds no response back any longer. */
    static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Landing.class);

    private static final int PENDING = 0;
    private static final int AWAITED = 1;
    private static final int LANDED = 2;

    private final EventExecutor loop;
    private final Seldom warnings;
    private final AtomicInteger state = new AtomicInteger(PENDING);

    private @Nullable Runnable next;
    private @Nullable ScheduledFuture<?> timer;

    Landing(EventExecutor loop, Seldom warnings) {
        this.loop = loop;
        this.warnings = warnings;
    }

    @Override
    public void done(@Nullable Throwable failure) {
        if (state.compareAndSet(PENDING, LANDED)) {
            return;
        }
        try {
            loop.execute(this::go);
        } catch (RejectedExecutionException e) {
            LOG.debug("A frame landed after its event loop had ended", e);
        }
    }

    /** Goes on once the frame has landed or failed: at once where it has. Once, on the event loop. */
    void then(Runnable action) {
        if (state.get() == AWAITED) {
            throw new IllegalStateException("somebody waits for this frame already");
        }
        if (state.get() == LANDED) {
            action.run();
            return;
        }
        next = action;
        if (state.compareAndSet(PENDING, AWAITED)) {
            timer = loop.schedule(this::late, WAIT_MAX.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            go();
        }
    }

    private void late() {
        if (warnings.now()) {
            LOG.warn("The books took longer than {} s to take a frame; responses go on", WAIT_MAX.toSeconds());
        }
        go();
    }

    private void go() {
        Runnable action = next;
        if (action == null) {
            return;
        }
        next = null;
        ScheduledFuture<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
        action.run();
    }
}
