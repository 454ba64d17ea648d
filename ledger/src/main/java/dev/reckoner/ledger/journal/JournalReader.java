package dev.reckoner.ledger.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads synced frames back from disk, and collects what can't be read. Thread-safe. */
final class JournalReader {
    private final JournalFiles files;
    private final Segments segments;
    private final List<JournalDamage> damage = new ArrayList<>();

    JournalReader(JournalFiles files, Segments segments, List<JournalDamage> damage) {
        this.files = files;
        this.segments = segments;
        this.damage.addAll(damage);
    }

    List<JournalDamage> damage() {
        synchronized (damage) {
            return List.copyOf(damage);
        }
    }

    /** Whether something in this file can't be read. */
    boolean damaged(String file) {
        return damage().stream().anyMatch(found -> found.file().equals(file));
    }

    List<Positioned> read(Position from, int max) throws IOException {
        List<Positioned> frames = new ArrayList<>();
        Position at = from;
        while (frames.size() < max) {
            Segments.Stretch stretch = segments.behind(at);
            if (stretch == null) {
                break;
            }
            at = readStretch(stretch, max, frames);
        }
        if (frames.isEmpty()) {
            segments.barren(from, at);
        }
        return frames;
    }

    /** The frame at a place, null where it can't be read. */
    @Nullable
    Frame readAt(Position place) throws IOException {
        try (SegmentReader reader = new SegmentReader(files, place.segment())) {
            SegmentReader.Raw raw = reader.next(place.offset(), reader.size());
            return raw == null ? null : decode(place.segment(), raw);
        }
    }

    private Position readStretch(Segments.Stretch stretch, int max, List<Positioned> frames) throws IOException {
        long at = stretch.from();
        try (SegmentReader reader = new SegmentReader(files, stretch.segment())) {
            while (frames.size() < max) {
                SegmentReader.Raw raw = reader.next(at, stretch.to());
                if (raw == null) {
                    found(stretch.segment(), at, stretch.to(), "can't be read");
                    at = stretch.to();
                    break;
                }
                found(stretch.segment(), at, raw.start(), "can't be read");
                at = raw.end();
                Frame frame = decode(stretch.segment(), raw);
                if (frame != null) {
                    frames.add(new Positioned(new Position(stretch.segment(), at), frame));
                }
            }
        }
        return new Position(stretch.segment(), at);
    }

    private @Nullable Frame decode(long segment, SegmentReader.Raw raw) {
        try {
            return FrameDecoder.decode(raw.type(), raw.json());
        } catch (IOException e) {
            found(segment, raw.start(), raw.end(), "holds " + e.getMessage());
            return null;
        }
    }

    private void found(long segment, long from, long to, String what) {
        if (from >= to) {
            return;
        }
        String file = SegmentNames.name(segment);
        synchronized (damage) {
            boolean known = damage.stream().anyMatch(other -> other.file().equals(file) && other.offset() == from);
            if (!known) {
                damage.add(new JournalDamage(file, from, to - from, what));
            }
        }
    }
}
