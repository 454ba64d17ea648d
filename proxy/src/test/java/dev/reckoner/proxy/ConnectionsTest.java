package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Clients' connections: how many, how long, and how they end at a shutdown. */
final class ConnectionsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(150);

    @Test
    void head_thatIsNotWholeInTime_isAnsweredWith408() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits(100, SHORT, LONG, LONG));
                RawClient client = proxy.client()) {
            assertTrue(client.send("GET / HTTP/1.1\r\nHos").all().startsWith("HTTP/1.1 408 "));
            assertEquals(0, proxy.books.closed().size());
        }
    }

    @Test
    void connection_idleForTooLong_isClosedWithoutAWord() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits(100, LONG, SHORT, LONG));
                RawClient silent = proxy.client()) {
            assertEquals("", silent.all());
            try (RawClient served = proxy.client()) {
                served.send(Wire.post("{}")).response();
                assertEquals("", served.all());
            }
        }
    }

    @Test
    void connections_overTheirLimit_waitUntilOneCloses() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits(2, LONG, LONG, LONG));
                RawClient first = proxy.client();
                RawClient second = proxy.client()) {
            first.send(Wire.post("1")).response();
            second.send(Wire.post("2")).response();
            try (RawClient third = proxy.client()) {
                third.send(Wire.post("3"));
                first.send(Wire.post("4")).response();
                assertEquals(0, third.available());
                first.leave();
                assertEquals(Wire.ok("{}"), third.response());
            }
        }
    }

    @Test
    void shutdown_idleConnection_isClosedAtOnce() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits(100, LONG, LONG, LONG));
                RawClient idle = proxy.client()) {
            idle.send(Wire.post("{}")).response();
            proxy.stop();
            assertEquals("", idle.all());
            assertThrows(IOException.class, proxy::client);
        }
    }

    @Test
    void shutdown_exchangeInFlight_isFinishedFirst() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    asked.countDown();
                    assertTrue(stopping.await(10, TimeUnit.SECONDS));
                    with.send(Wire.ok("{}"));
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits(100, LONG, LONG, LONG));
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}"));
            assertTrue(asked.await(10, TimeUnit.SECONDS));
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(proxy::stop);
            awaitClosed(proxy);
            stopping.countDown();
            assertTrue(client.all().endsWith("\r\n\r\n{}"));
            stopped.get(10, TimeUnit.SECONDS);
            assertEquals(Outcome.OK_UPSTREAM_COMPLETE, proxy.books.entry().outcome());
        }
    }

    @Test
    void shutdown_afterTheDrainTime_endsWhatIsInFlight() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    String head = with.head();
                    if (head != null && head.startsWith("GET /stream")) {
                        with.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + Wire.chunk("a"));
                    }
                    asked.countDown();
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits(100, LONG, LONG, SHORT));
                RawClient waiting = proxy.client();
                RawClient streaming = proxy.client()) {
            waiting.send(Wire.get("/wait"));
            streaming.send(Wire.get("/stream")).until("a\r\n");
            assertTrue(asked.await(10, TimeUnit.SECONDS));
            proxy.stop();
            assertEquals(Outcome.FAILED_LOCAL_SHUTDOWN, proxy.books.entry().outcome());
            assertEquals(Outcome.FAILED_LOCAL_SHUTDOWN, proxy.books.entry().outcome());
            assertTrue(waiting.all().startsWith("HTTP/1.1 503 "));
            assertEquals("", streaming.all());
        }
    }

    @Test
    void port_inUse_isSaid() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"))) {
            UncheckedIOException failure = assertThrows(
                    UncheckedIOException.class,
                    () -> ProxyHarness.before(upstream.url(), s -> ProxyHarness.listening(s, upstream.port()))
                            .close());
            assertTrue(String.valueOf(failure.getMessage()).contains("127.0.0.1:" + upstream.port()));
        }
    }

    /** The listener is closed first: once a connection is refused the drain has begun. */
    private static void awaitClosed(ProxyHarness proxy) {
        while (true) {
            try (RawClient probe = proxy.client()) {
                probe.leave();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static UnaryOperator<Settings> limits(
            int connections, Duration header, Duration keepAlive, Duration drain) {
        return s -> ProxyHarness.downstream(
                s,
                d -> new Settings.Downstream(
                        d.listen(),
                        connections,
                        d.requestLineBytesMax(),
                        d.headerBytesMax(),
                        d.headerFieldsMax(),
                        d.bodyBytesMax(),
                        header,
                        d.bodyIdleTimeout(),
                        keepAlive,
                        drain));
    }
}
