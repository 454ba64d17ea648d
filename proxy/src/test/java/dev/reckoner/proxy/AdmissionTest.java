package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.limit.Admission;
import dev.reckoner.ledger.limit.Ask;
import dev.reckoner.ledger.limit.Refusal;
import dev.reckoner.ledger.limit.Refusal.Kind;
import dev.reckoner.ledger.limit.Verdict;
import dev.reckoner.ledger.limit.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What limits are asked about, what a refusal looks like, and that what was reserved is settled or given back. */
final class AdmissionTest {
    private static final String MODEL = "{\"messages\":[],\"model\":\"claude-opus-5-5\",\"max_tokens\":64}";

    @Test
    void message_isAskedAboutOnce_whenItsBodyIsWhole_andNothingGoesUpstreamBefore() throws Exception {
        Limits limits = new Limits(new Verdict.Admitted(List.of()));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits);
                RawClient client = proxy.client()) {
            String request = Wire.post(MODEL);
            client.send(request.substring(0, request.length() - 1));
            assertEquals(0, upstream.connections());
            assertTrue(limits.asks.isEmpty());
            client.send(request.substring(request.length() - 1));

            assertEquals(Wire.ok("{}"), client.response());
            Ask ask = limits.ask();
            assertEquals(Route.MESSAGES, ask.route());
            assertEquals("claude-opus-5-5", ask.asked().model());
            assertEquals(64L, ask.asked().maxTokens());
            assertEquals(MODEL.length(), ask.bodyBytes());
            assertEquals(Outcome.OK_UPSTREAM_COMPLETE, proxy.books.entry().outcome());
            assertTrue(limits.asks.isEmpty());
            assertTrue(limits.released.isEmpty(), "the entry settles what it reserved");
        }
    }

    @Test
    void largeBody_goesUpstreamAsItCame_onceItIsAdmitted() throws Exception {
        String body = "{\"model\":\"m\",\"x\":\"" + "y".repeat(3_000_000) + "\"}";
        Limits limits = new Limits(new Verdict.Admitted(List.of()));
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    byte[] got = with.request();
                    with.send(Wire.ok(Integer.toString(got == null ? -1 : got.length)));
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits);
                RawClient client = proxy.client()) {
            assertEquals(
                    Wire.ok(Integer.toString(body.length())),
                    client.send(Wire.post(body)).response());
            assertEquals(body.length(), limits.ask().bodyBytes());
        }
    }

    @Test
    void clientThatWaitsFor100_isToldToGoOn_andTheUpstreamIsNotAskedAgain() throws Exception {
        Limits limits = new Limits(new Verdict.Admitted(List.of()));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits);
                RawClient client = proxy.client()) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.until("\r\n\r\n"));
            assertEquals(Wire.ok("{}"), client.send("{}").response());
            assertTrue(
                    !upstream.heads().get(0).contains("Expect"),
                    upstream.heads().get(0));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            BUDGET      | PT1H       | 429 | billing_error    | 3600 | false
            BUDGET      | -          | 429 | billing_error    | -    | false
            RATE        | PT1.2S     | 429 | rate_limit_error | 2    | -
            CONCURRENCY | PT0.001S   | 429 | rate_limit_error | 1    | -
            MODEL       | -          | 403 | permission_error | -    | false
            """)
    void refusal_isInTheVendorsForm_andNothingGoesUpstream(
            Kind kind,
            @Nullable Duration retryAfter,
            int status,
            String type,
            @Nullable String retry,
            @Nullable String again)
            throws Exception {
        String message = "spend limit reached (daily; resets 2026-11-22 00:00 UTC)";
        Limits limits = new Limits(new Verdict.Refused(new Refusal(kind, "spl_1", message, retryAfter)));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits);
                RawClient client = proxy.client()) {
            String response = client.send(Wire.post(MODEL)).all();

            assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
            assertTrue(
                    response.contains("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\""
                            + message + "\"},\"request_id\":\""),
                    response);
            assertEquals(retry != null, response.contains("retry-after: "), response);
            assertTrue(retry == null || response.contains("retry-after: " + retry + "\r\n"), response);
            assertEquals(again != null, response.contains("x-should-retry: false\r\n"), response);
            Closing entry = proxy.books.entry();
            assertEquals(Outcome.FAILED_LOCAL_REFUSED, entry.outcome());
            assertEquals(message, entry.outcomeDetail());
            assertEquals(status, entry.status());
            assertEquals(0, upstream.connections());
            assertTrue(limits.released.isEmpty(), "nothing was reserved");
        }
    }

    @Test
    void warnings_standInTheResponsesHead_butNeverReplaceTheUpstreams() throws Exception {
        Instant resets = Instant.parse("2026-11-22T00:00:00Z");
        Limits limits = new Limits(new Verdict.Admitted(List.of(
                new Warning("spl_1", 96, "user ad\u00e4: $50.00 per day", resets),
                new Warning("spl_2", 77, "team web: $900.00 per month", Instant.parse("2026-12-01T00:00:00Z")))));
        String own = "HTTP/1.1 200 OK\r\nanthropic-ratelimit-unified-status: allowed\r\ncontent-length: 2\r\n\r\n{}";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(own);
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits);
                RawClient client = proxy.client()) {
            assertEquals(
                    "HTTP/1.1 200 OK\r\nanthropic-ratelimit-unified-status: allowed\r\ncontent-length: 2\r\n"
                            + "anthropic-ratelimit-unified-reset: " + resets.getEpochSecond() + "\r\n"
                            + "x-reckoner-limit-warning: 96 % of user ad?: $50.00 per day, resets 2026-11-22T00:00:00Z; "
                            + "77 % of team web: $900.00 per month, resets 2026-12-01T00:00:00Z\r\n\r\n{}",
                    client.send(Wire.post(MODEL)).response());
        }
    }

    @Test
    void clientThatGoesBeforeItsBodyIsWhole_isNeverAskedAbout() throws Exception {
        Limits limits = new Limits(new Verdict.Admitted(List.of()));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits)) {
            try (RawClient client = proxy.client()) {
                client.send("POST /v1/messages HTTP/1.1\r\nHost: h\r\nContent-Length: 200\r\n\r\n{");
            }
            assertEquals(Outcome.FAILED_DOWNSTREAM_ABORTED, proxy.books.entry().outcome());
            assertTrue(limits.asks.isEmpty());
            assertEquals(0, upstream.connections());
        }
    }

    @Test
    void batch_isAskedAboutAtItsHead_andCountingNever() throws Exception {
        Limits limits = new Limits(new Verdict.Admitted(List.of()));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), limits);
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}").replace("/v1/messages", "/v1/messages/count_tokens"))
                    .response();
            client.send(Wire.post("{}").replace("/v1/messages", "/v1/messages/batches"))
                    .response();
            assertEquals(Route.BATCHES, limits.ask().route());
            assertTrue(limits.asks.isEmpty());
        }
    }

    /** Limits that answer always the same. */
    private static final class Limits implements Admission {
        private final LinkedBlockingQueue<Ask> asks = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<ExchangeId> released = new LinkedBlockingQueue<>();
        private final Verdict verdict;

        Limits(Verdict verdict) {
            this.verdict = verdict;
        }

        Ask ask() throws InterruptedException {
            Ask ask = asks.poll(10, TimeUnit.SECONDS);
            if (ask == null) {
                throw new AssertionError("nobody asked");
            }
            return ask;
        }

        @Override
        public boolean any() {
            return true;
        }

        @Override
        public Verdict admit(ExchangeId id, Ask ask) {
            asks.add(ask);
            return verdict;
        }

        @Override
        public void release(ExchangeId id) {
            released.add(id);
        }
    }
}
