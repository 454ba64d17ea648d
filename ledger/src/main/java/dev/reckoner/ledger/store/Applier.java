package dev.reckoner.ledger.store;

import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Uninterrupted;
import dev.reckoner.ledger.journal.Journal;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.journal.Positioned;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that moves the journal's frames into the store, in batches. Each batch is one transaction with its
 * rollups and the journal's mark; it is made durable before the journal may delete the frames. So whatever happens in
 * between, the next attempt finds either all of a batch or nothing of it, and goes on from the mark in the store.
 *
 * <p>A store that is away only makes the journal grow: the applier tries again, ever more slowly, frame by frame. The
 * thread is never interrupted, because an interrupt closes the file channel under the embedded database.
 *
 * <p>{@code lock} guards what callers and the thread share: the wishes to catch up or stop, and how far the thread is.
 */
public final class Applier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    /** The longest wait for news from the journal; bounds how long a close can take while nothing comes. */
    private static final Duration NEWS_WAIT_MAX = Duration.ofMillis(200);

    private static final Duration COMPLAINT_INTERVAL = Duration.ofMinutes(1);

    private final Store store;
    private final FrameSource journal;
    private final LedgerSettings settings;
    private final Clock clock;
    private final Taken taken;
    private final Thread thread;

    // the thread's own
    private final DimsTable dims = new DimsTable();
    private final Backoff backoff = new Backoff();
    private Instant complainedAt = Instant.MIN;
    private @Nullable Position mark;

    /** Held from before a batch is written until everybody knows that it is; never taken inside the other lock. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Position released;
    private long framesApplied;
    private Instant caughtUpAt;
    private long catchUpsAsked;
    private long catchUpsDone;
    private boolean stopping;
    private boolean stopped;

    /** An applier that has not begun yet. */
    public Applier(Store store, Journal journal, LedgerSettings settings, Clock clock, Taken taken) {
        this(store, FrameSource.of(journal), settings, clock, taken);
    }

    Applier(Store store, FrameSource journal, LedgerSettings settings, Clock clock) {
        this(store, journal, settings, clock, Taken.NOBODY);
    }

    private Applier(Store store, FrameSource journal, LedgerSettings settings, Clock clock, Taken taken) {
        this.store = store;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
        this.taken = taken;
        this.caughtUpAt = clock.instant();
        this.thread = new Thread(this::run, "ledger-applier");
        thread.setDaemon(true);
    }

    /**
     * Begins to apply.
     *
     * @throws IllegalStateException where the store already has an applier
     */
    public void start() {
        store.claim();
        thread.start();
    }

    /** Returns once every frame that was synced when it was called is applied and durable, or the applier is closed. */
    public void catchUp() throws InterruptedException {
        catchUp(Duration.ofNanos(Long.MAX_VALUE));
    }

    /** As {@link #catchUp()}, but waits no longer than that; whether it got there. */
    public boolean catchUp(Duration max) throws InterruptedException {
        Position target = journal.end();
        lock.lock();
        try {
            long ticket = ++catchUpsAsked;
            changed.signalAll();
            long left = max.toNanos();
            while (catchUpsDone < ticket && !reached(target)) {
                if (stopped || left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Reads while the store takes nothing, so that what is read and what is told afterwards leave no gap between them. */
    public <T> T still(Supplier<T> reading) {
        writing.lock();
        try {
            return reading.get();
        } finally {
            writing.unlock();
        }
    }

    /** Runs something while the store takes nothing. */
    public void whileStill(Runnable work) {
        writing.lock();
        try {
            work.run();
        } finally {
            writing.unlock();
        }
    }

    /** How many frames are not applied yet, and for how long the store has been behind. */
    public Lag lag() {
        long synced = journal.frames();
        lock.lock();
        try {
            long behind = Math.max(0, synced - framesApplied);
            Duration age = Duration.between(caughtUpAt, clock.instant());
            return behind == 0 || age.isNegative() ? new Lag(behind, Duration.ZERO) : new Lag(behind, age);
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the batch in hand; what is not applied stays in the journal. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Uninterrupted.join(thread);
    }

    private void run() {
        try {
            while (!isStopping()) {
                try {
                    step();
                } catch (SQLException | RuntimeException e) {
                    complain(e);
                    mark = null;
                    pause(backoff.failed(), false);
                }
            }
        } catch (InterruptedException e) {
            LOG.error("The applier was interrupted and ends; frames stay in the journal until the next start", e);
        } finally {
            store.unclaim();
            markStopped();
        }
    }

    /** One round: a batch if there is one, else a wait for news. */
    private void step() throws SQLException, InterruptedException {
        Position from = position();
        long ticket = catchUpsAsked();
        long synced = journal.frames();
        List<Positioned> frames = journal.read(from, backoff.failing() ? 1 : settings.applyBatchMax());
        if (!frames.isEmpty()) {
            apply(frames, from);
        }
        makeDurable();
        tell(frames, ticket, synced);
        if (backoff.succeeded()) {
            LOG.info("The store can be written again");
        }
        if (frames.isEmpty()) {
            journal.await(position(), NEWS_WAIT_MAX);
            return;
        }
        if (frames.size() < settings.applyBatchMax()) {
            pause(settings.applyInterval(), true);
        }
    }

    private void apply(List<Positioned> frames, Position from) throws SQLException {
        Batch batch = new Batch(frames, dims);
        writing.lock();
        try {
            batch.applyTo(store, from, taken);
        } finally {
            writing.unlock();
        }
        mark = batch.end();
    }

    /** Makes what was committed durable and lets the journal go of it. */
    private void makeDurable() throws SQLException {
        Position reached = position();
        if (!reached.equals(released)) {
            store.sync();
            journal.release(reached);
        }
    }

    /** Tells who waits how far the thread has come. */
    private void tell(List<Positioned> applied, long ticket, long synced) {
        Position reached = position();
        lock.lock();
        try {
            released = reached;
            framesApplied += applied.size();
            if (applied.isEmpty()) {
                catchUpsDone = Math.max(catchUpsDone, ticket);
                framesApplied = Math.max(framesApplied, synced);
            }
            if (framesApplied >= synced) {
                caughtUpAt = clock.instant();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Where the store stands; asked from the store at the start and after every failure, for a commit may have got in. */
    private Position position() {
        Position known = mark;
        if (known == null) {
            known = store.mark();
            mark = known;
        }
        return known;
    }

    private boolean reached(Position target) {
        return released != null && released.compareTo(target) >= 0;
    }

    private long catchUpsAsked() {
        lock.lock();
        try {
            return catchUpsAsked;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private void markStopped() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, or until the applier is to stop or, where that may cut it short, somebody wants to catch up. */
    private void pause(Duration pause, boolean endsForCatchUp) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (left > 0 && !stopping && !(endsForCatchUp && catchUpsAsked > catchUpsDone)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void complain(Exception e) {
        Instant now = clock.instant();
        if (Duration.between(complainedAt, now).compareTo(COMPLAINT_INTERVAL) < 0) {
            return;
        }
        complainedAt = now;
        LOG.warn(
                "The store can't take the frames behind {}; the journal keeps them, exchanges go on, it is tried again",
                mark,
                e);
    }
}
