package dev.reckoner.ledger.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JournalTest {
    private static final Journal.Limits LIMITS =
            new Journal.Limits(1_000, 1 << 20, Duration.ofMillis(5), System::nanoTime);

    private final FakeFiles files = new FakeFiles();
    private final List<Journal> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(Journal::close);
    }

    @Test
    void frames_appended_areReadBackInOrder() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        List<Frame> frames = List.of(Samples.opened(1), Samples.opened(2), Samples.noted(1), Samples.closed(2));

        Acks.all(journal, frames);

        assertEquals(frames, Acks.read(journal, Position.START));
        assertEquals(4, journal.frames());
        assertTrue(journal.accepting());
        assertEquals(List.of(), journal.damage());
    }

    @Test
    void batches_behindTheMark_areFoundWithTheirLastRecord_andAreNotInFlight() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        Acks.all(
                journal,
                List.of(Samples.batched("a", 1), Samples.batched("b", 1), Samples.opened(1), Samples.batched("a", 2)));
        Position behindTheFirst = journal.read(Position.START, 1).get(0).next();
        journal.close();

        Journal again = open(LIMITS, behindTheFirst);

        assertEquals(
                List.of(Samples.batched("b", 1).batch(), Samples.batched("a", 2).batch()), again.batches());
        assertEquals(List.of(Samples.opened(1)), again.inFlight(List.of()));
    }

    @Test
    void reading_fromAMark_goesOnBehindIt() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        Acks.all(journal, List.of(Samples.opened(1), Samples.opened(2), Samples.opened(3)));
        Position mark = journal.read(Position.START, 2).get(1).next();

        assertEquals(List.of(Samples.opened(3)), Acks.read(journal, mark));
        journal.close();
        Journal again = open(LIMITS, mark);

        assertEquals(List.of(Samples.opened(3)), Acks.read(again, mark));
        assertEquals(1, again.frames());
    }

    @Test
    void closing_booked_isMadeIntoItsEntryOnTheWriter() throws Exception {
        AtomicReference<String> thread = new AtomicReference<>();
        Journal journal = Journal.open(files, LIMITS, Position.START, closing -> {
            thread.set(Thread.currentThread().getName());
            return Samples.entry(closing);
        });
        opened.add(journal);
        Acks ack = new Acks();

        journal.book(Samples.closing(5, Outcome.OK_UPSTREAM_COMPLETE), ack);

        assertTrue(ack.ok());
        assertEquals("journal-writer", thread.get());
        assertEquals(List.of(Samples.closed(5)), Acks.read(journal, Position.START));
    }

    @Test
    void booking_fails_isAnsweredAndTheWriterGoesOn() throws Exception {
        Journal journal = Journal.open(files, LIMITS, Position.START, closing -> {
            throw new IllegalStateException("no");
        });
        opened.add(journal);
        Acks ack = new Acks();
        journal.book(Samples.closing(5, Outcome.OK_UPSTREAM_COMPLETE), ack);

        assertFalse(ack.ok());
        assertInstanceOf(IllegalStateException.class, ack.failure());
        Acks.all(journal, List.of(Samples.opened(6)));
    }

    @Test
    void callback_throws_theWriterGoesOn() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        journal.append(Samples.opened(1), failure -> {
            throw new IllegalStateException("a bad callback");
        });
        journal.append(Samples.opened(2), failure -> {
            throw new AssertionError("another");
        });

        Acks.all(journal, List.of(Samples.opened(3)));

        assertEquals(3, journal.frames());
    }

    @Test
    void framesThatWait_areSyncedOnceAsAGroup() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        Acks.all(journal, List.of(Samples.opened(0)));
        CountDownLatch held = holdWriter(journal, 1);
        List<Acks> acks = new ArrayList<>();
        for (int i = 2; i < 502; i++) {
            Acks ack = new Acks();
            acks.add(ack);
            journal.append(Samples.opened(i), ack);
        }
        int before = files.forces();
        held.countDown();

        for (Acks ack : acks) {
            assertTrue(ack.ok());
        }
        assertEquals(1, files.forces() - before);
        assertEquals(502, Acks.read(journal, Position.START).size());
    }

    @Test
    void noteThatNobodyWaitsFor_isSyncedWithTheNextGroupOnly() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        Acks.all(journal, List.of(Samples.opened(1)));
        int before = files.forces();
        int size = files.bytes(SegmentNames.name(1)).length;

        journal.append(Samples.noted(1), Books.Done.NOTHING);
        await(() -> files.bytes(SegmentNames.name(1)).length > size);

        assertEquals(1, journal.frames());
        assertEquals(before, files.forces());
        Acks.all(journal, List.of(Samples.closed(1)));
        assertEquals(before + 1, files.forces());
        assertEquals(
                List.of(Samples.opened(1), Samples.noted(1), Samples.closed(1)), Acks.read(journal, Position.START));
    }

    @Test
    void noteThatNobodyWaitsFor_closed_isSyncedAtTheEnd() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        journal.append(Samples.noted(1), Books.Done.NOTHING);

        journal.close();

        assertEquals(List.of(Samples.noted(1)), Acks.read(journal, Position.START));
    }

    @Test
    void queueFull_refusesOpeningsAtOnceAndTakesEntries() throws Exception {
        Journal journal = open(new Journal.Limits(3, 1 << 20, Duration.ofMillis(5), System::nanoTime), Position.START);
        CountDownLatch held = holdWriter(journal, 1);
        List<Acks> fitting = new ArrayList<>();
        for (int i = 2; i < 5; i++) {
            fitting.add(new Acks());
            journal.append(Samples.opened(i), fitting.get(fitting.size() - 1));
        }
        Acks refused = new Acks();
        Acks note = new Acks();
        Acks entry = new Acks();

        assertFalse(journal.accepting());
        journal.append(Samples.opened(9), refused);
        journal.append(Samples.noted(9), note);
        journal.append(Samples.closed(9), entry);

        assertTrue(refused.came() && note.came(), "answered at once");
        assertTrue(String.valueOf(refused.failure()).contains("queue is full"));
        assertFalse(entry.came());
        held.countDown();
        assertTrue(entry.ok());
        assertTrue(fitting.stream().allMatch(Acks::ok));
        assertTrue(journal.accepting());
    }

    @Test
    void segmentFull_nextOneIsBegunAndOldOnesAreReleased() throws Exception {
        Journal journal =
                open(new Journal.Limits(1_000, 1_000, Duration.ofMillis(5), System::nanoTime), Position.START);
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            frames.add(Samples.opened(i));
        }
        Acks.all(journal, frames);
        assertTrue(files.names().size() > 5, files.names().toString());
        assertEquals(frames, Acks.read(journal, Position.START));

        List<Positioned> taken = journal.read(Position.START, 20);
        Position mark = taken.get(19).next();
        journal.release(mark);

        assertEquals(SegmentNames.name(mark.segment()), files.names().get(0));
        assertEquals(frames.subList(20, 40), Acks.read(journal, mark));
        journal.release(journal.end());
        assertEquals(1, files.names().size(), "the last segment stays");
        Position end = journal.end();
        Acks.all(journal, List.of(Samples.opened(99)));
        assertEquals(List.of(Samples.opened(99)), Acks.read(journal, end));
    }

    @Test
    void awaiting_returnsWhenAFrameIsSynced() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        CountDownLatch woken = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            try {
                journal.await(Position.START, Duration.ofSeconds(30));
                woken.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiter.start();
        await(() -> waiter.getState() == Thread.State.TIMED_WAITING);

        Acks.all(journal, List.of(Samples.opened(1)));

        assertTrue(woken.await(20, TimeUnit.SECONDS));
        waiter.join();
    }

    @Test
    void awaiting_journalClosed_returns() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        journal.close();

        journal.await(journal.end(), Duration.ofDays(1));

        assertFalse(journal.accepting());
    }

    @Test
    void append_afterClose_isAnsweredAsFailed() throws Exception {
        Journal journal = open(LIMITS, Position.START);
        journal.close();
        List<Acks> acks = List.of(new Acks(), new Acks(), new Acks());

        journal.append(Samples.opened(1), acks.get(0));
        journal.append(Samples.closed(1), acks.get(1));
        journal.book(Samples.closing(1, Outcome.OK_UPSTREAM_COMPLETE), acks.get(2));

        for (Acks ack : acks) {
            assertFalse(ack.ok());
            assertEquals(1, ack.times());
        }
    }

    @Test
    void manyThreads_append_everyAnswerComesOnceAndOrderHoldsPerThread() throws Exception {
        Journal journal =
                open(new Journal.Limits(100_000, 50_000, Duration.ofMillis(5), System::nanoTime), Position.START);
        int threads = 8;
        int each = 400;
        List<Acks> acks = new ArrayList<>();
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            List<Acks> mine = new ArrayList<>();
            for (int i = 0; i < 2 * each; i++) {
                mine.add(new Acks());
            }
            acks.addAll(mine);
            long base = t * 10_000L;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    journal.append(Samples.opened(base + i), mine.get(2 * i));
                    journal.append(Samples.closed(base + i), mine.get(2 * i + 1));
                }
            });
            running.add(thread);
            thread.start();
        }
        for (Thread thread : running) {
            thread.join();
        }
        for (Acks ack : acks) {
            assertTrue(ack.ok());
        }
        journal.close();

        assertTrue(acks.stream().allMatch(ack -> ack.times() == 1));
        Map<Object, Integer> seen = new HashMap<>();
        List<Frame> frames = Acks.read(journal, Position.START);
        for (Frame frame : frames) {
            int before = seen.merge(frame.id(), 1, Integer::sum);
            assertEquals(before == 1, frame instanceof Frame.Opened, "opening first, then entry");
        }
        assertEquals(2 * threads * each, frames.size());
    }

    /** Keeps the writer busy inside a callback until the latch is let down. */
    static CountDownLatch holdWriter(Journal journal, long number) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        journal.append(Samples.opened(number), failure -> {
            inside.countDown();
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(inside.await(20, TimeUnit.SECONDS));
        return hold;
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "the condition did not come true within 20 s");
            Thread.onSpinWait();
        }
    }

    private Journal open(Journal.Limits limits, Position mark) throws Exception {
        Journal journal = Journal.open(files, limits, mark, Samples::entry);
        opened.add(journal);
        return journal;
    }
}
