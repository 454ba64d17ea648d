package dev.reckoner.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Outcome;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whole exchanges that go well: what goes upstream, what comes back, what is booked. */
final class RelayTest {

    @Test
    void json_whole_passesUnchangedAndIsBookedOnce() throws Exception {
        String response = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nRequest-Id: req_1\r\nX-Odd-CASE: a\r\n"
                + "content-length: 2\r\n\r\n{}";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(response);
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            assertEquals(response, client.send(Wire.post("{}")).response());
            Closing entry = proxy.books.entry();
            assertEquals(Outcome.OK_UPSTREAM_COMPLETE, entry.outcome());
            assertEquals(200, entry.status());
            assertEquals("req_1", entry.requestId());
            assertEquals(2, entry.bytesIn());
            assertEquals(2, entry.bytesOut());
            assertEquals(1, proxy.books.opened().size());
            assertEquals(1, proxy.books.closed().size());
        }
    }

    @Test
    void head_upstream_isTheClientsButForHopByHopAndHost() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(
                            "POST /u/alice/v1/messages?beta=true&x=%2F HTTP/1.1\r\nHOST: proxy\r\nX-Api-Key: k\r\n"
                                    + "Connection: keep-alive, X-Gone\r\nx-gone: 1\r\nKeep-Alive: 5\r\nProxy-Authorization: p\r\n"
                                    + "TE: trailers\r\nUpgrade: h2c\r\nAccept-Encoding: gzip;q=0.5, br, zstd\r\n"
                                    + "x-reckoner-team: t\r\nContent-length: 2\r\nanthropic-beta: a,b\r\nanthropic-BETA: c\r\n\r\n{}")
                    .response();
            assertEquals(
                    "POST /v1/messages?beta=true&x=%2F HTTP/1.1\r\nHOST: 127.0.0.1:" + upstream.port() + "\r\n"
                            + "X-Api-Key: k\r\nAccept-Encoding: gzip;q=0.5\r\nContent-length: 2\r\n"
                            + "anthropic-beta: a,b\r\nanthropic-BETA: c\r\n\r\n",
                    upstream.heads().get(0));
        }
    }

    @Test
    void exchanges_onOneConnection_shareOneUpstreamConnection() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            for (int i = 0; i < 20; i++) {
                assertEquals(Wire.ok("{}"), client.send(Wire.post("{}")).response());
            }
            assertEquals(1, upstream.connections());
            for (int i = 0; i < 20; i++) {
                assertEquals(Outcome.OK_UPSTREAM_COMPLETE, proxy.books.entry().outcome());
            }
        }
    }

    @Test
    void pipelined_requests_areAnsweredInOrder() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    for (String head = with.head(); head != null; head = with.head()) {
                        with.send(Wire.ok(head.substring(5, 6)));
                    }
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.get("/1") + Wire.get("/2") + Wire.get("/3"));
            assertEquals(Wire.ok("1"), client.response());
            assertEquals(Wire.ok("2"), client.response());
            assertEquals(Wire.ok("3"), client.response());
        }
    }

    @Test
    void stream_firstEvent_reachesTheClientBeforeTheSecondIsSent() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                            + Wire.chunk("event: ping\n\n"));
                    assertTrue(seen.await(10, TimeUnit.SECONDS));
                    with.send(Wire.chunk("event: message_stop\n\n") + "0\r\n\r\n");
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}")).head();
            assertEquals(Wire.chunk("event: ping\n\n"), client.until("ping\n\n\r\n"));
            seen.countDown();
            assertEquals(Wire.chunk("event: message_stop\n\n") + "0\r\n\r\n", client.until("0\r\n\r\n"));
            assertEquals(Outcome.OK_UPSTREAM_COMPLETE, proxy.books.entry().outcome());
        }
    }

    @Test
    void trailers_areDroppedBothWays() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    String head = with.head();
                    assertTrue(head != null && head.contains("Transfer-Encoding: chunked\r\n"));
                    assertEquals("2\r\n{}\r\n0\r\n\r\n", new String(with.until("0\r\n\r\n"), ISO_8859_1));
                    with.send("HTTP/1.1 200 OK\r\nTrailer: X-T\r\nTransfer-Encoding: CHUNKED\r\n\r\n"
                            + "2\r\n{}\r\n0\r\nX-T: 1\r\nX-U: 2\r\n\r\n");
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: p\r\nTransfer-Encoding: Chunked\r\n\r\n"
                    + "2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n");
            assertEquals(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", client.response());
            assertEquals(2, proxy.books.entry().bytesIn());
            assertEquals(java.util.List.of(), upstream.failures());
        }
    }

    @Test
    void closeDelimited_response_endsWithTheConnection() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send("HTTP/1.1 200 OK\r\nX: y\r\n\r\nhello");
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            assertEquals(
                    "HTTP/1.1 200 OK\r\nX: y\r\nConnection: close\r\n\r\nhello",
                    client.send(Wire.get("/v1/files")).all());
            assertEquals(5, proxy.books.entry().bytesOut());
        }
    }

    @Test
    void halfClosed_client_getsTheWholeResponse() throws Exception {
        CountDownLatch finished = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    assertTrue(finished.await(10, TimeUnit.SECONDS));
                    with.send(Wire.ok("{}"));
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}")).finish();
            finished.countDown();
            assertTrue(client.all().endsWith("{}"));
            assertEquals(Outcome.OK_UPSTREAM_COMPLETE, proxy.books.entry().outcome());
        }
    }

    @Test
    void expectContinue_isAskedUpstreamAndAnsweredByIt() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    String head = with.head();
                    assertTrue(head != null && head.contains("Expect: 100-continue"));
                    with.send("HTTP/1.1 100 Continue\r\n\r\n");
                    with.body(head);
                    with.send(Wire.ok("{}"));
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: p\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.head());
            assertEquals(Wire.ok("{}"), client.send("{}").response());
            assertEquals(200, proxy.books.entry().status());
        }
    }

    @Test
    void bodiless_responses_endWithTheirHead() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    for (String head = with.head(); head != null; head = with.head()) {
                        if (head.startsWith("HEAD")) {
                            with.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
                        } else {
                            with.send("HTTP/1.1 " + head.substring(5, 8) + " X\r\nETag: e\r\n\r\n");
                        }
                    }
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send("HEAD / HTTP/1.1\r\nHost: p\r\n\r\n");
            assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", client.head());
            assertEquals(
                    "HTTP/1.1 204 X\r\nETag: e\r\n\r\n",
                    client.send(Wire.get("/204")).head());
            assertEquals(
                    "HTTP/1.1 304 X\r\nETag: e\r\n\r\n",
                    client.send(Wire.get("/304")).head());
            assertEquals(1, upstream.connections());
            assertFalse(proxy.books.entry().outcome() != Outcome.OK_UPSTREAM_COMPLETE);
        }
    }
}
