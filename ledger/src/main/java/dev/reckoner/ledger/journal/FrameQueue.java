package dev.reckoner.ledger.journal;

import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.Closing;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the journal's writer, in order: many threads put, one takes, nobody blocks but the taker. Openings and
 * notes are limited in number; entries always get in, their number is bounded by that of the exchanges in flight.
 */
final class FrameQueue {
    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int max;
    private volatile @Nullable Thread idle;

    FrameQueue(int max) {
        this.max = max;
    }

    /** A frame, or the closing that one is yet to be made from, with who waits for it. */
    record Item(@Nullable Frame frame, @Nullable Closing closing, Books.Done done) {}

    boolean full() {
        return size.get() >= max;
    }

    int size() {
        return size.get();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** Puts an item unless the queue is full. */
    boolean offer(Item item) {
        int now = size.get();
        while (now < max) {
            if (size.compareAndSet(now, now + 1)) {
                add(item);
                return true;
            }
            now = size.get();
        }
        return false;
    }

    /** Puts an item even where the queue is full. */
    void put(Item item) {
        size.incrementAndGet();
        add(item);
    }

    @Nullable
    Item poll() {
        Item item = items.poll();
        if (item != null) {
            size.decrementAndGet();
        }
        return item;
    }

    /** Waits until there is an item, at most so long, or until woken; for the one taker only. */
    void await(long nanos) {
        idle = Thread.currentThread();
        if (items.isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        idle = null;
    }

    /** Ends the taker's wait. */
    void wake() {
        Thread taker = idle;
        if (taker != null) {
            LockSupport.unpark(taker);
        }
    }

    private void add(Item item) {
        items.add(item);
        wake();
    }
}
