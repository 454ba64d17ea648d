package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gate in front of the store, when someone wants to stop whoever is inside. */
@Timeout(60)
final class StoreGateTest {

    private final StoreGate gate = new StoreGate();

    @Test
    void whoeverIsInside_isNotInterrupted_beforeComingOut() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch mayLeave = new CountDownLatch(1);
        AtomicBoolean interruptedInside = new AtomicBoolean();
        AtomicBoolean interruptedOutside = new AtomicBoolean();
        Thread worker = new Thread(() -> {
            boolean left = gate.pass(() -> {
                inside.countDown();
                try {
                    return mayLeave.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interruptedInside.set(true);
                    return false;
                }
            });
            assertTrue(left || interruptedInside.get());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interruptedOutside.set(true);
            }
        });
        worker.start();
        assertTrue(inside.await(30, TimeUnit.SECONDS));
        Thread stopper = new Thread(() -> gate.close(worker::interrupt));
        stopper.start();
        while (stopper.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }

        mayLeave.countDown();
        worker.join();
        stopper.join();

        assertFalse(interruptedInside.get());
        assertTrue(interruptedOutside.get());
    }

    @Test
    void closedGate_letsNobodyIn() {
        assertEquals("in", gate.pass(() -> "in"));

        gate.close(() -> {});

        assertTrue(gate.closed());
        assertThrows(CancellationException.class, () -> gate.pass(() -> "in"));
    }
}
