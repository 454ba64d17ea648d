package dev.reckoner.ledger.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queue of alerts: one place for what says the same, bounded, nothing counted twice. */
final class AlertQueueTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final AlertQueue queue = new AlertQueue();

    private static Alert alert(String about, Instant at) {
        return new Alert(Alert.Kind.PENDING_RATES, about, at, "a message", Map.of());
    }

    @Test
    void sameAlert_raisedAgain_isCountedWithTheFirst() {
        queue.raise(alert("b", NOW.plusSeconds(1)));
        queue.raise(alert("a", NOW));
        queue.raise(alert("b", NOW.plusSeconds(2)));
        queue.raise(new Alert(Alert.Kind.REFUSAL, "a", NOW.plusSeconds(3), "", Map.of()));

        List<AlertQueue.Waiting> taken = queue.take();
        assertEquals(
                List.of("a 1", "b 2", "a 1"),
                taken.stream()
                        .map(one -> one.alert().about() + " " + one.times())
                        .toList());
        assertEquals(NOW.plusSeconds(2), taken.get(1).alert().at());
        assertEquals(List.of(), queue.take());
    }

    @Test
    void alertPutBack_isCountedWithWhatCameMeanwhile() {
        queue.raise(alert("a", NOW));
        AlertQueue.Waiting taken = queue.take().get(0);
        queue.raise(alert("a", NOW.plusSeconds(1)));
        queue.put(taken);
        assertEquals(2, queue.take().get(0).times());
    }

    @Test
    void fullQueue_dropsWhatIsNew_countsIt_andStillCountsWhatWaits() {
        for (int i = 0; i < AlertQueue.WAITING_MAX + 5; i++) {
            queue.raise(alert("model " + i, NOW));
        }
        queue.raise(alert("model 0", NOW));
        assertEquals(5, queue.dropped());
        List<AlertQueue.Waiting> taken = queue.take();
        assertEquals(AlertQueue.WAITING_MAX, taken.size());
        assertEquals(
                AlertQueue.WAITING_MAX + 1,
                taken.stream().mapToLong(AlertQueue.Waiting::times).sum());
    }

    @Test
    void alerts_raisedByMany_whileSomeoneTakes_areAllCountedOnce() throws Exception {
        int threads = 4;
        long each = 5_000;
        CountDownLatch ready = new CountDownLatch(threads);
        List<Thread> raising = IntStream.range(0, threads)
                .mapToObj(number -> new Thread(() -> {
                    ready.countDown();
                    for (int i = 0; i < each; i++) {
                        queue.raise(alert("model " + i % 7, NOW));
                    }
                }))
                .toList();
        raising.forEach(Thread::start);
        ready.await();
        long counted = 0;
        while (raising.stream().anyMatch(Thread::isAlive)) {
            counted += sum();
        }
        assertEquals(threads * each, counted + sum());
        assertEquals(0, queue.dropped());
    }

    private long sum() {
        return queue.take().stream().mapToLong(AlertQueue.Waiting::times).sum();
    }
}
