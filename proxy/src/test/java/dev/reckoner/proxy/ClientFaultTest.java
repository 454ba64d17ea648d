package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way a client can fail: what it still sees, what the upstream sees, and one entry with the right outcome (P2). */
final class ClientFaultTest {

    private static final String CHUNKED_HEAD = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String EVENT = Wire.chunk("event: ping\n\n");
    private static final Duration SHORT = Duration.ofMillis(150);

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void client_resetsBeforeTheResponse_closesTheUpstream() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    asked.countDown();
                    with.drain();
                    ended.countDown();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}"));
            assertTrue(asked.await(10, TimeUnit.SECONDS));
            client.reset();
            Ending.assertBooked(proxy, Outcome.FAILED_DOWNSTREAM_ABORTED, 0);
            assertTrue(ended.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void client_resetsInsideTheStream_closesTheUpstream() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(CHUNKED_HEAD + EVENT);
                    with.drain();
                    ended.countDown();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}")).until("ping\n\n\r\n");
            client.reset();
            assertEquals(
                    200,
                    Ending.assertBooked(proxy, Outcome.FAILED_DOWNSTREAM_ABORTED, 200)
                            .status());
            assertTrue(ended.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void client_goneAfterItsFin_isSeenWhenTheStreamIsWritten() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(CHUNKED_HEAD + EVENT);
                    assertTrue(released.await(10, TimeUnit.SECONDS));
                    while (!with.socket().isClosed()) {
                        with.send(EVENT);
                    }
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}")).until("ping\n\n\r\n");
            client.leave();
            released.countDown();
            Ending.assertBooked(proxy, Outcome.FAILED_DOWNSTREAM_ABORTED, 200);
        }
    }

    @Test
    void client_goneInsideItsRequest_isBookedAsAborted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.head();
                    with.read(1);
                    begun.countDown();
                    with.drain();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: p\r\nContent-Length: 10\r\n\r\n{");
            assertTrue(begun.await(10, TimeUnit.SECONDS));
            client.finish();
            assertEquals(
                    1,
                    Ending.assertBooked(proxy, Outcome.FAILED_DOWNSTREAM_ABORTED, 0)
                            .bytesIn());
        }
    }

    @Test
    void client_silentInsideItsBody_answers408() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> with.drain());
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), bodyIdle(SHORT));
                RawClient client = proxy.client()) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: p\r\nContent-Length: 10\r\n\r\n{");
            Ending.assertAnswer(client.all(), 408, "invalid_request_error");
            Ending.assertBooked(proxy, Outcome.FAILED_DOWNSTREAM_TIMEOUT, 408);
        }
    }

    @Test
    void client_bodyChunkMalformed_answers400AndClosesTheUpstream() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.drain();
                    ended.countDown();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(
                    "POST /v1/messages HTTP/1.1\r\nHost: p\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n");
            Ending.assertAnswer(client.all(), 400, "invalid_request_error");
            Ending.assertBooked(proxy, Outcome.FAILED_DOWNSTREAM_MALFORMED, 400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 11\r\n\r\n01234567890",
                "Transfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n67890\r\n0\r\n\r\n"
            })
    void client_bodyTooLarge_answers413(String body) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> with.drain());
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), bodyMax(10));
                RawClient client = proxy.client()) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: p\r\n" + body);
            Ending.assertAnswer(client.all(), 413, "request_too_large");
            Ending.assertBooked(proxy, Outcome.FAILED_DOWNSTREAM_MALFORMED, 413);
        }
    }

    @Test
    void client_largeBodyWhileTheUpstreamIsUnreachable_canReadTheAnswer() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (ProxyHarness proxy = ProxyHarness.before(URI.create("http://127.0.0.1:" + port));
                RawClient client = proxy.client()) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: p\r\nContent-Length: 3000000\r\n\r\n");
            client.send("x".repeat(3_000_000));
            Ending.assertAnswer(client.all(), 502, "api_error");
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_UNREACHABLE, 502);
        }
    }

    private static UnaryOperator<Settings> bodyIdle(Duration timeout) {
        return s -> ProxyHarness.downstream(
                s,
                d -> new Settings.Downstream(
                        d.listen(),
                        d.connectionsMax(),
                        d.requestLineBytesMax(),
                        d.headerBytesMax(),
                        d.headerFieldsMax(),
                        d.bodyBytesMax(),
                        d.headerTimeout(),
                        timeout,
                        d.keepAliveTimeout(),
                        d.drainTimeout()));
    }

    private static UnaryOperator<Settings> bodyMax(long bytes) {
        return s -> ProxyHarness.downstream(
                s,
                d -> new Settings.Downstream(
                        d.listen(),
                        d.connectionsMax(),
                        d.requestLineBytesMax(),
                        d.headerBytesMax(),
                        d.headerFieldsMax(),
                        bytes,
                        d.headerTimeout(),
                        d.bodyIdleTimeout(),
                        d.keepAliveTimeout(),
                        d.drainTimeout()));
    }
}
