package dev.reckoner.ledger.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segment files with random damage: nothing throws or loops, nothing is invented, and what wasn't hit is read. */
final class JournalFuzzTest {
    private static final int ROUNDS = 150;
    private static final Journal.Limits LIMITS =
            new Journal.Limits(1_000, 2_000, Duration.ofMillis(5), System::nanoTime);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void files_withRandomDamage_giveEveryFrameThatWasNotHit(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Positioned> whole = new ArrayList<>();
        FakeFiles good = written(whole);
        for (int round = 0; round < ROUNDS; round++) {
            FakeFiles files = good.afterKill();
            List<Frame> spared = new ArrayList<>();
            whole.forEach(frame -> spared.add(frame.frame()));
            int hits = random.nextInt(1, 4);
            for (int i = 0; i < hits; i++) {
                spared.removeAll(hit(files, whole, random));
            }
            String what = "seed " + seed + ", round " + round;
            try (Journal journal = Journal.open(files, LIMITS, Position.START, Samples::entry)) {
                List<Frame> read = Acks.read(journal, Position.START);
                assertTrue(read.containsAll(spared), what + ": a frame that was not hit is missing");
                assertEquals(spared.size(), read.size(), what);
                assertFalse(journal.damage().isEmpty(), what + ": damage in the middle goes unreported");
                journal.inFlight(List.of());
                Acks.all(journal, List.of(Samples.opened(9_999)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void files_ofRandomBytes_giveNothing(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            FakeFiles files = new FakeFiles();
            for (int segment = 1; segment <= 3; segment++) {
                byte[] bytes = new byte[random.nextInt(3_000)];
                random.nextBytes(bytes);
                files.put(SegmentNames.name(segment), bytes);
            }
            try (Journal journal = Journal.open(files, LIMITS, Position.START, Samples::entry)) {
                assertEquals(List.of(), Acks.read(journal, Position.START));
                Acks.all(journal, List.of(Samples.opened(1)));
                assertEquals(List.of(Samples.opened(1)), Acks.read(journal, Position.START));
            }
        }
    }

    /** Overwrites a few bytes inside one frame that isn't a segment's last, and tells which frames these belong to. */
    private static List<Frame> hit(FakeFiles files, List<Positioned> whole, SplittableRandom random) {
        int index = random.nextInt(whole.size() - 1);
        while (!sameSegment(whole, index)) {
            index = random.nextInt(whole.size() - 1);
        }
        Position end = whole.get(index).next();
        long start = index > 0 && sameSegment(whole, index - 1)
                ? whole.get(index - 1).next().offset()
                : Format.HEADER_BYTES;
        String name = SegmentNames.name(end.segment());
        byte[] bytes = files.bytes(name);
        byte[] before = bytes.clone();
        int from = (int) random.nextLong(start, end.offset());
        int to = (int) random.nextLong(from, end.offset()) + 1;
        while (Arrays.equals(before, bytes)) {
            for (int at = from; at < to; at++) {
                bytes[at] = (byte) random.nextInt(256);
            }
        }
        files.put(name, bytes);
        return List.of(whole.get(index).frame());
    }

    private static boolean sameSegment(List<Positioned> whole, int index) {
        return whole.get(index).next().segment() == whole.get(index + 1).next().segment();
    }

    private static FakeFiles written(List<Positioned> whole) throws Exception {
        FakeFiles files = new FakeFiles();
        try (Journal journal = Journal.open(files, LIMITS, Position.START, Samples::entry)) {
            for (int i = 0; i < 30; i++) {
                Acks.all(journal, List.of(i % 3 == 0 ? Samples.closed(i) : Samples.opened(i)));
            }
            whole.addAll(journal.read(Position.START, 1_000));
        }
        assertEquals(30, whole.size());
        return files;
    }
}
