package dev.reckoner.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings.AlertSettings;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.AlertQueue;
import dev.reckoner.ledger.alert.Outbox;
import dev.reckoner.ledger.alert.StoredAlert;
import dev.reckoner.ledger.alert.StoredAlert.Delivery;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.StoreOutbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of alerts from the queue to the webhook: told once, tried again, kept over a restart, sent with the store away. */
final class AlertDeskTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final AlertSettings SETTINGS =
            new AlertSettings(null, null, Duration.ofHours(1), Duration.ofSeconds(10), 4, Duration.ofMinutes(5), null);

    @TempDir
    Path directory;

    private final AlertQueue queue = new AlertQueue();
    private final Told post = new Told();
    private final Now clock = new Now();
    private Store store;
    private Outbox outbox;
    private AlertDesk desk;

    /** A webhook that answers what the test says. */
    private static final class Told implements Post {
        final List<String> sent = new ArrayList<>();

        @Nullable
        String problem;

        boolean closed;

        @Override
        public @Nullable String send(StoredAlert alert) {
            sent.add(alert.alert().about());
            return problem;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A clock that stands until it is moved. */
    private static final class Now extends Clock {
        Instant at = START;

        @Override
        public Instant instant() {
            return at;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void open() {
        store = Store.open(directory);
        outbox = new StoreOutbox(store);
        desk = desk(outbox);
    }

    @AfterEach
    void close() {
        desk.close();
        store.close();
    }

    private AlertDesk desk(Outbox kept) {
        return new AlertDesk(SETTINGS, queue, kept, post, clock, new SplittableRandom(1));
    }

    private void raise(Alert.Kind kind, String about) {
        queue.raise(new Alert(kind, about, clock.at, "about " + about, Map.of()));
    }

    private StoredAlert only() {
        List<StoredAlert> all = desk.list(new AlertQuery(null, 10));
        assertEquals(1, all.size());
        return all.get(0);
    }

    @Test
    void alert_isKeptAndSentOnce_andCountedWhileItLasts() {
        raise(Alert.Kind.PENDING_RATES, "m");
        desk.round();
        for (int minute = 1; minute < 60; minute++) {
            clock.at = START.plus(Duration.ofMinutes(minute));
            raise(Alert.Kind.PENDING_RATES, "m");
            desk.round();
            raise(Alert.Kind.PENDING_RATES, "m");
            desk.round();
        }
        assertEquals(List.of("m"), post.sent);
        assertEquals(Delivery.SENT, only().delivery());
        assertEquals(START, only().sentAt());
        assertEquals(1, only().attempts());
        assertEquals(117, only().repeats());

        clock.at = START.plus(Duration.ofHours(1));
        raise(Alert.Kind.PENDING_RATES, "m");
        desk.round();
        assertEquals(List.of("m", "m"), post.sent);
    }

    @Test
    void refusedAlert_isTriedAgain_everMoreSlowly_untilItIsGivenUp() {
        post.problem = "answered 500";
        raise(Alert.Kind.REFUSAL, "a");
        List<Long> seconds = new ArrayList<>();
        for (int second = 0; second < 120; second++) {
            clock.at = START.plusSeconds(second);
            int before = post.sent.size();
            desk.round();
            if (post.sent.size() > before) {
                seconds.add((long) second);
            }
        }
        assertEquals(4, seconds.size(), seconds.toString());
        for (int i = 1; i < 4; i++) {
            long waited = seconds.get(i) - seconds.get(i - 1);
            long most = 5L << (i - 1);
            assertTrue(waited >= most / 2 && waited <= most + 1, seconds.toString());
        }
        assertEquals(Delivery.FAILED, only().delivery());
        assertEquals("answered 500", only().problem());
        assertEquals(4, only().attempts());
    }

    @Test
    void alertNotYetTaken_isSentAfterARestart() {
        post.problem = "no answer within 10000 ms";
        raise(Alert.Kind.REFUSAL, "a");
        desk.round();
        desk.close();
        assertTrue(post.closed);
        store.close();
        open();
        post.problem = null;
        clock.at = START.plusSeconds(10);
        desk.round();
        assertEquals(List.of("a", "a"), post.sent);
        assertEquals(Delivery.SENT, only().delivery());
        assertEquals(2, only().attempts());
    }

    @Test
    void processThatDiesWithAnAlert_leavesItToTheNext() {
        raise(Alert.Kind.REFUSAL, "a");
        outbox.keep(queue.take().get(0), Duration.ZERO, Delivery.WAITING);
        outbox.claim(START, Duration.ofSeconds(35));
        desk.round();
        assertEquals(List.of(), post.sent);
        clock.at = START.plusSeconds(35);
        desk.round();
        assertEquals(List.of("a"), post.sent);
    }

    @Test
    void withoutAWebhook_alertsAreOnlyKept() {
        AlertDesk without = new AlertDesk(SETTINGS, queue, outbox, clock, new SplittableRandom(1));
        raise(Alert.Kind.REFUSAL, "a");
        without.round();
        assertEquals(Delivery.KEPT, only().delivery());
        StoredAlert tested = without.test();
        assertEquals(Delivery.KEPT, tested.delivery());
        assertEquals("alerts.webhook is not set", tested.problem());
    }

    @Test
    void test_triesOnce_andSaysHowItWent() {
        assertEquals(Delivery.SENT, desk.test().delivery());
        assertEquals(Delivery.SENT, only().delivery());
        post.problem = "answered 404";
        StoredAlert failed = desk.test();
        assertEquals(Delivery.FAILED, failed.delivery());
        assertEquals("answered 404", failed.problem());
        desk.round();
        assertEquals(List.of("test", "test"), post.sent);
        assertEquals(failed, desk.list(new AlertQuery(null, 1)).get(0));
    }

    @Test
    void storeAway_alertsAreSentOnceWithoutBeingKept_andKeptWhenItIsBack() {
        boolean[] away = {true};
        Outbox sometimes = new Outbox() {
            @Override
            public Optional<Long> keep(AlertQueue.Waiting raised, Duration repeatAfter, Delivery state) {
                if (away[0]) {
                    throw new LedgerException("the store is away");
                }
                return outbox.keep(raised, repeatAfter, state);
            }

            @Override
            public Optional<StoredAlert> claim(Instant now, Duration lease) {
                return outbox.claim(now, lease);
            }

            @Override
            public void sent(long id, Instant at) {
                outbox.sent(id, at);
            }

            @Override
            public void again(long id, Instant next, String problem) {
                outbox.again(id, next, problem);
            }

            @Override
            public void failed(long id, String problem) {
                outbox.failed(id, problem);
            }

            @Override
            public List<StoredAlert> list(AlertQuery query) {
                return outbox.list(query);
            }
        };
        AlertDesk desk = desk(sometimes);
        raise(Alert.Kind.STORE_BEHIND, "store");
        raise(Alert.Kind.REFUSAL, "a");
        for (int round = 0; round < 3; round++) {
            assertThrows(LedgerException.class, desk::round);
        }
        assertEquals(
                List.of("store", "a"),
                post.sent.stream().sorted((x, y) -> y.compareTo(x)).toList());

        away[0] = false;
        desk.round();
        assertEquals(2, post.sent.size());
        assertEquals(
                List.of(Delivery.SENT, Delivery.SENT),
                desk.list(new AlertQuery(null, 10)).stream()
                        .map(StoredAlert::delivery)
                        .toList());
    }

    @Test
    void storeBehind_isRaisedBeyondTheSetting_onceAMinute() {
        Lag[] lag = {new Lag(10, Duration.ofMinutes(5))};
        LagWatch watch = new LagWatch(() -> lag[0], Duration.ofMinutes(5), queue, clock);
        watch.run();
        assertEquals(List.of(), queue.take());

        lag[0] = new Lag(1_234, Duration.ofMinutes(5).plusMillis(1));
        watch.run();
        watch.run();
        AlertQueue.Waiting raised = queue.take().get(0);
        assertEquals(1, raised.times());
        assertEquals(Alert.Kind.STORE_BEHIND, raised.alert().kind());
        assertTrue(raised.alert().message().startsWith("the store is 300 s behind the journal, by 1234 records"));
        clock.at = START.plus(Duration.ofMinutes(1));
        watch.run();
        assertEquals(1, queue.take().size());
    }
}
