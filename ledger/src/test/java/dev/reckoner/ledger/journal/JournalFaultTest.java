package dev.reckoner.ledger.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that is full or fails to sync, and comes back. */
final class JournalFaultTest {
    private static final Journal.Limits LIMITS =
            new Journal.Limits(1_000, 1 << 20, Duration.ofMillis(5), System::nanoTime);

    private final FakeFiles files = new FakeFiles();
    private Journal journal;

    @BeforeEach
    void open() throws Exception {
        journal = Journal.open(files, LIMITS, Position.START, Samples::entry);
        Acks.all(journal, List.of(Samples.opened(1), Samples.opened(2)));
    }

    @AfterEach
    void close() {
        files.space(Long.MAX_VALUE);
        files.breakSync(false);
        journal.close();
    }

    @Test
    void diskFull_refusesOpeningsAnswersEntriesAndKeepsThem() {
        fillDisk();

        Acks entry = new Acks();
        Acks booked = new Acks();
        Acks batch = new Acks();
        journal.append(Samples.closed(1), entry);
        journal.append(Samples.batched("msgbatch_1", 1), batch);
        journal.book(Samples.closing(2, Outcome.OK_UPSTREAM_COMPLETE), booked);

        assertFalse(entry.ok());
        assertFalse(booked.ok());
        assertFalse(batch.ok());
        Acks refused = new Acks();
        journal.append(Samples.opened(4), refused);
        assertFalse(refused.ok());
        assertTrue(String.valueOf(refused.failure()).contains("No space left"), String.valueOf(refused.failure()));

        files.space(Long.MAX_VALUE);
        JournalTest.await(journal::accepting);

        Acks.all(journal, List.of(Samples.opened(5)));
        List<Frame> frames = Acks.read(journal, Position.START);
        assertEquals(
                List.of(
                        Samples.opened(1),
                        Samples.opened(2),
                        Samples.opened(3),
                        Samples.closed(1),
                        Samples.batched("msgbatch_1", 1),
                        Samples.closed(2),
                        Samples.opened(5)),
                frames);
        assertEquals(List.of(), journal.damage());
    }

    @Test
    void diskFullAtEveryByteOfAGroup_losesNothingThatWasPromised() throws Exception {
        for (int room = 0; room < 700; room += 7) {
            FakeFiles small = new FakeFiles();
            Journal under = Journal.open(small, LIMITS, Position.START, Samples::entry);
            Acks.all(under, List.of(Samples.opened(1)));
            small.space(room);
            Acks opening = new Acks();
            Acks entry = new Acks();
            under.append(Samples.opened(2), opening);
            under.append(Samples.closed(1), entry);
            boolean openingOk = opening.ok();
            boolean entryOk = entry.ok();
            FakeFiles killed = small.afterKill();
            under.close();

            try (Journal again = Journal.open(killed, LIMITS, Position.START, Samples::entry)) {
                List<Frame> frames = Acks.read(again, Position.START);
                assertTrue(frames.contains(Samples.opened(1)), "room " + room);
                assertTrue(!openingOk || frames.contains(Samples.opened(2)), "room " + room);
                assertTrue(!entryOk || frames.contains(Samples.closed(1)), "room " + room);
                assertEquals(List.of(), again.damage(), "room " + room);
            }
        }
    }

    @Test
    void syncFailsOnce_segmentIsAbandonedAndNobodyNotices() throws Exception {
        files.failSyncs(1);

        Acks.all(journal, List.of(Samples.closed(1)));

        assertEquals(List.of(SegmentNames.name(1), SegmentNames.name(2)), files.names());
        List<Frame> expected = List.of(Samples.opened(1), Samples.opened(2), Samples.closed(1));
        assertEquals(expected, Acks.read(journal, Position.START));
        journal.close();
        try (Journal again = Journal.open(files, LIMITS, Position.START, Samples::entry)) {
            assertEquals(expected, Acks.read(again, Position.START), "the abandoned copy is not read");
            assertEquals(List.of(), again.damage());
        }
    }

    @Test
    void syncBroken_isUnwritableUntilItWorksAgain() {
        files.breakSync(true);
        Acks opening = new Acks();
        journal.append(Samples.opened(3), opening);
        assertFalse(opening.ok());
        JournalTest.await(() -> !journal.accepting());
        Acks entry = new Acks();
        journal.append(Samples.closed(3), entry);
        assertFalse(entry.ok());

        files.breakSync(false);
        JournalTest.await(journal::accepting);
        Acks.all(journal, List.of(Samples.opened(4)));

        assertTrue(Acks.read(journal, Position.START).containsAll(List.of(Samples.opened(3), Samples.closed(3))));
        assertEquals(1, opening.times());
        assertEquals(1, entry.times());
    }

