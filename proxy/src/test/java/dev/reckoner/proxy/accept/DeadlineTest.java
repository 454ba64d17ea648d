package dev.reckoner.proxy.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A timeout that moves with every sign of life, on a clock that the test turns. */
final class DeadlineTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger late = new AtomicInteger();
    private final Deadline deadline = new Deadline(channel.eventLoop(), late::incrementAndGet);

    @BeforeEach
    void freeze() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void silence_isNoticedOnceAtItsEnd() {
        deadline.in(Duration.ofSeconds(10));
        pass(9_999);
        assertEquals(0, late.get());
        pass(1);
        assertEquals(1, late.get());
        pass(100_000);
        assertEquals(1, late.get());
    }

    @Test
    void signsOfLife_moveTheEnd() {
        deadline.in(Duration.ofSeconds(10));
        for (int i = 0; i < 5; i++) {
            pass(9_000);
            deadline.in(Duration.ofSeconds(10));
        }
        assertEquals(0, late.get());
        pass(10_000);
        assertEquals(1, late.get());
    }

    @Test
    void shorterTime_endsSooner() {
        deadline.in(Duration.ofMinutes(10));
        deadline.in(Duration.ofSeconds(1));
        pass(1_000);
        assertEquals(1, late.get());
    }

    @Test
    void off_nothingIsLate_andItCanBeSetAgain() {
        deadline.in(Duration.ofSeconds(1));
        deadline.off();
        pass(5_000);
        assertEquals(0, late.get());
        deadline.in(Duration.ofSeconds(1));
        pass(1_000);
        assertEquals(1, late.get());
    }

    @Test
    void cancelled_leavesNoTimerBehind() {
        deadline.in(Duration.ofSeconds(1));
        deadline.cancel();
        pass(5_000);
        assertEquals(0, late.get());
        assertEquals(-1, channel.runScheduledPendingTasks());
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }
}
