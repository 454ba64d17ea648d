package dev.reckoner.proxy.accept;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A timeout that is moved at every sign of life for the price of a field: the timer that is already running is left
 * alone and looks at the field when it fires. Confined to its event loop.
 */
public final class Deadline {

    private final EventExecutor loop;
    private final Runnable late;

    private @Nullable ScheduledFuture<?> timer;
    private long timerAt;
    private long dueAt;
    private boolean set;

    public Deadline(EventExecutor loop, Runnable late) {
        this.loop = loop;
        this.late = late;
    }

    /** Sets or moves the deadline to {@code length} from now. */
    public void in(Duration length) {
        long now = loop.ticker().nanoTime();
        dueAt = now + length.toNanos();
        set = true;
        ScheduledFuture<?> running = timer;
        if (running == null) {
            start(now);
        } else if (timerAt - dueAt > 0) {
            running.cancel(false);
            start(now);
        }
    }

    /** Takes the deadline away; a running timer ends by itself. */
    public void off() {
        set = false;
    }

    /** Takes the deadline away for good. */
    public void cancel() {
        set = false;
        ScheduledFuture<?> running = timer;
        if (running != null) {
            running.cancel(false);
            timer = null;
        }
    }

    private void start(long now) {
        timerAt = dueAt;
        timer = loop.schedule(this::fire, dueAt - now, TimeUnit.NANOSECONDS);
    }

    private void fire() {
        timer = null;
        if (!set) {
            return;
        }
        long now = loop.ticker().nanoTime();
        if (dueAt - now > 0) {
            start(now);
            return;
        }
        set = false;
        late.run();
    }
}
