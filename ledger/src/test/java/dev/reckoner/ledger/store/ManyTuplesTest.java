package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.report.StoreReports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More tuples than are remembered: one that was forgotten before it was written must not stop the books. */
final class ManyTuplesTest {
    private static final int BATCH = 100;
    private static final int REMEMBERED = 20;

    @TempDir
    Path directory;

    @Test
    void moreTuplesThanAreRemembered_areBookedAndAddUp() throws Exception {
        RandomEntries random = new RandomEntries(new Random(20_261_122));
        Entry one = random.entry();
        while (!one.closing().opening().route().metered()) {
            one = random.entry();
        }
        try (Store store = Store.open(directory)) {
            TestBooks books = new TestBooks(store, REMEMBERED);
            for (int number = 0; number < 3 * BATCH; number += BATCH) {
                List<Entry> batch = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    batch.add(of(one, random.closing(), "session-" + (number + i)));
                }
                books.book(batch);
            }
            assertEquals(
                    List.of(),
                    new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of)
                            .verify()
                            .findings());
        }
    }

    /** The same exchange in a session of its own. */
    private static Entry of(Entry one, Closing other, String session) {
        Attribution who = new Attribution(
                null,
                null,
                null,
                new Part(session, Attribution.Source.HEADER),
                List.of(),
                one.closing().opening().attribution().key(),
                null);
        Closing closing = TestBooks.withOpening(one.closing(), other.by(who).opening());
        return new Entry(closing, one.charge(), one.bookedAt());
    }
}
