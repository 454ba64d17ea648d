package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reckoner.ledger.Reading;
import dev.reckoner.proxy.tap.Transcripts.Transcript;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every transcript, however its bytes are split and encoded, gives the reading that the table says. */
class TranscriptReplayTest {

    @Test
    void table_hasAllShapes() {
        assertTrue(Transcripts.all().size() >= 63, "transcripts are missing");
    }

    @TestFactory
    Stream<DynamicTest> whole_givesTheExpectedReading() {
        return each(t -> assertEquals(t.expected(), Readings.shown(whole(t))));
    }

    @TestFactory
    Stream<DynamicTest> byteByByte_givesTheSameReading() {
        return each(t -> {
            assertEquals(whole(t), Readings.read(tap(t, null), t.body(), true, () -> 1));
            assertEquals(whole(t), Readings.read(tap(t, null), t.body(), false, () -> 1));
        });
    }

    @TestFactory
    Stream<DynamicTest> splitAtEveryIndex_givesTheSameReading() {
        return each(t -> {
            Reading whole = whole(t);
            for (int split = 1; split < t.body().length; split++) {
                int first = split;
                int[] pieces = {0};
                Reading reading = Readings.read(
                        tap(t, null), t.body(), false, () -> pieces[0]++ == 0 ? first : Integer.MAX_VALUE);
                assertEquals(whole, reading, () -> t.name() + " split at " + first);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> randomSplits_giveTheSameReading() {
        long seed = System.nanoTime();
        System.out.println("random splits seed " + seed);
        return each(t -> {
            SplittableRandom random = new SplittableRandom(seed);
            Reading whole = whole(t);
            for (int round = 0; round < 60; round++) {
                int longest = 1 << random.nextInt(1, 12);
                Reading reading =
                        Readings.read(tap(t, null), t.body(), round % 2 == 0, () -> random.nextInt(1, longest + 1));
                assertEquals(whole, reading, () -> t.name() + " seed " + seed);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> gzip_givesTheSameReading() {
        return each(t -> encoded(t, "gzip", Codings.gzip(t.body())));
    }

    @TestFactory
    Stream<DynamicTest> gzipFlushedInSmallSteps_givesTheSameReading() {
        return each(t -> encoded(t, "X-GZIP", Codings.gzipFlushed(t.body(), 97)));
    }

    @TestFactory
    Stream<DynamicTest> gzipOfSeveralMembersAndTrailingBytes_givesTheSameReading() {
        return each(t -> {
            int half = t.body().length / 2;
            byte[] first = Codings.gzip(Arrays.copyOfRange(t.body(), 0, half));
            byte[] second = Codings.gzip(Arrays.copyOfRange(t.body(), half, t.body().length));
            encoded(t, "gzip", Codings.join(first, second, new byte[] {0, 0, 31, 7}));
        });
    }

    @TestFactory
    Stream<DynamicTest> deflate_givesTheSameReading() {
        return each(t -> encoded(t, "identity, Deflate", Codings.deflate(t.body(), false)));
    }

    @TestFactory
    Stream<DynamicTest> rawDeflate_givesTheSameReading() {
        return each(t -> encoded(t, "deflate", Codings.deflate(t.body(), true)));
    }

    @TestFactory
    Stream<DynamicTest> readingsOnTheWay_neverThrowAndDoNotChangeTheEnd() {
        return each(t -> {
            ResponseTap tap = tap(t, null);
            Reading reading = Readings.read(tap, t.body(), false, () -> {
                tap.reading();
                return 5;
            });
            assertEquals(whole(t), reading);
            assertEquals(reading, tap.reading());
        });
    }

    private static void encoded(Transcript t, String coding, byte[] body) {
        Reading whole = whole(t);
        assertEquals(whole, Readings.whole(tap(t, coding), body));
        assertEquals(whole, Readings.read(tap(t, coding), body, true, () -> 1));
        int[] sizes = {1};
        assertEquals(whole, Readings.read(tap(t, coding), body, false, () -> sizes[0]++ % 13 + 1));
    }

    private static Reading whole(Transcript t) {
        return Readings.whole(tap(t, null), t.body());
    }

    private static ResponseTap tap(Transcript t, @Nullable String coding) {
        return Readings.tap(t.status(), t.contentType(), coding);
    }

    private static Stream<DynamicTest> each(Consumer<Transcript> check) {
        return Transcripts.all().stream().map(t -> dynamicTest(t.name(), () -> check.accept(t)));
    }
}
