package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Unused upstream connections: how long they are kept, how many, and which are never used again. */
final class PoolTest {

    @Test
    void unused_forTooLong_isClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(Wire.ok("{}"));
                    with.drain();
                    closed.countDown();
                });
                ProxyHarness proxy = before(upstream, Duration.ofMillis(100), 10);
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}")).response();
            assertTrue(closed.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void unused_moreThanKept_areClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(Wire.ok("{}"));
                    with.drain();
                    closed.countDown();
                });
                ProxyHarness proxy = before(upstream, Duration.ofMinutes(1), 0);
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok("{}"), client.send(Wire.post("{}")).response());
            assertTrue(closed.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void closing_announcedByTheUpstream_isNotUsedAgain() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(
                        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nConnection: close\r\n\r\n{}");
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            for (int i = 1; i <= 3; i++) {
                assertEquals(
                        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                        client.send(Wire.post("{}")).response());
                assertEquals(i, upstream.connections());
            }
        }
    }

    @Test
    void bytes_thatNobodyAskedFor_closeAnUnusedConnection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(Wire.ok("{}"));
                    assertTrue(served.await(10, TimeUnit.SECONDS));
                    with.send(Wire.ok("evil"));
                    with.drain();
                    closed.countDown();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}")).response();
            served.countDown();
            assertTrue(closed.await(10, TimeUnit.SECONDS));
            assertEquals(Wire.ok("{}"), client.send(Wire.post("{}")).response());
        }
    }

    private static ProxyHarness before(ScriptedUpstream upstream, Duration idle, int kept) throws Exception {
        return ProxyHarness.before(
                upstream.url(),
                s -> ProxyHarness.upstream(
                        s,
                        u -> new Settings.Upstream(
                                u.url(), u.caFile(), u.connectTimeout(), u.idleTimeout(), idle, kept)));
    }
}
