package dev.reckoner.proxy.forward;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections to the upstream there are, in all pools together. Counted by event loops, read by anyone. */
public final class UpstreamCounts {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Connections that are open, idle ones among them. */
    public int open() {
        return open.get();
    }

    /** Open ones that no exchange uses. */
    public int idle() {
        return idle.get();
    }

    /** Exchanges that wait for a new one. */
    public int waiting() {
        return waiting.get();
    }

    void open(int more) {
        open.addAndGet(more);
    }

    void idle(int more) {
        if (more != 0) {
            idle.addAndGet(more);
        }
    }

    void waiting(int more) {
        waiting.addAndGet(more);
    }
}
