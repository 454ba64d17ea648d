package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ExchangeIdsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    @Test
    void id_made_isVersion7WithTheClocksMilliseconds() {
        ExchangeId id = new ExchangeIds(Clock.fixed(NOON, ZoneOffset.UTC)).next();

        assertEquals(7, id.value().version());
        assertEquals(2, id.value().variant());
        assertEquals(NOON.toEpochMilli(), id.value().getMostSignificantBits() >>> 16);
    }

    @Test
    void ids_clockStandsStill_increaseAndCarryIntoTheNextMillisecond() {
        ExchangeIds ids = new ExchangeIds(Clock.fixed(NOON, ZoneOffset.UTC));
        ExchangeId previous = ids.next();
        for (int i = 0; i < 10_000; i++) {
            ExchangeId next = ids.next();
            assertTrue(next.compareTo(previous) > 0, previous + " before " + next);
            assertTrue(next.toString().compareTo(previous.toString()) > 0, "text sorts as well");
            assertEquals(7, next.value().version());
            previous = next;
        }
    }

    @Test
    void ids_clockGoesBack_stillIncrease() {
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        InstantSource source = now::get;
        ExchangeIds ids = new ExchangeIds(source.withZone(ZoneOffset.UTC));
        ExchangeId before = ids.next();
        now.set(NOON.minusSeconds(86_400));

        assertTrue(ids.next().compareTo(before) > 0);
    }

    @Test
    void ids_madeOnManyThreads_areDistinct() throws Exception {
        ExchangeIds ids = new ExchangeIds(Clock.systemUTC());
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<ExchangeId>>> parts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                parts.add(pool.submit(() -> {
                    List<ExchangeId> mine = new ArrayList<>();
                    for (int k = 0; k < 5_000; k++) {
                        mine.add(ids.next());
                    }
                    return mine;
                }));
            }
            Set<ExchangeId> all = new HashSet<>();
            for (Future<List<ExchangeId>> part : parts) {
                all.addAll(part.get());
            }
            assertEquals(20_000, all.size());
        } finally {
            pool.shutdownNow();
        }
    }
}
