package dev.reckoner.ledger.journal;

import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the journal: takes all that waits, writes it at once, syncs once, and answers everyone.
 *
 * <p>Frames stay in {@link #unsynced} until a sync has covered them. When a write or sync fails, they are written again
 * into a new segment, at once and, where that fails too, every {@code retry}. Meanwhile openings and notes are refused,
 * and entries are answered as failed but kept.
 */
final class JournalWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    /** A group is written when it has this many bytes, even if more waits. */
    private static final int GROUP_BYTES = 1 << 20;

    /** Notes that nobody waits for are synced when so many of them ride along. */
    private static final int RIDERS_MAX = 1024;

    /** Entries kept while the journal can't be written ... */
    static final int KEPT_MAX = 50_000;

    /** ... of which exchanges that were refused for that very reason may take so many. */
    static final int KEPT_REFUSALS_MAX = 10_000;

    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final FrameQueue queue;
    private final Tail tail;
    private final Segments segments;
    private final Function<Closing, Entry> booking;
    private final long retryNanos;
    private final LongSupplier nanos;
    private final OncePerMinute warnings;

    private final FrameEncoder encoder = new FrameEncoder();
    private final List<Frame> unsynced = new ArrayList<>();
    private final List<Books.Done> waiting = new ArrayList<>();
    private boolean syncWanted;
    private long lastTry;
    private long dropped;

    private volatile @Nullable Exception unwritable;
    private volatile boolean stopping;
    private volatile boolean ended;

    JournalWriter(
            FrameQueue queue,
            Tail tail,
            Segments segments,
            Function<Closing, Entry> booking,
            Duration retry,
            LongSupplier nanos) {
        this.queue = queue;
        this.tail = tail;
        this.segments = segments;
        this.booking = booking;
        this.retryNanos = retry.toNanos();
        this.nanos = nanos;
        this.warnings = new OncePerMinute(nanos);
    }

    /** Why nothing can be written now, null where it can. Any thread. */
    @Nullable
    Exception unwritable() {
        return unwritable;
    }

    /** Whether the thread is gone and answers no more. Any thread. */
    boolean ended() {
        return ended;
    }

    /** Lets the thread write what waits and end. Any thread. */
    void stop() {
        stopping = true;
        queue.wake();
    }

    @Override
    public void run() {
        try {
            while (!stopping || !queue.isEmpty()) {
                if (!stopping) {
                    queue.await(unwritable == null ? IDLE_NANOS : untilNextTry());
                }
                if (unwritable == null) {
                    writeGroup();
                } else {
                    holdOut();
                }
            }
            finish();
        } finally {
            ended = true;
            tail.close();
            segments.close();
            IOException gone = new IOException("the journal's writer has ended");
            answer(gone);
            refuseRest(queue, gone);
        }
    }

    /** Answers what got into the queue when nobody takes from it any more. Any thread. */
    static void refuseRest(FrameQueue queue, Exception reason) {
        for (FrameQueue.Item item = queue.poll(); item != null; item = queue.poll()) {
            Answers.tell(item.done(), reason);
        }
    }

    private void writeGroup() {
        drain();
        if (encoder.size() == 0) {
            return;
        }
        Exception failure = null;
        try {
            tail.write(encoder.bytes());
            if (syncWanted || unsynced.size() >= RIDERS_MAX) {
                sync();
            }
        } catch (IOException | RuntimeException e) {
            failure = rewritten(e) ? null : e;
        }
        encoder.clear();
        answer(failure);
    }

    private void drain() {
        while (encoder.size() < GROUP_BYTES) {
            FrameQueue.Item item = queue.poll();
            if (item == null) {
                break;
            }
            Exception failure = encode(item);
            if (failure == null) {
                waiting.add(item.done());
                syncWanted |= item.frame() instanceof Frame.Noted ? item.done() != Books.Done.NOTHING : true;
            } else {
                Answers.tell(item.done(), failure);
            }
        }
    }

    private @Nullable Exception encode(FrameQueue.Item item) {
        try {
            Frame frame = frame(item);
            encoder.add(frame);
            unsynced.add(frame);
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.error("a frame could not be encoded and is not booked", e);
            return e;
        }
    }

    private Frame frame(FrameQueue.Item item) {
        Frame frame = item.frame();
        if (frame != null) {
            return frame;
        }
        Closing closing = item.closing();
        if (closing == null) {
            throw new IllegalStateException("an item has a frame or a closing");
        }
        return new Frame.Closed(booking.apply(closing));
    }

    private void sync() throws IOException {
        Position end = tail.force();
        segments.synced(end, unsynced.size());
        unsynced.clear();
    }

    /** Writes all that isn't synced into a new segment; on failure the journal is unwritable from here on. */
    private boolean rewritten(Exception cause) {
        if (warnings.mayLog("abandon")) {
            LOG.warn("the journal could not be written ({}): a new file is begun", cause.toString());
        }
        if (rewrite() == null) {
            return true;
        }
        unwritable = cause;
        return false;
    }

    /** Tries to write all that isn't synced into a new segment; returns why that failed, null where it didn't. */
    private @Nullable Exception rewrite() {
        lastTry = nanos.getAsLong();
        tail.abandon();
        try {
            tail.ready();
            encoder.clear();
            for (Frame frame : unsynced) {
                encoder.add(frame);
                if (encoder.size() >= GROUP_BYTES) {
                    tail.write(encoder.bytes());
                    encoder.clear();
                }
            }
            tail.write(encoder.bytes());
            sync();
            return null;
        } catch (IOException | RuntimeException e) {
            tail.abandon();
            return e;
        } finally {
            encoder.clear();
        }
    }

    private long untilNextTry() {
        return Math.max(1, lastTry + retryNanos - nanos.getAsLong());
    }

    /** While nothing can be written: keeps entries, refuses the rest, and tries again when it is time. */
    private void holdOut() {
        Exception reason = unwritable;
        boolean held = false;
        for (FrameQueue.Item item = queue.poll(); item != null; item = queue.poll()) {
            held |= hold(item);
            Answers.tell(item.done(), reason);
        }
        long waited = nanos.getAsLong() - lastTry;
        if (waited < (held ? retryNanos / 10 : retryNanos)) {
            return;
        }
        Exception failure = rewrite();
        if (failure == null) {
            unwritable = null;
            LOG.info("the journal can be written again; {} entries found no room meanwhile", dropped);
        } else {
            unwritable = failure;
            if (warnings.mayLog("unwritable")) {
                LOG.warn(
                        "the journal can't be written ({}): new exchanges are refused, {} frames are kept until it can",
                        failure.toString(),
                        unsynced.size());
            }
        }
    }

    private boolean hold(FrameQueue.Item item) {
        boolean kept = item.frame() instanceof Frame.Closed || item.frame() instanceof Frame.Batched;
        if (item.frame() != null && !kept) {
            return false;
        }
        try {
            Frame frame = frame(item);
            if (roomFor(frame)) {
                unsynced.add(frame);
                return true;
            }
        } catch (RuntimeException e) {
            LOG.error("an entry could not be made and is not booked", e);
        }
        return false;
    }

    private boolean roomFor(Frame frame) {
        boolean refusal = frame instanceof Frame.Closed closed
                && closed.entry().closing().outcome() == Outcome.FAILED_LOCAL_JOURNAL;
        if (unsynced.size() < (refusal ? KEPT_REFUSALS_MAX : KEPT_MAX)) {
            return true;
        }
        dropped++;
        if (warnings.mayLog("dropped")) {
            LOG.error(
                    "exchange {}: {} frames are kept already until the journal can be written; {} entries found no room",
                    frame.id(),
                    unsynced.size(),
                    dropped);
        }
        return false;
    }

    private void answer(@Nullable Exception failure) {
        for (Books.Done done : waiting) {
            Answers.tell(done, failure);
        }
        waiting.clear();
        syncWanted = false;
    }

    private void finish() {
        if (unsynced.isEmpty()) {
            return;
        }
        Exception failure = unwritable == null ? synced() : rewrite();
        if (failure != null) {
            LOG.error(
                    "{} frames could not be written before the end; their exchanges will be listed as interrupted",
                    unsynced.size(),
                    failure);
        }
    }

    private @Nullable Exception synced() {
        try {
            sync();
            return null;
        } catch (IOException | RuntimeException e) {
            return rewrite();
        }
    }
}
