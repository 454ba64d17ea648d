package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.config.Settings.OnAbort;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A client goes away and the upstream is read on: how far, for how long, and what is booked (api-facts §2.5). */
final class DrainTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final long BYTES_MAX = 64L * 1024 * 1024;

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String START = event(
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"m\",\"usage\":{\"input_tokens\":50,"
                    + "\"output_tokens\":1}}}");
    private static final String PING = event("{\"type\":\"ping\"}");
    private static final String END = event(
                    "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":900}}")
            + event("{\"type\":\"message_stop\"}")
            + "0\r\n\r\n";
    private static final String MESSAGE =
            "{\"type\":\"message\",\"model\":\"m\",\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":50,"
                    + "\"output_tokens\":900}}";
    private static final String STREAMED = "{\"model\":\"m\",\"stream\":true}";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void stream_clientGone_isReadOnToTheFinalUsageAndTheConnectionKept() throws Exception {
        try (ScriptedUpstream upstream = streaming(with -> with.send(PING + END));
                ProxyHarness proxy = draining(upstream, LONG, BYTES_MAX, 10);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            leave(proxy, client);
            Closing entry = proxy.books.entry();
            assertExact(Outcome.FAILED_DOWNSTREAM_ABORTED, entry);
            assertEquals(
                    "the client closed its connection; the response was read on to its end", entry.outcomeDetail());
            assertTrue(entry.bytesOut() < START.length(), "passed " + entry.bytesOut());
            try (RawClient next = proxy.client()) {
                next.send(Wire.get("/v1/models")).response();
            }
            assertEquals(2, upstream.connections());
        }
    }

    /** Guards against pausing the upstream behind a flush that showed the client to be gone. */
    @Test
    void stream_clientFoundGoneByAWrite_isReadOn() throws Exception {
        try (ScriptedUpstream upstream = streaming(with -> {
                    for (int i = 0; i < 5_000; i++) {
                        with.send(PING);
                    }
                    with.send(END);
                });
                ProxyHarness proxy = draining(upstream, LONG, BYTES_MAX, 10);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            client.leave();
            gone.countDown();
            assertExact(Outcome.FAILED_DOWNSTREAM_ABORTED, proxy.books.entry());
        }
    }

    @Test
    void json_clientGoneBeforeTheResponse_isReadOn() throws Exception {
        try (ScriptedUpstream upstream = waiting(with -> with.send(Wire.ok(MESSAGE)));
                ProxyHarness proxy = draining(upstream, LONG, BYTES_MAX, 10);
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}"));
            assertTrue(asked.await(10, TimeUnit.SECONDS));
            leave(proxy, client);
            Closing entry = proxy.books.entry();
            assertExact(Outcome.FAILED_DOWNSTREAM_ABORTED, entry);
            assertEquals(200, entry.status());
            assertEquals(0, entry.bytesOut());
        }
    }

    @Test
    void policy_isChosenByTheKindOfResponse() throws Exception {
        Settings.Aborts jsonOnly = new Settings.Aborts(OnAbort.CANCEL, OnAbort.DRAIN, LONG, BYTES_MAX, 10);
        try (ScriptedUpstream upstream = streaming(with -> with.drain());
                ProxyHarness proxy = before(upstream, jsonOnly, LONG, LONG);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            leave(proxy, client);
            assertCancelled(proxy);
        }
    }

    @Test
    void policy_beforeTheResponse_isChosenByTheRequest() throws Exception {
        Settings.Aborts streamOnly = new Settings.Aborts(OnAbort.DRAIN, OnAbort.CANCEL, LONG, BYTES_MAX, 10);
        try (ScriptedUpstream upstream = waiting(with -> with.send(HEAD + START + END));
                ProxyHarness proxy = before(upstream, streamOnly, LONG, LONG);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED));
            assertTrue(asked.await(10, TimeUnit.SECONDS));
            leave(proxy, client);
            assertExact(Outcome.FAILED_DOWNSTREAM_ABORTED, proxy.books.entry());
        }
    }

    @Test
    void drains_overTheirLimit_areCancelled() throws Exception {
        try (ScriptedUpstream upstream = streaming(with -> with.drain());
                ProxyHarness proxy = draining(upstream, LONG, BYTES_MAX, 0);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            leave(proxy, client);
            assertCancelled(proxy);
        }
    }

    @Test
    void error_thatCostsNothing_isNotReadOn() throws Exception {
        try (ScriptedUpstream upstream = waiting(with -> {}, "HTTP/1.1 529 Busy\r\nContent-Length: 100\r\n\r\n{");
                ProxyHarness proxy = draining(upstream, LONG, BYTES_MAX, 10);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("{");
            leave(proxy, client);
            assertEquals("the client closed its connection", proxy.books.entry().outcomeDetail());
        }
    }

    @Test
    void drain_forTooLong_isEnded() throws Exception {
        try (ScriptedUpstream upstream = streaming(with -> with.drain());
                ProxyHarness proxy = draining(upstream, SHORT, BYTES_MAX, 10);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            leave(proxy, client);
            assertUnfinished(proxy.books.entry(), "until: 150 ms had passed");
            assertTrue(ended.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void drain_ofASilentUpstream_isEndedBeforeItsTime() throws Exception {
        Settings.Aborts both = new Settings.Aborts(OnAbort.DRAIN, OnAbort.DRAIN, LONG, BYTES_MAX, 10);
        try (ScriptedUpstream upstream = streaming(with -> with.drain());
                ProxyHarness proxy = before(upstream, both, Duration.ofMillis(700), LONG);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            leave(proxy, client);
            assertUnfinished(proxy.books.entry(), "until: no byte came for 700 ms");
        }
    }

    @Test
    void drain_ofTooManyBytes_isEnded() throws Exception {
        try (ScriptedUpstream upstream = streaming(DrainTest::pour);
                ProxyHarness proxy = draining(upstream, LONG, 100_000, 10);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            leave(proxy, client);
            assertUnfinished(proxy.books.entry(), "until: more than 100000 bytes came");
        }
    }

    @Test
    void upstream_failingInADrain_endsItWithTheClientsOutcome() throws Exception {
        assertUnfinishedAfter(
                with -> with.reset(), "the client closed its connection; the response was read on until: ");
    }

    @Test
    void upstream_malformedInADrain_endsItWithTheClientsOutcome() throws Exception {
        assertUnfinishedAfter(with -> with.send("what is this"), "until: ");
    }

    private void assertUnfinishedAfter(ScriptedUpstream.Script then, String detail) throws Exception {
        try (ScriptedUpstream upstream = streaming(then);
                ProxyHarness proxy = draining(upstream, LONG, BYTES_MAX, 10);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            leave(proxy, client);
            assertUnfinished(proxy.books.entry(), detail);
        }
    }

    @Test
    void shutdown_letsADrainComeToItsEnd() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        try (ScriptedUpstream upstream = streaming(with -> {
                    assertTrue(stopping.await(10, TimeUnit.SECONDS));
                    with.send(END);
                });
                ProxyHarness proxy = draining(upstream, LONG, BYTES_MAX, 10);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            leave(proxy, client);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(proxy::stop);
            assertFalse(stopped.isDone());
            stopping.countDown();
            stopped.get(10, TimeUnit.SECONDS);
            assertExact(Outcome.FAILED_DOWNSTREAM_ABORTED, proxy.books.entry());
        }
    }

    @Test
    void shutdown_afterTheDrainTime_endsADrain() throws Exception {
        Settings.Aborts both = new Settings.Aborts(OnAbort.DRAIN, OnAbort.DRAIN, LONG, BYTES_MAX, 10);
        try (ScriptedUpstream upstream = streaming(with -> with.drain());
                ProxyHarness proxy = before(upstream, both, LONG, SHORT);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            leave(proxy, client);
            proxy.stop();
            assertEquals(2, proxy.books.closed().size());
            assertUnfinished(proxy.books.entry(), "until: in flight when the drain time had passed");
        }
    }

    @Test
    void client_thatTakesNothing_isDroppedAndTheRestReadOn() throws Exception {
        Settings.Aborts both = new Settings.Aborts(OnAbort.DRAIN, OnAbort.DRAIN, LONG, BYTES_MAX, 10);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(HEAD + START);
                    for (int i = 0; i < 20_000; i++) {
                        with.send(Wire.chunk(": " + "x".repeat(1_000) + "\n\n"));
                    }
                    with.send(END);
                    with.head();
                });
                ProxyHarness proxy = before(upstream, both, Duration.ofSeconds(1), LONG);
                RawClient client = proxy.client()) {
            client.send(Wire.post(STREAMED)).until("message_start");
            assertExact(Outcome.FAILED_DOWNSTREAM_TIMEOUT, proxy.books.entry());
        }
    }

    /** Sends head and message_start, waits until the client is gone, and goes on by the script; answers anything else. */
    private ScriptedUpstream streaming(ScriptedUpstream.Script rest) throws IOException {
        return waiting(rest, HEAD + START);
    }

    private ScriptedUpstream waiting(ScriptedUpstream.Script rest) throws IOException {
        return waiting(rest, "");
    }

    private ScriptedUpstream waiting(ScriptedUpstream.Script rest, String before) throws IOException {
        return ScriptedUpstream.playing(with -> {
            for (String head = with.head(); head != null; head = with.head()) {
                with.body(head);
                if (head.startsWith("GET")) {
                    with.send(Wire.ok("{}"));
                    continue;
                }
                with.send(before);
                asked.countDown();
                assertTrue(gone.await(10, TimeUnit.SECONDS));
                rest.play(with);
            }
            ended.countDown();
        });
    }

    private static void pour(ScriptedUpstream.Conversation with) throws IOException {
        while (!with.socket().isClosed()) {
            with.send(PING);
        }
    }

    /** Resets the client's connection; there may be one, so that another is served only once this one is gone. */
    private void leave(ProxyHarness proxy, RawClient client) throws Exception {
        client.reset();
        try (RawClient other = proxy.client()) {
            other.send(Wire.get("/v1/models")).response();
        }
        Closing served = proxy.books.entryOf("/v1/models");
        assertEquals(Outcome.OK_UPSTREAM_COMPLETE, served.outcome());
        gone.countDown();
    }

    private void assertCancelled(ProxyHarness proxy) throws InterruptedException {
        Closing entry = proxy.books.entry();
        assertEquals(Outcome.FAILED_DOWNSTREAM_ABORTED, entry.outcome());
        assertEquals("the client closed its connection", entry.outcomeDetail());
        assertFalse(entry.reading().usageFinal());
        assertTrue(ended.await(10, TimeUnit.SECONDS));
    }

    private static void assertUnfinished(Closing entry, String detail) {
        assertEquals(Outcome.FAILED_DOWNSTREAM_ABORTED, entry.outcome());
        assertTrue(String.valueOf(entry.outcomeDetail()).contains(detail), entry.outcomeDetail());
        assertFalse(entry.reading().usageFinal());
        assertEquals(50L, tokens(entry).inputTokens());
    }

    private static void assertExact(Outcome outcome, Closing entry) {
        assertEquals(outcome, entry.outcome(), () -> entry.toString());
        assertTrue(entry.reading().usageFinal(), () -> entry.toString());
        assertEquals(50L, tokens(entry).inputTokens());
        assertEquals(900L, tokens(entry).outputTokens());
    }

    private static TokenCounts tokens(Closing entry) {
        Usage usage = entry.reading().usage();
        assertNotNull(usage);
        return usage.tokens();
    }

    private static String event(String json) {
        return Wire.chunk("data: " + json + "\n\n");
    }

    private static ProxyHarness draining(ScriptedUpstream upstream, Duration time, long bytes, int drains)
            throws IOException {
        return before(upstream, new Settings.Aborts(OnAbort.DRAIN, OnAbort.DRAIN, time, bytes, drains), LONG, LONG);
    }

    private static ProxyHarness before(
            ScriptedUpstream upstream, Settings.Aborts aborts, Duration silence, Duration shutdown) throws IOException {
        UnaryOperator<Settings> oneClient = s -> ProxyHarness.downstream(
                s,
                d -> new Settings.Downstream(
                        d.listen(),
                        1,
                        d.requestLineBytesMax(),
                        d.headerBytesMax(),
                        d.headerFieldsMax(),
                        d.bodyBytesMax(),
                        d.headerTimeout(),
                        d.bodyIdleTimeout(),
                        d.keepAliveTimeout(),
                        shutdown));
        return ProxyHarness.before(
                upstream.url(),
                s -> ProxyHarness.upstream(
                        ProxyHarness.aborts(oneClient.apply(s), aborts),
                        u -> new Settings.Upstream(
                                u.url(),
                                u.caFile(),
                                u.connectTimeout(),
                                silence,
                                u.poolIdleTimeout(),
                                u.poolIdleMax())));
    }
}
