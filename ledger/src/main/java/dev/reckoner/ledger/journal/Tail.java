package dev.reckoner.ledger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment that is being appended to, and the change to the next one. Confined to the journal's writer.
 *
 * <p>A segment whose write or sync failed is abandoned for good: after a failed sync the kernel may have dropped the
 * pages, and a second sync would report success for data that is gone. The next segment's header says where the synced
 * part ended.
 */
final class Tail {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);

    private final JournalFiles files;
    private final long segmentBytes;
    private Position synced;
    private long number;
    private JournalFiles.@Nullable Sink sink;
    private long written;

    /**
     * A tail behind what was found on disk.
     *
     * @param synced where the next frame will follow
     * @param number the highest number in use
     */
    Tail(JournalFiles files, long segmentBytes, Position synced, long number) {
        this.files = files;
        this.segmentBytes = segmentBytes;
        this.synced = synced;
        this.number = number;
    }

    /** Begins a segment where none is open: fails before anyone has encoded what can't be written anyway. */
    void ready() throws IOException {
        if (sink == null) {
            begin();
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        JournalFiles.Sink open = sink;
        if (open == null) {
            open = begin();
        }
        long length = bytes.remaining();
        open.write(bytes);
        written += length;
    }

    /** Syncs all that was written and returns the place behind it; starts a new segment next time where this is full. */
    Position force() throws IOException {
        JournalFiles.Sink open = sink;
        if (open == null) {
            return synced;
        }
        open.force();
        synced = new Position(number, written);
        if (written >= segmentBytes) {
            close();
        }
        return synced;
    }

    /** Gives the segment up; the next write begins another. */
    void abandon() {
        close();
    }

    void close() {
        JournalFiles.Sink open = sink;
        sink = null;
        closeQuietly(open);
    }

    /** The header is synced before the first frame, so that a file with a broken one never held a frame. */
    private JournalFiles.Sink begin() throws IOException {
        number++;
        String name = SegmentNames.name(number);
        JournalFiles.Sink fresh = files.create(name);
        try {
            SegmentHeader header = new SegmentHeader(number, synced.segment(), synced.offset());
            fresh.write(header.encode());
            fresh.force();
            files.forceDirectory();
        } catch (IOException | RuntimeException e) {
            closeQuietly(fresh);
            deleteQuietly(name);
            throw e;
        }
        sink = fresh;
        written = Format.HEADER_BYTES;
        return fresh;
    }

    private static void closeQuietly(JournalFiles.@Nullable Sink sink) {
        if (sink == null) {
            return;
        }
        try {
            sink.close();
        } catch (IOException e) {
            LOG.debug("a journal file could not be closed", e);
        }
    }

    private void deleteQuietly(String name) {
        try {
            files.delete(name);
        } catch (IOException e) {
            LOG.debug("{} was begun in vain and could not be deleted", name, e);
        }
    }
}