    @Test
    void riders_writtenBeforeTheSyncFailed_areWrittenAgain() {
        journal.append(Samples.noted(1), Books.Done.NOTHING);
        JournalTest.await(
                () -> files.bytes(SegmentNames.name(1)).length > journal.end().offset());
        files.failSyncs(1);

        Acks.all(journal, List.of(Samples.closed(1)));

        assertEquals(
                List.of(Samples.opened(1), Samples.opened(2), Samples.noted(1), Samples.closed(1)),
                Acks.read(journal, Position.START));
    }

    @Test
    void unwritable_closed_triesOnceMoreThenEnds() throws Exception {
        fillDisk();
        journal.append(Samples.closed(1), Books.Done.NOTHING);
        journal.close();
        assertFalse(Acks.read(journal, Position.START).contains(Samples.closed(1)));

        try (Journal again = Journal.open(files.afterKill(), LIMITS, Position.START, Samples::entry)) {
            assertEquals(
                    List.of(Samples.id(1), Samples.id(2)),
                    again.inFlight(List.of()).stream().map(Frame::id).toList().subList(0, 2));
        }
    }

    @Test
    void unwritableForLong_refusedExchangesDoNotCrowdOutServedOnes() throws Exception {
        journal.close();
        CountDownLatch lastTaken = new CountDownLatch(1);
        journal = Journal.open(files, LIMITS, Position.START, closing -> {
            lastTaken.countDown();
            return Samples.entry(closing);
        });
        fillDisk();
        int refusals = JournalWriter.KEPT_REFUSALS_MAX + 500;
        for (int i = 0; i < refusals; i++) {
            journal.append(
                    new Frame.Closed(Samples.entry(Samples.closing(1_000 + i, Outcome.FAILED_LOCAL_JOURNAL))),
                    Books.Done.NOTHING);
        }
        journal.book(Samples.closing(1, Outcome.OK_UPSTREAM_COMPLETE), Books.Done.NOTHING);
        assertTrue(lastTaken.await(20, TimeUnit.SECONDS));

        files.space(Long.MAX_VALUE);
        JournalTest.await(journal::accepting);

        List<Frame> frames = Acks.read(journal, Position.START);
        assertTrue(frames.contains(Samples.closed(1)), "the served one is booked");
        assertEquals(JournalWriter.KEPT_REFUSALS_MAX + 3, frames.size());
    }

    @Test
    void bookingWhileUnwritable_stillHappensOnce() {
        fillDisk();
        List<Acks> acks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            acks.add(new Acks());
            journal.book(Samples.closing(100 + i, Outcome.OK_UPSTREAM_COMPLETE), acks.get(i));
        }
        files.space(Long.MAX_VALUE);
        JournalTest.await(journal::accepting);
        Acks.all(journal, List.of(Samples.opened(1_000)));

        assertTrue(acks.stream().allMatch(ack -> ack.times() == 1));
        List<Frame> frames = Acks.read(journal, Position.START);
        for (int i = 0; i < 50; i++) {
            Frame expected = Samples.closed(100 + i);
            assertEquals(1, frames.stream().filter(expected::equals).count(), "exchange " + i);
        }
    }

    @Test
    void unwritable_appendsFromManyThreads_areAllAnsweredOnce() throws Exception {
        fillDisk();
        List<Acks> acks = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            acks.add(new Acks());
        }
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = t * 100;
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                for (int i = first; i < first + 100; i++) {
                    journal.append(i % 2 == 0 ? Samples.opened(i) : Samples.closed(i), acks.get(i));
                }
            });
            threads.add(thread);
            thread.start();
        }
        go.countDown();
        files.space(Long.MAX_VALUE);
        for (Thread thread : threads) {
            thread.join();
        }
        JournalTest.await(journal::accepting);
        Acks.all(journal, List.of(Samples.opened(1_000)));
        List<Frame> frames = Acks.read(journal, Position.START);
        for (int i = 0; i < 400; i++) {
            boolean ok = acks.get(i).ok();
            assertEquals(1, acks.get(i).times());
            Frame frame = i % 2 == 0 ? Samples.opened(i) : Samples.closed(i);
            assertTrue((!ok && i % 2 == 0) || frames.contains(frame), "frame " + i);
        }
    }

    private void fillDisk() {
        files.space(0);
        Acks last = new Acks();
        journal.append(Samples.opened(3), last);
        assertFalse(last.ok());
        JournalTest.await(() -> !journal.accepting());
    }
}
