package dev.reckoner.ledger.correct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.store.RandomEntries;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WindowTest {
    private static final int WIDTH = 3;

    private final Correction correction = correction();
    private final BlockingQueue<Books.Done> waiting = new LinkedBlockingQueue<>();

    @Test
    void neverMoreThanItsWidth_waitForTheDisk() throws Exception {
        int count = 50;
        AtomicInteger most = new AtomicInteger();
        Thread disk = new Thread(() -> answer(count, most));
        disk.start();
        try (Window window = new Window(new Rerating.Outlet(WIDTH, (taken, done) -> waiting.add(done)))) {
            for (int i = 0; i < count; i++) {
                window.book(correction);
            }
            window.finish();
        }
        disk.join();
        assertTrue(most.get() <= WIDTH, () -> most + " waited at once");
        assertEquals(List.of(), List.copyOf(waiting));
    }

    @Test
    void diskThatFails_endsTheBooking_andSaysWhatIsBooked() {
        AtomicInteger asked = new AtomicInteger();
        Window window = new Window(new Rerating.Outlet(WIDTH, (taken, done) -> {
            done.done(asked.incrementAndGet() <= 2 ? null : new IOException("no space left"));
        }));
        for (int i = 0; i < 3; i++) {
            window.book(correction);
        }

        LedgerException failure = assertThrows(LedgerException.class, () -> window.book(correction));
        assertMessage(failure, "no space left", "2 are and stay so", "not booked twice");
        assertMessage(assertThrows(LedgerException.class, window::finish), "no space left");
        assertEquals(3, asked.get());
        window.close();
    }

    private void answer(int count, AtomicInteger most) {
        try {
            for (int answered = 0; answered < count; answered++) {
                Books.Done done = waiting.poll(30, TimeUnit.SECONDS);
                most.accumulateAndGet(1 + waiting.size(), Math::max);
                if (done != null) {
                    done.done(null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertMessage(LedgerException failure, String... parts) {
        String message = String.valueOf(failure.getMessage());
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private static Correction correction() {
        Entry entry = new RandomEntries(new Random(1)).entry();
        Charge charge = new Charge(List.of(), RatingStatus.NOT_BILLED, "a test", false, null);
        Entry right = new Entry(entry.closing(), charge, entry.bookedAt());
        return new Correction(right, 0, Instant.parse("2026-11-22T00:00:00Z"), "a_test", "a reason");
    }
}
