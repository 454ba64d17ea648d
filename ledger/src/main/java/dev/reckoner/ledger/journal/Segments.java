package dev.reckoner.ledger.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far each segment can be read: the place where the writer, who moves it on, and the readers, who wait for it, meet.
 * Thread-safe.
 */
final class Segments {
    private final NavigableMap<Long, Long> ends = new TreeMap<>();
    private Position end;
    private long frames;
    private boolean closed;

    /** A stretch without a readable frame: waiting behind its start means waiting behind its end. */
    private Position barrenFrom = Position.START;

    private Position barrenTo = Position.START;

    Segments(Map<Long, Long> ends, Position end, long frames) {
        this.ends.putAll(ends);
        this.end = end;
        this.frames = frames;
    }

    /** A part of a segment that holds synced frames. */
    record Stretch(long segment, long from, long to) {}

    synchronized Position end() {
        return end;
    }

    synchronized long frames() {
        return frames;
    }

    /** How many bytes the segments hold that were not released. */
    synchronized long bytes() {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The stretch to read behind a place, null where there is none. */
    synchronized @Nullable Stretch behind(Position place) {
        long from = Math.max(place.offset(), Format.HEADER_BYTES);
        for (Map.Entry<Long, Long> segment : ends.tailMap(place.segment(), true).entrySet()) {
            long start = segment.getKey() == place.segment() ? from : Format.HEADER_BYTES;
            if (start < segment.getValue()) {
                return new Stretch(segment.getKey(), start, segment.getValue());
            }
        }
        return null;
    }

    /** Tells that frames up to a place are synced. */
    synchronized void synced(Position upTo, long count) {
        ends.put(upTo.segment(), upTo.offset());
        end = upTo;
        frames += count;
        notifyAll();
    }

    /** Tells that reading from one place to the other found no frame. */
    synchronized void barren(Position from, Position to) {
        barrenFrom = from;
        barrenTo = to;
    }

    synchronized void await(Position after, Duration max) throws InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        while (!closed && !news(after)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Ends all waiting for good. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Forgets the segments wholly before a place and returns their numbers; the last one always stays. */
    synchronized List<Long> release(Position upTo) {
        long keep = Math.min(upTo.segment(), end.segment());
        NavigableMap<Long, Long> before = ends.headMap(keep, false);
        List<Long> released = new ArrayList<>(before.keySet());
        before.clear();
        return released;
    }

    private boolean news(Position after) {
        Position from = after.equals(barrenFrom) ? barrenTo : after;
        return end.compareTo(from) > 0;
    }
}
