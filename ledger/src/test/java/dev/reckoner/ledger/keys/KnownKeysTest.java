package dev.reckoner.ledger.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class KnownKeysTest {
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong lastChange = new AtomicLong();
    private volatile boolean away;
    private volatile List<VirtualKey> stored = List.of();
    private volatile CountDownLatch read = new CountDownLatch(0);

    @Test
    void look_nothingChanged_readsTheNumberOfTheLastChangeOnly() {
        try (KnownKeys known = known()) {
            known.look();
            known.look();

            assertEquals(1, reads.get());
        }
    }

    @Test
    void key_isFoundByItsPresentAndItsFormerSecret() {
        stored = List.of(key());
        try (KnownKeys known = known()) {
            assertEquals(key(), known.find("now"));
            assertEquals(key(), known.find("then"));
            assertNull(known.find("other"));
        }
    }

    @Test
    void storeAway_whatIsKnownHolds_andWhatChangedIsReadAfterwards() {
        stored = List.of(key());
        try (KnownKeys known = known()) {
            away = true;
            stored = List.of();
            lastChange.incrementAndGet();
            known.look();
            assertNotNull(known.find("now"));

            away = false;
            known.look();
            assertNull(known.find("now"));
        }
    }

    @Test
    void change_ofAnotherProxy_isSeenWithinASecond() throws Exception {
        try (KnownKeys known = known()) {
            known.start();
            read = new CountDownLatch(1);
            stored = List.of(key());
            long since = System.nanoTime();
            lastChange.incrementAndGet();

            assertTrue(read.await(1, TimeUnit.SECONDS), "not read within a second");
            known.look();
            assertNotNull(known.find("now"));
            assertTrue(Duration.ofNanos(System.nanoTime() - since).toMillis() < 1000);
        }
    }

    private KnownKeys known() {
        return new KnownKeys(
                () -> {
                    if (away) {
                        throw new LedgerException("the store is away");
                    }
                    return lastChange.get();
                },
                () -> {
                    reads.incrementAndGet();
                    read.countDown();
                    return stored;
                });
    }

    private static VirtualKey key() {
        return new VirtualKey(
                "key_1",
                new VirtualKey.Secret("now", "rk-a...b"),
                new VirtualKey.Secret("then", "rk-c...d"),
                Instant.EPOCH,
                "",
                "ada",
                null,
                null,
                List.of(),
                List.of(),
                "default",
                ClientTrust.SESSIONS,
                Instant.EPOCH,
                null,
                null);
    }
}
