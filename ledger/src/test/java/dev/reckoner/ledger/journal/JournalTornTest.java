package dev.reckoner.ledger.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal whose file was torn, flipped, zeroed or lost, at every byte. */
final class JournalTornTest {
    private static final Journal.Limits LIMITS =
            new Journal.Limits(1_000, 1 << 20, Duration.ofMillis(5), System::nanoTime);
    private static final String FIRST = SegmentNames.name(1);
    private static final List<Frame> FRAMES =
            List.of(Samples.opened(1), new Frame.Noted(Samples.fullClosing()), Samples.closed(2), Samples.opened(3));

    private final List<Position> ends = new ArrayList<>();
    private final byte[] whole = written();

    @Test
    void file_cutAtEveryByte_keepsEveryWholeFrameAndTakesNewOnes() throws Exception {
        for (int length = 0; length <= whole.length; length++) {
            FakeFiles files = new FakeFiles();
            files.put(FIRST, Arrays.copyOf(whole, length));

            assertRecovers(files, wholeFrames(length), "cut at " + length);
        }
    }

    @Test
    void file_zeroFilledFromEveryByte_keepsEveryWholeFrameAndTakesNewOnes() throws Exception {
        for (int length = Format.HEADER_BYTES; length <= whole.length; length++) {
            byte[] zeroed = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length + 500);
            FakeFiles files = new FakeFiles();
            files.put(FIRST, zeroed);

            assertRecovers(files, wholeFrames(lastNonZero(zeroed)), "zeros from " + length);
        }
    }

    @Test
    void everyByte_flipped_losesThatFrameAloneAndSaysWhere() throws Exception {
        for (int at = Format.HEADER_BYTES; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x55;
            FakeFiles files = new FakeFiles();
            files.put(FIRST, flipped);
            int hit = wholeFrames(at);
            List<Frame> rest = new ArrayList<>(FRAMES);
            rest.remove(hit);

            try (Journal journal = open(files)) {
                assertEquals(rest, Acks.read(journal, Position.START), "flipped at " + at);
                if (hit < FRAMES.size() - 1) {
                    JournalDamage damage = journal.damage().get(0);
                    assertEquals(FIRST, damage.file());
                    assertEquals(start(hit), damage.offset(), "flipped at " + at);
                    assertEquals(ends.get(hit).offset() - start(hit), damage.bytes());
                }
                Acks.all(journal, List.of(Samples.opened(77)));
            }
        }
    }

    @Test
    void header_flippedAtEveryByte_losesNoFrameAndIsReported() throws Exception {
        for (int at = 0; at < Format.HEADER_BYTES; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x55;
            FakeFiles files = new FakeFiles();
            files.put(FIRST, flipped);

            try (Journal journal = open(files)) {
                assertEquals(FRAMES, Acks.read(journal, Position.START), "flipped at " + at);
                assertEquals(0, journal.damage().get(0).offset());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void segment_missing_isReportedAndAllOthersAreRead(int lost) throws Exception {
        FakeFiles files = manySegments(6);
        files.remove(SegmentNames.name(lost));

        try (Journal journal = open(files)) {
            List<Frame> expected = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                if (i != lost) {
                    expected.add(Samples.opened(i));
                }
            }
            assertEquals(expected, Acks.read(journal, Position.START));
            boolean reported =
                    journal.damage().stream().anyMatch(damage -> damage.file().equals(SegmentNames.name(lost)));
            assertEquals(lost < 6, reported, "nothing points to the last one: " + journal.damage());
        }
    }

    @Test
    void lastSegment_missingButKnownToTheStore_isReported() throws Exception {
        FakeFiles files = manySegments(3);
        files.remove(SegmentNames.name(3));

        try (Journal journal = Journal.open(files, LIMITS, new Position(3, 300), Samples::entry)) {
            assertEquals(SegmentNames.name(3), journal.damage().get(0).file());
            Acks.all(journal, List.of(Samples.opened(9)));
            assertEquals(List.of(Samples.opened(9)), Acks.read(journal, new Position(3, 300)));
        }
    }

    @Test
    void headerInTheMiddle_flipped_losesNoFrame() throws Exception {
        for (int segment = 1; segment <= 3; segment++) {
            FakeFiles files = manySegments(3);
            byte[] bytes = files.bytes(SegmentNames.name(segment));
            bytes[20] ^= 1;
            files.put(SegmentNames.name(segment), bytes);

            try (Journal journal = open(files)) {
                assertEquals(
                        List.of(Samples.opened(1), Samples.opened(2), Samples.opened(3)),
                        Acks.read(journal, Position.START));
                assertEquals(1, journal.damage().size(), journal.damage().toString());
            }
        }
    }

    @Test
    void endOfAFinishedSegment_lost_isReportedThoughItLooksLikeATornWrite() throws Exception {
        FakeFiles files = manySegments(3);
        byte[] bytes = files.bytes(SegmentNames.name(2));
        files.put(SegmentNames.name(2), Arrays.copyOf(bytes, bytes.length - 1));

        try (Journal journal = open(files)) {
            assertEquals(List.of(Samples.opened(1), Samples.opened(3)), Acks.read(journal, Position.START));
            assertEquals(SegmentNames.name(2), journal.damage().get(0).file());
            assertEquals(Format.HEADER_BYTES, journal.damage().get(0).offset());
        }
    }

    @Test
    void damagedSegment_released_isSetAsideAndStaysReported() throws Exception {
        FakeFiles files = manySegments(3);
        byte[] bytes = files.bytes(SegmentNames.name(1));
        bytes[60] ^= 1;
        files.put(SegmentNames.name(1), bytes);

        try (Journal journal = open(files)) {
            journal.release(journal.end());
        }

        assertEquals(
                List.of(SegmentNames.setAsideName(1), SegmentNames.name(3)),
                files.names().stream().sorted().toList());
        try (Journal again = Journal.open(files, LIMITS, new Position(3, 40), Samples::entry)) {
            assertEquals(SegmentNames.setAsideName(1), again.damage().get(0).file());
        }
    }

    /** Whatever was there before: the frames are read, and what is written next follows them after one more restart. */
    private void assertRecovers(FakeFiles files, int frames, String what) throws Exception {
        try (Journal journal = open(files)) {
            assertEquals(FRAMES.subList(0, frames), Acks.read(journal, Position.START), what);
            assertEquals(List.of(), journal.damage(), what);
            Acks.all(journal, List.of(Samples.opened(77)));
        }
        List<Frame> expected = new ArrayList<>(FRAMES.subList(0, frames));
        expected.add(Samples.opened(77));
        try (Journal again = open(files)) {
            assertEquals(expected, Acks.read(again, Position.START), what);
            assertEquals(List.of(), again.damage(), what);
        }
    }

    private byte[] written() {
        FakeFiles files = new FakeFiles();
        try (Journal journal = open(files)) {
            for (Frame frame : FRAMES) {
                Acks.all(journal, List.of(frame));
                ends.add(journal.end());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertTrue(ends.get(0).offset() > Format.HEADER_BYTES);
        return files.bytes(FIRST);
    }

    /** Segments of one frame each. */
    private static FakeFiles manySegments(int count) throws Exception {
        FakeFiles files = new FakeFiles();
        Journal.Limits limits = new Journal.Limits(1_000, 10, Duration.ofMillis(5), System::nanoTime);
        try (Journal journal = Journal.open(files, limits, Position.START, Samples::entry)) {
            for (int i = 1; i <= count; i++) {
                Acks.all(journal, List.of(Samples.opened(i)));
            }
        }
        assertEquals(count, files.names().size());
        return files;
    }

    private static Journal open(FakeFiles files) throws Exception {
        return Journal.open(files, LIMITS, Position.START, Samples::entry);
    }

    private int wholeFrames(int length) {
        return (int) ends.stream().filter(end -> end.offset() <= length).count();
    }

    private long start(int frame) {
        return frame == 0 ? Format.HEADER_BYTES : ends.get(frame - 1).offset();
    }

    private static int lastNonZero(byte[] bytes) {
        int length = bytes.length;
        while (bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }
}
