package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Outcome;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A slow side slows the other one down; the proxy's memory does not grow with the body. */
final class BackpressureTest {

    private static final int PIECE = 64 * 1024;
    private static final long BODY = 100L * 1024 * 1024;

    /** Socket buffers of the system on both hops; a proxy that buffers would take all of {@link #BODY}. */
    private static final long STALLED_MAX = 40L * 1024 * 1024;

    private static final long MEMORY_MAX = 32L * 1024 * 1024;

    @Test
    void response_clientReadsNothing_upstreamIsPausedThenAllArrives() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send("HTTP/1.1 200 OK\r\ncontent-length: " + BODY + "\r\n\r\n");
                    pour(with.socket().getOutputStream(), sent);
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.get("/v1/files/a/content")).head();
            awaitStall(sent);
            assertTrue(sent.get() < STALLED_MAX, "sent " + sent);
            assertTrue(memory() < MEMORY_MAX, "memory " + memory());
            assertEquals(BODY, swallow(client.in()));
            assertEquals(BODY, proxy.books.entry().bytesOut());
        }
    }

    @Test
    void request_upstreamReadsNothing_clientIsPausedThenAllArrives() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch reading = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.head();
                    assertTrue(reading.await(30, TimeUnit.SECONDS));
                    for (long left = BODY; left > 0; left -= PIECE) {
                        with.read(PIECE);
                    }
                    with.send(Wire.ok("{}"));
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(
                        upstream.url(),
                        s -> ProxyHarness.downstream(
                                s,
                                d -> new Settings.Downstream(
                                        d.listen(),
                                        d.connectionsMax(),
                                        d.requestLineBytesMax(),
                                        d.headerBytesMax(),
                                        d.headerFieldsMax(),
                                        BODY,
                                        d.headerTimeout(),
                                        d.bodyIdleTimeout(),
                                        d.keepAliveTimeout(),
                                        d.drainTimeout())));
                RawClient client = proxy.client()) {
            client.send("POST /v1/files HTTP/1.1\r\nHost: p\r\nContent-Length: " + BODY + "\r\n\r\n");
            CompletableFuture<Void> pouring = CompletableFuture.runAsync(() -> pour(client.out(), sent));
            awaitStall(sent);
            assertTrue(sent.get() < STALLED_MAX, "sent " + sent);
            assertTrue(memory() < MEMORY_MAX, "memory " + memory());
            reading.countDown();
            assertEquals(Wire.ok("{}"), client.response());
            pouring.get(10, TimeUnit.SECONDS);
            assertEquals(BODY, proxy.books.entry().bytesIn());
            assertEquals(
                    Outcome.OK_UPSTREAM_COMPLETE, proxy.books.closed().get(0).outcome());
        }
    }

    private static void pour(OutputStream out, AtomicLong sent) {
        byte[] piece = new byte[PIECE];
        try {
            while (sent.get() < BODY) {
                out.write(piece);
                sent.addAndGet(PIECE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long swallow(InputStream in) throws IOException {
        byte[] piece = new byte[PIECE];
        long all = 0;
        while (all < BODY) {
            int length = in.read(piece);
            assertTrue(length > 0, "ended after " + all);
            all += length;
        }
        return all;
    }

    /** Waits until nothing has moved for half a second. */
    private static void awaitStall(AtomicLong sent) {
        long last = -1;
        for (int still = 0; still < 50; still++) {
            if (sent.get() != last) {
                last = sent.get();
                still = 0;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static long memory() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
