package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Outcome;
import java.io.IOException;
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

/** Every way an upstream can fail: what the client sees, and one entry with the right outcome (P2). */
final class FaultTest {

    private static final String CHUNKED_HEAD = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String EVENT = Wire.chunk("event: ping\n\n");
    private static final Duration SHORT = Duration.ofMillis(150);

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void upstream_refusesConnections_answers502() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (ProxyHarness proxy = ProxyHarness.before(URI.create("http://127.0.0.1:" + port));
                RawClient client = proxy.client()) {
            String answer = client.send(Wire.post("{}")).all();
            Ending.assertAnswer(answer, 502, "api_error");
            assertTrue(answer.contains("127.0.0.1:" + port), answer);
            Closing entry = Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_UNREACHABLE, 502);
            assertTrue(answer.contains(entry.opening().id().toString()), answer);
        }
    }

    @Test
    void upstream_nameUnknown_answers502() throws Exception {
        try (ProxyHarness proxy = ProxyHarness.before(URI.create("http://no-such-host.invalid:80"));
                RawClient client = proxy.client()) {
            Ending.assertAnswer(client.send(Wire.post("{}")).all(), 502, "api_error");
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_UNREACHABLE, 502);
        }
    }

    @Test
    void upstream_closesBeforeAnswering_answers502() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> with.request());
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            Ending.assertAnswer(client.send(Wire.post("{}")).all(), 502, "api_error");
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_SHORT, 502);
        }
    }

    @Test
    void upstream_resetsBeforeAnswering_answers502() throws Exception {
        assertFails(
                with -> {
                    with.request();
                    with.reset();
                },
                502,
                Outcome.FAILED_UPSTREAM_SHORT);
    }

    @Test
    void upstream_resetsInsideAHead_answers502() throws Exception {
        assertFails(
                with -> {
                    with.request();
                    with.send("HTTP/1.1 200 OK\r\ncontent-le");
                },
                502,
                Outcome.FAILED_UPSTREAM_SHORT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: +5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nfolded: a\r\n b\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\ncontent-length: 0\n\n",
                "HTTP/1.1 200 OK\r\nbad name: a\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nx: a\u0000b\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n\r\n\r\n"
            })
    void upstream_headMalformed_answers502(String response) throws Exception {
        assertFails(
                with -> {
                    with.request();
                    with.send(response);
                    with.head();
                },
                502,
                Outcome.FAILED_UPSTREAM_MALFORMED);
    }

    @Test
    void upstream_headTooLarge_answers502() throws Exception {
        assertFails(
                with -> {
                    with.request();
                    with.send("HTTP/1.1 200 OK\r\n" + "x: 0123456789\r\n".repeat(20_000) + "\r\n");
                    with.head();
                },
                502,
                Outcome.FAILED_UPSTREAM_MALFORMED);
    }

    @Test
    void upstream_interimResponsesWithoutEnd_answers502() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000));
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            assertTrue(client.send(Wire.post("{}")).all().contains("HTTP/1.1 502 "));
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_MALFORMED, 502);
        }
    }

    @Test
    void upstream_resetsInsideAStream_breaksTheStreamWithoutAnEnd() throws Exception {
        assertBreaks(
                CHUNKED_HEAD + EVENT,
                with -> {
                    assertTrue(released.await(10, TimeUnit.SECONDS));
                    with.reset();
                },
                Outcome.FAILED_UPSTREAM_SHORT);
    }

    @Test
    void upstream_closesInsideAChunkedBody_breaksTheStreamWithoutAnEnd() throws Exception {
        assertBreaks(CHUNKED_HEAD + EVENT, with -> {}, Outcome.FAILED_UPSTREAM_SHORT);
    }

    @Test
    void upstream_liesAboutItsLength_breaksTheBodyShort() throws Exception {
        assertBreaks("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello", with -> {}, Outcome.FAILED_UPSTREAM_SHORT);
    }

    @Test
    void upstream_chunkMalformed_breaksTheStream() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(CHUNKED_HEAD + EVENT);
                    assertTrue(released.await(10, TimeUnit.SECONDS));
                    with.send("zz\r\n");
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}")).head();
            client.until("ping\n\n\r\n");
            released.countDown();
            assertEquals("", client.all());
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_MALFORMED, 200);
        }
    }

    @Test
    void upstream_resetsInsideACloseDelimitedBody_resetsTheClient() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send("HTTP/1.1 200 OK\r\n\r\nhello");
                    assertTrue(released.await(10, TimeUnit.SECONDS));
                    with.reset();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}")).until("hello");
            released.countDown();
            assertThrows(IOException.class, client::all);
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_SHORT, 200);
        }
    }

    @Test
    void upstream_bytesBehindTheEnd_connectionIsNotUsedAgain() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    while (with.request() != null) {
                        with.send(Wire.ok("{}") + "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nbad");
                    }
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok("{}"), client.send(Wire.post("{}")).response());
            assertEquals(Wire.ok("{}"), client.send(Wire.post("{}")).response());
            assertEquals(2, upstream.connections());
        }
    }

    @Test
    void upstream_closedWhileIdle_anotherConnectionIsTaken() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            for (int i = 0; i < 5; i++) {
                client.send(Wire.post("{}"));
                // The close may cross the next request on the wire: then it must not be sent twice.
                String answer = client.head();
                client.exactly(Wire.contentLength(answer));
                if (answer.contains(" 502 ")) {
                    return;
                }
            }
            assertEquals(5, upstream.connections());
        }
    }

    @Test
    void upstream_statusIsAnError_passesUnchanged() throws Exception {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
        String response = "HTTP/1.1 529 \r\ncontent-type: application/json\r\nretry-after: 3\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body;
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(response);
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            assertEquals(response, client.send(Wire.post("{}")).response());
            Closing entry = Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_STATUS, 529);
            assertEquals("overloaded_error", entry.reading().errorType());
        }
    }

    @Test
    void upstream_errorEventInAStream_passesAndIsBookedAsFailed() throws Exception {
        String event = Wire.chunk(
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}\n\n");
        String response = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                + event + "0\r\n\r\n";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(response);
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            assertEquals(response, client.send(Wire.post("{}")).response());
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_ERROR_EVENT, 200);
        }
    }

    @Test
    void upstream_silentBeforeItsHead_answers504() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), idle(SHORT));
                RawClient client = proxy.client()) {
            Ending.assertAnswer(client.send(Wire.post("{}")).all(), 504, "timeout_error");
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_TIMEOUT, 504);
        }
    }

    @Test
    void upstream_silentInsideAStream_breaksTheStream() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(CHUNKED_HEAD + EVENT);
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), idle(SHORT));
                RawClient client = proxy.client()) {
            assertEquals(CHUNKED_HEAD + EVENT, client.send(Wire.post("{}")).all());
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_TIMEOUT, 200);
        }
    }

    @Test
    void upstream_answersBeforeTheRequestIsWhole_answerPassesThenCloses() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.head();
                    with.send("HTTP/1.1 413 Too Large\r\ncontent-length: 3\r\n\r\nbig");
                    with.drain();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: p\r\nContent-Length: 1000\r\n\r\n{");
            assertEquals("HTTP/1.1 413 Too Large\r\ncontent-length: 3\r\nConnection: close\r\n\r\nbig", client.all());
            Ending.assertBooked(proxy, Outcome.FAILED_UPSTREAM_STATUS, 413);
        }
    }

    private void assertFails(ScriptedUpstream.Script script, int status, Outcome outcome) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(script);
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            Ending.assertAnswer(client.send(Wire.post("{}")).all(), status, "api_error");
            Ending.assertBooked(proxy, outcome, status);
        }
    }

    /** What came passes, no end follows, one entry. */
    private void assertBreaks(String response, ScriptedUpstream.Script then, Outcome outcome) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(response);
                    then.play(with);
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}"));
            assertEquals(response, client.exactly(response.length()));
            released.countDown();
            assertEquals("", client.all());
            Ending.assertBooked(proxy, outcome, 200);
        }
    }

    private static UnaryOperator<Settings> idle(Duration timeout) {
        return s -> ProxyHarness.upstream(
                s,
                u -> new Settings.Upstream(
                        u.url(), u.caFile(), u.connectTimeout(), timeout, u.poolIdleTimeout(), u.poolIdleMax()));
    }
}
