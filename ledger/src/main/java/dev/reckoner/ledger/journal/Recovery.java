package dev.reckoner.ledger.journal;

import dev.reckoner.ledger.ExchangeId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, when the journal is opened, what of it can be read: which segments follow each other, where each ends, what
 * is damaged, and which exchanges were left in flight. Changes no file.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** Where a segment's end is not written down: it's the last one, or its follower's header can't be read. */
    private static final long UNKNOWN = -1;

    private static final String LOST_OR_TORN =
            "can't be read; where power was lost while it was being written, nothing that was promised is missing";

    private final JournalFiles files;
    private final Position mark;
    private final NavigableSet<Long> numbers = new TreeSet<>();
    private final Map<Long, Long> ends = new HashMap<>();
    private final List<JournalDamage> damage = new ArrayList<>();
    private final Map<ExchangeId, Position> unfinished = new LinkedHashMap<>();
    private final Set<ExchangeId> finished = new HashSet<>();
    private final Map<ExchangeId, Position> batches = new LinkedHashMap<>();
    private long frames;

    private Recovery(JournalFiles files, Position mark) {
        this.files = files;
        this.mark = mark;
    }

    /**
     * What was found.
     *
     * @param ends where the frames of each segment end, by its number
     * @param end behind the last frame
     * @param number the highest number that a file has, or had
     * @param frames readable frames behind the mark
     * @param unfinished place of the last frame of each exchange that has frames behind the mark, but no entry there
     * @param finished exchanges whose entry is behind the mark, but whose opening is not
     * @param batches place of the last frame of each batch that has frames behind the mark
     */
    record Found(
            Map<Long, Long> ends,
            Position end,
            long number,
            long frames,
            List<JournalDamage> damage,
            Map<ExchangeId, Position> unfinished,
            Set<ExchangeId> finished,
            Map<ExchangeId, Position> batches) {}

    /** A segment and where it ends, or {@link #UNKNOWN}. */
    private record Link(long segment, long end, boolean last) {}

    static Found run(JournalFiles files, Position mark) throws IOException {
        return new Recovery(files, mark).run();
    }

    private Found run() throws IOException {
        list();
        Position end = mark;
        for (Link link : chain()) {
            long linkEnd = scan(link);
            ends.put(link.segment(), linkEnd);
            Position place = new Position(link.segment(), linkEnd);
            end = place.compareTo(end) > 0 ? place : end;
        }
        long number = Math.max(mark.segment(), numbers.isEmpty() ? 0 : numbers.last());
        return new Found(ends, end, number, frames, damage, unfinished, finished, batches);
    }

    private void list() throws IOException {
        for (String name : files.names()) {
            Long number = SegmentNames.number(name);
            if (number != null) {
                numbers.add(number);
            } else if (SegmentNames.setAside(name)) {
                damage.add(new JournalDamage(name, 0, 0, "was found damaged before and set aside"));
            }
        }
    }

    /** The segments from the mark on, each found through the header of the one that follows it. */
    private Deque<Link> chain() throws IOException {
        Deque<Link> chain = new ArrayDeque<>();
        Long segment = last();
        if (segment == null || segment < mark.segment()) {
            missing(mark.segment(), mark.offset());
            return chain;
        }
        long end = UNKNOWN;
        while (segment != null && segment >= mark.segment()) {
            chain.addFirst(new Link(segment, end, chain.isEmpty()));
            SegmentHeader header = header(segment);
            Long before = numbers.lower(segment);
            if (header == null) {
                damage(segment, 0, Format.HEADER_BYTES, "the segment's header can't be read");
                end = UNKNOWN;
                segment = before;
                continue;
            }
            end = header.previousEnd();
            segment = header.previous();
            if (segment == 0) {
                break;
            }
            if (!numbers.contains(segment)) {
                missing(segment, 0);
                segment = before;
                end = UNKNOWN;
            }
        }
        return chain;
    }

    /** The last segment that frames were ever written to; a file cut off inside its header never had any. */
    private @Nullable Long last() throws IOException {
        for (long segment : numbers.descendingSet()) {
            if (header(segment) != null || size(segment) > Format.HEADER_BYTES) {
                return segment;
            }
        }
        return null;
    }

    private void missing(long segment, long offset) {
        if (segment > 0 && segment >= mark.segment()) {
            damage(segment, offset, 0, "the segment is missing");
        }
    }

    /** Goes through the frames of a segment and returns where they end. */
    private long scan(Link link) throws IOException {
        try (SegmentReader reader = new SegmentReader(files, link.segment())) {
            long size = reader.size();
            long limit = link.end() == UNKNOWN ? size : Math.min(link.end(), size);
            long at = link.segment() == mark.segment()
                    ? Math.max(mark.offset(), Format.HEADER_BYTES)
                    : Format.HEADER_BYTES;
            SegmentReader.Raw frame;
            while ((frame = reader.next(at, limit)) != null) {
                if (frame.start() > at) {
                    damage(link.segment(), at, frame.start() - at, link.last() ? LOST_OR_TORN : "can't be read");
                }
                take(link.segment(), frame);
                at = frame.end();
            }
            return link.last() ? endOfLast(link, at, size) : endOfOther(link, at, size);
        }
    }

    /** Behind the last frame of the last segment stands at most a write that a crash tore: it was never promised. */
    private static long endOfLast(Link link, long at, long size) {
        if (size > at) {
            LOG.info(
                    "{}: the last {} bytes, from {} on, are an unfinished write; nothing that was promised is lost",
                    SegmentNames.name(link.segment()),
                    size - at,
                    at);
        }
        return at;
    }

    private long endOfOther(Link link, long at, long size) {
        long end = link.end() == UNKNOWN ? size : link.end();
        if (at < end) {
            String what = size < end ? "the file ends at " + size + ", expected " + end : "can't be read";
            damage(link.segment(), at, end - at, what);
        }
        return Math.max(at, end);
    }

    private void take(long segment, SegmentReader.Raw frame) {
        frames++;
        switch (frame.type()) {
            case Format.TYPE_OPENED, Format.TYPE_NOTED ->
                unfinished.put(frame.id(), new Position(segment, frame.start()));
            case Format.TYPE_CLOSED -> {
                if (unfinished.remove(frame.id()) == null) {
                    finished.add(frame.id());
                }
            }
            case Format.TYPE_BATCHED -> batches.put(frame.id(), new Position(segment, frame.start()));
            default -> {
                // about no exchange in flight
            }
        }
    }

    private @Nullable SegmentHeader header(long segment) throws IOException {
        try (SegmentReader reader = new SegmentReader(files, segment)) {
            return reader.header();
        }
    }

    private long size(long segment) throws IOException {
        try (SegmentReader reader = new SegmentReader(files, segment)) {
            return reader.size();
        }
    }

    private void damage(long segment, long offset, long bytes, String what) {
        damage.add(new JournalDamage(SegmentNames.name(segment), offset, bytes, what));
    }
}
