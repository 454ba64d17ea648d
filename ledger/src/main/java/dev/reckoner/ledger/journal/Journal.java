package dev.reckoner.ledger.journal;

import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.BooksWatch;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.JournalState;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Uninterrupted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only journal of one ledger directory: the first durable thing, and the outbox of the store (P3).
 *
 * <p>Appending may be done on any thread, event loops included: it only puts into a queue. One thread, "journal-writer",
 * writes and syncs in groups ({@link JournalWriter}). Reading, waiting and releasing are for the applier's thread and
 * block on the disk. Reading works on after {@link #close}, so that the applier can catch up.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final JournalFiles files;
    private final FrameQueue queue;
    private final Segments segments;
    private final JournalReader reader;
    private final JournalWriter writer;
    private final Thread thread;
    private final Recovery.Found found;
    private long releasedTo;

    private Journal(JournalFiles files, Limits limits, Recovery.Found found, Function<Closing, Entry> booking) {
        this.files = files;
        this.found = found;
        this.queue = new FrameQueue(limits.queueMax());
        this.segments = new Segments(found.ends(), found.end(), found.frames());
        this.reader = new JournalReader(files, segments, found.damage());
        Tail tail = new Tail(files, limits.segmentBytes(), found.end(), found.number());
        this.writer = new JournalWriter(queue, tail, segments, booking, limits.retry(), limits.nanos());
        this.thread = new Thread(writer, "journal-writer");
        thread.setDaemon(true);
    }

    /** What bounds a journal, and its source of nanoseconds. */
    record Limits(int queueMax, long segmentBytes, Duration retry, LongSupplier nanos) {}

    /**
     * Opens the journal, finds what a crash left, and starts the writer.
     *
     * @param directory holds the segment files; made where it is missing
     * @param mark how far the store has taken frames, {@link Position#START} for a new store
     * @param booking makes the entry of a closing; called on the writer's thread only
     * @throws LedgerException where the files can't be read or a later version wrote them
     */
    public static Journal open(
            Path directory, LedgerSettings settings, Position mark, Function<Closing, Entry> booking) {
        return open(directory, settings, mark, booking, BooksWatch.NOBODY);
    }

    /** The same with somebody who is told of writes and syncs. */
    public static Journal open(
            Path directory,
            LedgerSettings settings,
            Position mark,
            Function<Closing, Entry> booking,
            BooksWatch watch) {
        Limits limits = new Limits(settings.journalQueueMax(), settings.journalSegmentBytes(), RETRY, System::nanoTime);
        try {
            JournalFiles files = new WatchedFiles(new DiskFiles(directory), watch, System::nanoTime);
            return open(files, limits, mark, booking);
        } catch (IOException e) {
            throw new LedgerException("the journal in " + directory + " can't be read: " + e, e);
        }
    }

    /** What was found is synced first: the store must never be ahead of what a power cut would leave of the journal. */
    static Journal open(JournalFiles files, Limits limits, Position mark, Function<Closing, Entry> booking)
            throws IOException {
        Recovery.Found found = Recovery.run(files, mark);
        if (found.ends().containsKey(found.end().segment())) {
            files.force(SegmentNames.name(found.end().segment()));
            files.forceDirectory();
        }
        for (JournalDamage damage : found.damage()) {
            LOG.warn("the journal is damaged: {}", damage);
        }
        Journal journal = new Journal(files, limits, found, booking);
        journal.thread.start();
        return journal;
    }

    /** Whether new exchanges can be booked: the journal is writable and its queue has room. */
    public boolean accepting() {
        return writer.unwritable() == null && !writer.ended() && !queue.full();
    }

    /**
     * Appends a frame. An opening or note that can't be taken is answered on the caller's thread; entries and batches
     * are always taken, and answered at once where they can only be kept for now.
     */
    public void append(Frame frame, Books.Done done) {
        if (frame instanceof Frame.Closed || frame instanceof Frame.Batched) {
            put(frame, null, done);
            return;
        }
        Exception unwritable = writer.unwritable();
        if (unwritable != null) {
            Answers.tell(done, unwritable);
        } else if (!queue.offer(new FrameQueue.Item(frame, null, done))) {
            Answers.tell(done, new IOException("the journal's queue is full"));
        } else {
            refuseIfEnded();
        }
    }

    /** Appends the entry of a closing, made on the writer's thread; otherwise like {@link #append}. */
    public void book(Closing closing, Books.Done done) {
        put(null, closing, done);
    }

    private void put(@Nullable Frame frame, @Nullable Closing closing, Books.Done done) {
        Exception unwritable = writer.unwritable();
        queue.put(new FrameQueue.Item(frame, closing, unwritable == null ? done : Books.Done.NOTHING));
        if (unwritable != null) {
            Answers.tell(done, unwritable);
        }
        refuseIfEnded();
    }

    private void refuseIfEnded() {
        if (writer.ended()) {
            JournalWriter.refuseRest(queue, new IOException("the journal is closed"));
        }
    }

    /**
     * Frames behind a place, in order, only those that are synced; empty where there are none yet.
     *
     * @throws LedgerException where a file can't be read
     */
    public List<Positioned> read(Position from, int max) {
        try {
            return reader.read(from, max);
        } catch (IOException e) {
            throw new LedgerException("the journal can't be read behind " + from + ": " + e, e);
        }
    }

    /** Waits until there is something to read behind a place, at most so long, or until the journal is closed. */
    public void await(Position after, Duration max) throws InterruptedException {
        segments.await(after, max);
    }

    /** The place behind the last synced frame. */
    public Position end() {
        return segments.end();
    }

    /** How many frames were synced behind the mark that the journal was opened with. */
    public long frames() {
        return segments.frames();
    }

    /** How it stands now. Any thread; never blocks for long. */
    public JournalState state() {
        boolean writable = writer.unwritable() == null && !writer.ended();
        return new JournalState(segments.bytes(), queue.size(), segments.frames() - found.frames(), writable);
    }

    /** What could not be read, for the audit. */
    public List<JournalDamage> damage() {
        return reader.damage();
    }

    /**
     * The last frame of every exchange that had no entry when the journal was opened.
     *
     * @param atMark the same, as of the mark: what the store holds in flight
     */
    public List<Frame> inFlight(Collection<? extends Frame> atMark) {
        Map<ExchangeId, Frame> last = new LinkedHashMap<>();
        for (Frame frame : atMark) {
            if (!found.finished().contains(frame.id())) {
                last.put(frame.id(), frame);
            }
        }
        readAt(found.unfinished().values()).forEach(frame -> last.put(frame.id(), frame));
        return new ArrayList<>(last.values());
    }

    /** The last record of every batch that had frames behind the mark when the journal was opened. */
    public List<BatchRecord> batches() {
        List<BatchRecord> last = new ArrayList<>();
        for (Frame frame : readAt(found.batches().values())) {
            if (frame instanceof Frame.Batched batched) {
                last.add(batched.batch());
            }
        }
        return last;
    }

    private List<Frame> readAt(Collection<Position> places) {
        List<Frame> frames = new ArrayList<>();
        try {
            for (Position place : places) {
                Frame frame = reader.readAt(place);
                if (frame != null) {
                    frames.add(frame);
                }
            }
        } catch (IOException e) {
            throw new LedgerException("the journal can't be read: " + e, e);
        }
        return frames;
    }

    /**
     * Deletes segments wholly before a place; damaged ones are set aside instead, for someone to look at. What can't be
     * deleted now is deleted another time.
     */
    public void release(Position upTo) {
        long before = Math.min(upTo.segment(), end().segment());
        if (before <= releasedTo) {
            return;
        }
        segments.release(upTo);
        try {
            for (String name : files.names()) {
                Long number = SegmentNames.number(name);
                if (number != null && number < before) {
                    discard(name, number);
                }
            }
            releasedTo = before;
        } catch (IOException e) {
            LOG.warn("segments of the journal before {} could not be deleted: {}", before, e.toString());
        }
    }

    private void discard(String name, long number) throws IOException {
        if (reader.damaged(name)) {
            files.rename(name, SegmentNames.setAsideName(number));
        } else {
            files.delete(name);
        }
    }

    /** Writes what waits, syncs, and stops the writer. Later appends are answered as failed. */
    @Override
    public void close() {
        writer.stop();
        Uninterrupted.join(thread);
    }
}
