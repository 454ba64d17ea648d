package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.journal.Positioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A journal in memory that never lets go of a frame, so that it can be read again from anywhere. */
final class MemoryJournal implements FrameSource {
    private final List<Frame> frames = new ArrayList<>();
    private final List<Position> released = new ArrayList<>();
    private int failingReads;

    synchronized void append(Frame frame) {
        frames.add(frame);
        notifyAll();
    }

    void opened(Opening opening) {
        append(new Frame.Opened(opening));
    }

    void noted(Closing soFar) {
        append(new Frame.Noted(soFar));
    }

    void closed(Entry entry) {
        append(new Frame.Closed(entry));
    }

    /** Appends opening and entry of each. */
    void exchanges(List<Entry> entries) {
        for (Entry entry : entries) {
            opened(entry.closing().opening());
            closed(entry);
        }
    }

    /** Appends all frames once more. */
    synchronized void again() {
        frames.addAll(List.copyOf(frames));
        notifyAll();
    }

    synchronized void failReads(int times) {
        failingReads = times;
    }

    synchronized List<Position> released() {
        return List.copyOf(released);
    }

    @Override
    public synchronized List<Positioned> read(Position from, int max) {
        if (failingReads > 0) {
            failingReads--;
            throw new IllegalStateException("the disk is away");
        }
        int begin = (int) from.offset();
        int end = Math.min(frames.size(), begin + max);
        List<Positioned> read = new ArrayList<>();
        for (int i = begin; i < end; i++) {
            read.add(new Positioned(new Position(1, i + 1L), frames.get(i)));
        }
        return read;
    }

    @Override
    public synchronized void await(Position after, Duration max) throws InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        while (frames.size() <= after.offset() && System.nanoTime() < deadline) {
            wait(1 + max.toMillis() / 4);
        }
    }

    @Override
    public synchronized void release(Position upTo) {
        released.add(upTo);
    }

    @Override
    public synchronized Position end() {
        return frames.isEmpty() ? Position.START : new Position(1, frames.size());
    }

    @Override
    public synchronized long frames() {
        return frames.size();
    }
}
