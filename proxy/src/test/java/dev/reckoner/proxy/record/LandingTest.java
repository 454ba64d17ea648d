package dev.reckoner.proxy.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hand-over between the journal's thread and the event loop, in every order. */
final class LandingTest {

    private static final int ROUNDS = 20_000;

    private final EventLoop loop = new DefaultEventLoop();
    private final Seldom warnings = new Seldom(System::nanoTime);

    @AfterEach
    void end() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void landedBefore_goesOnAtOnceOnTheSameThread() throws Exception {
        Landing landing = new Landing(loop, warnings);
        landing.done(null);
        AtomicInteger went = new AtomicInteger();
        landing.then(went::incrementAndGet);
        assertEquals(1, went.get());
        landing.done(null);
        onLoop(() -> {});
        assertEquals(1, went.get());
    }

    @Test
    void landedAfter_goesOnOnTheLoop() throws Exception {
        Landing landing = new Landing(loop, warnings);
        BlockingQueue<Boolean> went = new LinkedBlockingQueue<>();
        onLoop(() -> landing.then(() -> went.add(loop.inEventLoop())));
        assertEquals(0, went.size());
        landing.done(new IllegalStateException("disk full"));
        assertEquals(true, went.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void askedTwice_isABug() throws Exception {
        Landing landing = new Landing(loop, warnings);
        onLoop(() -> landing.then(() -> {}));
        assertThrows(IllegalStateException.class, () -> landing.then(() -> {}));
    }

    @Test
    void raced_goesOnExactlyOnce() throws Exception {
        AtomicInteger went = new AtomicInteger();
        for (int i = 0; i < ROUNDS; i++) {
            Landing landing = new Landing(loop, warnings);
            loop.execute(() -> landing.then(went::incrementAndGet));
            landing.done(null);
        }
        onLoop(() -> {});
        onLoop(() -> {});
        assertEquals(ROUNDS, went.get());
    }

    @Test
    void warning_comesOnceAMinute() {
        AtomicLong time = new AtomicLong(5);
        Seldom seldom = new Seldom(time::get);
        assertEquals("true false", seldom.now() + " " + seldom.now());
        time.addAndGet(TimeUnit.SECONDS.toNanos(59));
        assertEquals(false, seldom.now());
        time.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals("true false", seldom.now() + " " + seldom.now());
    }

    private void onLoop(Runnable task) throws Exception {
        loop.submit(task).get(10, TimeUnit.SECONDS);
    }
}
