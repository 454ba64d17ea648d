package dev.reckoner.proxy;

import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Opening;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Books that remember what they were given, and tell that it landed at once, on a thread of their own, or when told. */
final class RecordingBooks implements Books, AutoCloseable {

    private static final int WAIT_SECONDS = 20;

    /** Which frame of an exchange a test waits for. */
    enum Kind {
        OPENING,
        NOTE,
        ENTRY
    }

    /** A frame that was handed over and has not been told to have landed. */
    record Frame(Kind kind, Done done) {}

    private final List<Opening> opened = new CopyOnWriteArrayList<>();
    private final List<Closing> noted = new CopyOnWriteArrayList<>();
    private final List<Closing> closed = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Closing> entries = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Frame> held = new LinkedBlockingQueue<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor();

    private final AtomicLong forgotten = new AtomicLong();

    private volatile boolean forgetting;
    private volatile boolean holding;
    private volatile boolean accepting = true;
    private volatile boolean throwing;
    private volatile @Nullable Throwable failure;

    @Override
    public boolean accepting() {
        return accepting;
    }

    @Override
    public void open(Opening opening, Done done) {
        opened.add(opening);
        hand(Kind.OPENING, done);
    }

    @Override
    public void note(Closing soFar, Done done) {
        noted.add(soFar);
        hand(Kind.NOTE, done);
    }

    @Override
    public void close(Closing closing, Done done) {
        if (forgetting) {
            forgotten.incrementAndGet();
            done.done(null);
            return;
        }
        closed.add(closing);
        entries.add(closing);
        hand(Kind.ENTRY, done);
    }

    /** From now on frames land only when {@link #land} is called. */
    RecordingBooks hold() {
        holding = true;
        return this;
    }

    /** From now on entries are only counted, for tests that watch memory. */
    RecordingBooks forget() {
        forgetting = true;
        return this;
    }

    /** Entries that were counted only. */
    long forgotten() {
        return forgotten.get();
    }

    RecordingBooks refuse() {
        accepting = false;
        return this;
    }

    RecordingBooks failing(IOException cause) {
        failure = cause;
        return this;
    }

    RecordingBooks throwing() {
        throwing = true;
        return this;
    }

    /** Waits for the next held frame. */
    Frame next() throws InterruptedException {
        Frame frame = held.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame came");
        }
        return frame;
    }

    /** Waits for the next held frame, checks its kind and lets it land. */
    void land(Kind kind) throws InterruptedException {
        Frame frame = next();
        if (frame.kind() != kind) {
            throw new AssertionError("expected " + kind + ", came " + frame.kind());
        }
        frame.done().done(null);
    }

    /** The next entry. */
    Closing entry() throws InterruptedException {
        Closing closing = entries.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (closing == null) {
            throw new AssertionError("no entry came");
        }
        return closing;
    }

    /** The next entry of that path; entries of others stay. */
    Closing entryOf(String path) throws InterruptedException {
        List<Closing> others = new ArrayList<>();
        Closing entry = entry();
        while (!entry.opening().path().equals(path)) {
            others.add(entry);
            entry = entry();
        }
        entries.addAll(others);
        return entry;
    }

    List<Opening> opened() {
        return new ArrayList<>(opened);
    }

    List<Closing> noted() {
        return new ArrayList<>(noted);
    }

    List<Closing> closed() {
        return new ArrayList<>(closed);
    }

    @Override
    public void close() {
        writer.shutdownNow();
    }

    private void hand(Kind kind, Done done) {
        if (throwing) {
            throw new IllegalStateException("the books are broken");
        }
        if (holding) {
            held.add(new Frame(kind, done));
        } else {
            CompletableFuture.runAsync(() -> done.done(failure), writer).join();
        }
    }
}
