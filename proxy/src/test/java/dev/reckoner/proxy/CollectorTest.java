package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.BatchState;
import dev.reckoner.proxy.collect.BatchKeys;
import dev.reckoner.proxy.collect.Collector;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the collector asks, with which credential, and when it leaves a batch alone. */
final class CollectorTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration ROUND = Duration.ofMillis(5);
    private static final BatchState ENDED = new BatchState("ended", NOW, NOW, null, null);
    private static final String SHOWN = "{\"id\":\"msgbatch_1\",\"type\":\"message_batch\",\"processing_status\":"
            + "\"ended\",\"created_at\":\"2026-11-21T12:00:00Z\",\"ended_at\":\"2026-11-21T12:00:00Z\"}";
    private static final String RESULTS = "{\"custom_id\":\"a\",\"result\":{\"type\":\"canceled\"}}\n";

    private final Moving clock = new Moving();

    @Test
    void batch_thatHasEnded_isAskedAndDownloadedWithTheKeyThatCreatedIt() throws Exception {
        BatchKeys keys = new BatchKeys();
        keys.remember(
                "msgbatch_1",
                new DefaultHttpHeaders()
                        .add("x-api-key", "sk-ant-api03-creator")
                        .add("anthropic-version", "2023-06-01")
                        .add("x-reckoner-user", "ada"));
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(Wire.ok(SHOWN));
                    with.request();
                    with.send(Wire.ok(RESULTS));
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                Collector collector = collector(proxy, keys, null)) {
            proxy.batches.seen("msgbatch_1", BatchState.UNKNOWN, null);
            collector.start();

            await(() -> proxy.batches.collected().contains("msgbatch_1"));
            assertTrue(upstream.heads().get(0).startsWith("GET /v1/messages/batches/msgbatch_1 "));
            assertTrue(upstream.heads().get(1).startsWith("GET /v1/messages/batches/msgbatch_1/results "));
            for (String head : upstream.heads().subList(0, 2)) {
                assertTrue(head.contains("x-api-key: sk-ant-api03-creator"), head);
                assertFalse(head.contains("x-reckoner"), head);
            }
        }
    }

    @Test
    void batch_withoutItsOwnKey_isAskedWithTheConfiguredOne_orNotAtAll() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok(RESULTS));
                ProxyHarness proxy = ProxyHarness.before(upstream.url())) {
            proxy.batches.seen("msgbatch_1", ENDED, null);
            try (Collector none = collector(proxy, new BatchKeys(), null)) {
                none.start();
                LockSupport.parkNanos(20 * ROUND.toNanos());
            }
            assertEquals(List.of(), upstream.heads());

            try (Collector configured = collector(proxy, new BatchKeys(), "sk-ant-api03-configured")) {
                configured.start();
                await(() -> proxy.batches.collected().contains("msgbatch_1"));
            }
            assertTrue(upstream.heads().get(0).contains("sk-ant-api03-configured"));
        }
    }

    @Test
    void batch_thatFails_isAskedEverMoreSeldom() throws Exception {
        String failing = "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 2\r\n\r\n{}";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(failing);
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                Collector collector = collector(proxy, new BatchKeys(), "sk-ant-api03-configured")) {
            proxy.batches.seen("msgbatch_1", ENDED, null);
            collector.start();
            Duration pause = ROUND;
            for (int asked = 1; asked < 5; asked++) {
                int times = asked;
                await(() ->
                        upstream.heads().size() >= times && proxy.books.closed().size() >= times);
                LockSupport.parkNanos(10 * ROUND.toNanos());
                assertEquals(times, upstream.heads().size(), "before the pause of " + pause + " was over");
                clock.go(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    @Test
    void batch_thatIsNotKnownOrTooOld_isLeftAlone() throws Exception {
        String unknown = "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(unknown);
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                Collector collector = collector(proxy, new BatchKeys(), "sk-ant-api03-configured")) {
            Instant old = NOW.minus(Duration.ofDays(29));
            proxy.batches.seen("msgbatch_0", new BatchState("ended", old, old, null, null), null);
            proxy.batches.seen("msgbatch_1", ENDED, null);
            collector.start();
            await(() -> upstream.heads().size() == 1);
            clock.go(Duration.ofHours(3));
            LockSupport.parkNanos(20 * ROUND.toNanos());
            assertEquals(1, upstream.heads().size());
            assertTrue(upstream.heads().get(0).contains("msgbatch_1"));
        }
    }

    private Collector collector(ProxyHarness proxy, BatchKeys keys, @Nullable String configured) {
        URI listener = URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/");
        return new Collector(listener, proxy.batches, keys, configured, ROUND, clock);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited too long");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** A clock that only goes when told to. */
    private static final class Moving extends Clock {
        private volatile Instant now = NOW;

        void go(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
