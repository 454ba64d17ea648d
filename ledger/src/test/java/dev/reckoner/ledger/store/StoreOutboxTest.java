package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.AlertQueue.Waiting;
import dev.reckoner.ledger.alert.Outbox;
import dev.reckoner.ledger.alert.StoredAlert;
import dev.reckoner.ledger.alert.StoredAlert.Delivery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts in the store: told once in their time, claimed by one, kept over a restart. */
final class StoreOutboxTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Store store;
    private Outbox outbox;

    @BeforeEach
    void open() {
        store = Store.open(directory);
        outbox = new StoreOutbox(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Waiting raised(Alert.Kind kind, String about, Instant at, long times) {
        return new Waiting(new Alert(kind, about, at, "a message", Map.of("model", about)), times);
    }

    private static Waiting pending(Instant at, long times) {
        return raised(Alert.Kind.PENDING_RATES, "claude-never-1", at, times);
    }

    private List<StoredAlert> all() {
        return outbox.list(new AlertQuery(null, 100));
    }

    @Test
    void sameAlert_withinItsTime_isCountedUp_andToldAgainAfterIt() {
        assertEquals(Optional.of(1L), outbox.keep(pending(NOW, 3), DAY, Delivery.WAITING));
        assertEquals(Optional.empty(), outbox.keep(pending(NOW.plus(DAY).minusNanos(1), 2), DAY, Delivery.WAITING));
        assertTrue(outbox.keep(raised(Alert.Kind.CREDITS_LOW, "claude-never-1", NOW, 1), DAY, Delivery.WAITING)
                .isPresent());
        assertTrue(outbox.keep(pending(NOW.plus(DAY), 1), DAY, Delivery.WAITING).isPresent());

        List<StoredAlert> all = all();
        assertEquals(3, all.size());
        assertEquals(NOW.plus(DAY), all.get(0).lastAt());
        StoredAlert first = all.get(1);
        assertEquals(4, first.repeats());
        assertEquals(NOW.plus(DAY).minusNanos(1), first.lastAt());
        assertEquals(pending(NOW, 1).alert(), first.alert());
        assertEquals(1, outbox.list(new AlertQuery(NOW.plus(DAY), 100)).size());
        assertEquals(1, outbox.list(new AlertQuery(null, 1)).size());
    }

    @Test
    void alertThatHappensOnce_isNeverToldAgain() {
        Waiting first = raised(Alert.Kind.THRESHOLD, "spl_1 2026-11 75", NOW, 1);
        Waiting later = raised(Alert.Kind.THRESHOLD, "spl_1 2026-11 75", NOW.plus(Duration.ofDays(99)), 1);
        assertTrue(outbox.keep(first, DAY, Delivery.WAITING).isPresent());
        assertEquals(Optional.empty(), outbox.keep(later, DAY, Delivery.WAITING));
    }

    @Test
    void claim_givesTheEarliest_toOneForALease() {
        outbox.keep(pending(NOW.plusSeconds(1), 1), DAY, Delivery.WAITING);
        outbox.keep(raised(Alert.Kind.REFUSAL, "a", NOW, 1), DAY, Delivery.WAITING);
        outbox.keep(raised(Alert.Kind.REFUSAL, "kept", NOW, 1), DAY, Delivery.KEPT);

        assertEquals(Optional.empty(), outbox.claim(NOW.minusNanos(1), LEASE));
        Instant later = NOW.plusSeconds(2);
        StoredAlert first = outbox.claim(later, LEASE).orElseThrow();
        assertEquals("a", first.alert().about());
        assertEquals(1, first.attempts());
        assertEquals(
                "claude-never-1",
                outbox.claim(later, LEASE).orElseThrow().alert().about());
        assertEquals(Optional.empty(), outbox.claim(later, LEASE));
        assertEquals(2, outbox.claim(later.plus(LEASE), LEASE).orElseThrow().attempts());
    }

    @Test
    void outcomes_areKept_overARestart() {
        for (String about : List.of("sent", "again", "failed")) {
            outbox.keep(raised(Alert.Kind.REFUSAL, about, NOW, 1), DAY, Delivery.WAITING);
            assertEquals(about, outbox.claim(NOW, LEASE).orElseThrow().alert().about());
        }
        outbox.again(1, NOW.plusSeconds(1), "answered 500");
        outbox.sent(1, NOW.plusSeconds(2));
        outbox.again(2, NOW.plusSeconds(5), "answered 502");
        outbox.failed(3, "answered 503");
        store.close();
        open();

        List<StoredAlert> all = all();
        assertEquals(
                List.of(Delivery.FAILED, Delivery.WAITING, Delivery.SENT),
                all.stream().map(StoredAlert::delivery).toList());
        assertEquals(NOW.plusSeconds(2), all.get(2).sentAt());
        assertNull(all.get(2).problem());
        assertEquals("answered 502", all.get(1).problem());
        assertEquals("answered 503", all.get(0).problem());
        assertEquals(Optional.empty(), outbox.claim(NOW.plusSeconds(4), LEASE));
        assertEquals(2, outbox.claim(NOW.plusSeconds(5), LEASE).orElseThrow().id());
        assertEquals(
                Optional.empty(), outbox.claim(NOW.plus(DAY).plus(DAY), LEASE).filter(due -> due.id() != 2));
    }

    @Test
    void sameAlert_raisedByManyAtOnce_isKeptOnce_andClaimedByOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Optional<Long>>> keeping = Stream.generate(
                            () -> (Callable<Optional<Long>>) () -> outbox.keep(pending(NOW, 1), DAY, Delivery.WAITING))
                    .limit(16)
                    .toList();
            int kept = 0;
            for (Future<Optional<Long>> one : threads.invokeAll(keeping)) {
                kept += one.get().isPresent() ? 1 : 0;
            }
            assertEquals(1, kept);
            assertEquals(15, all().get(0).repeats());

            List<Callable<Optional<StoredAlert>>> claiming = Stream.generate(
                            () -> (Callable<Optional<StoredAlert>>) () -> outbox.claim(NOW, LEASE))
                    .limit(8)
                    .toList();
            int claimed = 0;
            for (Future<Optional<StoredAlert>> one : threads.invokeAll(claiming)) {
                claimed += one.get().isPresent() ? 1 : 0;
            }
            assertEquals(1, claimed);
        } finally {
            threads.shutdownNow();
        }
    }
}
