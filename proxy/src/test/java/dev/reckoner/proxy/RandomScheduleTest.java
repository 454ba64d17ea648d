package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients and upstream misbehave at random, many at once; whatever happens, every exchange has one opening and one entry
 * (P2), and the entry says what happened.
 */
final class RandomScheduleTest {

    private static final int CLIENTS = 6;
    private static final int EXCHANGES = 40;
    private static final int BODY = 40_000;

    /** What the upstream does with a request, named by its path, and what must be booked for it. */
    private enum Plan {
        JSON(Outcome.OK_UPSTREAM_COMPLETE),
        STREAM(Outcome.OK_UPSTREAM_COMPLETE),
        ERROR(Outcome.FAILED_UPSTREAM_STATUS),
        RESET_BEFORE(Outcome.FAILED_UPSTREAM_SHORT),
        RESET_INSIDE(Outcome.FAILED_UPSTREAM_SHORT),
        SHORT(Outcome.FAILED_UPSTREAM_SHORT),
        GARBAGE(Outcome.FAILED_UPSTREAM_MALFORMED),
        CLIENT_LEAVES(null);

        private final @Nullable Outcome outcome;

        Plan(@Nullable Outcome outcome) {
            this.outcome = outcome;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121, 7_777_777})
    void faults_atRandom_leaveOneOpeningAndOneEntryEach(long seed) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(RandomScheduleTest::play);
                ProxyHarness proxy = ProxyHarness.before(upstream.url())) {
            SplittableRandom random = new SplittableRandom(seed);
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            List<Callable<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom own = random.split();
                clients.add(() -> client(proxy, own));
            }
            int stayed = 0;
            for (Future<Integer> client : threads.invokeAll(clients, 120, TimeUnit.SECONDS)) {
                stayed += client.get();
            }
            threads.shutdown();
            proxy.stop();
            assertBooked(proxy.books, stayed, "seed " + seed);
            assertEquals(List.of(), upstream.failures(), "seed " + seed);
        }
    }

    private static void assertBooked(RecordingBooks books, int stayed, String seed) {
        Set<ExchangeId> opened = new HashSet<>();
        for (Opening opening : books.opened()) {
            assertTrue(opened.add(opening.id()), seed);
        }
        Map<ExchangeId, Closing> closed = new HashMap<>();
        int booked = 0;
        for (Closing closing : books.closed()) {
            assertEquals(null, closed.put(closing.opening().id(), closing), seed);
            Plan plan = Plan.valueOf(closing.opening().path().substring(1));
            if (plan.outcome != null) {
                assertEquals(plan.outcome, closing.outcome(), () -> seed + " " + closing);
                booked++;
            }
        }
        assertEquals(opened, closed.keySet(), seed);
        assertEquals(stayed, booked, seed);
    }

    /** Plays exchanges on one connection as long as it lasts; returns how many it stayed to the end of. */
    private static int client(ProxyHarness proxy, SplittableRandom random) throws IOException {
        int stayed = 0;
        RawClient client = proxy.client();
        for (int i = 0; i < EXCHANGES; i++) {
            Plan plan = Plan.values()[random.nextInt(Plan.values().length)];
            String body = "x".repeat(random.nextInt(BODY));
            client.send(
                    "POST /" + plan + " HTTP/1.1\r\nHost: p\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            if (plan == Plan.CLIENT_LEAVES) {
                leave(client, random.nextInt(3));
            } else {
                stayed++;
                read(client);
            }
            if (plan != Plan.JSON && plan != Plan.STREAM && plan != Plan.ERROR) {
                client.close();
                client = proxy.client();
            }
        }
        client.close();
        return stayed;
    }

    private static void leave(RawClient client, int how) throws IOException {
        if (how == 0) {
            client.reset();
        } else if (how == 1) {
            client.head();
            client.reset();
        } else {
            client.leave();
        }
    }

    /** A response in whatever state it comes; the books are what is checked. */
    private static void read(RawClient client) {
        try {
            assertTrue(client.response().startsWith("HTTP/1.1 "));
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("ended"), e::toString);
        }
    }

    private static void play(ScriptedUpstream.Conversation with) throws Exception {
        for (String head = with.head(); head != null; head = with.head()) {
            with.body(head);
            Plan plan = Plan.valueOf(head.substring("POST /".length(), head.indexOf(' ', "POST /".length())));
            switch (plan) {
                case JSON -> with.send(Wire.ok("y".repeat(BODY)));
                case STREAM -> stream(with);
                case ERROR -> with.send("HTTP/1.1 429 Slow\r\ncontent-length: 2\r\n\r\n{}");
                case RESET_BEFORE -> with.reset();
                case RESET_INSIDE -> {
                    with.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc");
                    with.reset();
                }
                case SHORT -> {
                    with.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + Wire.chunk("abc"));
                    with.socket().close();
                }
                case GARBAGE -> {
                    with.send("what is this\r\n\r\n");
                    with.socket().close();
                }
                case CLIENT_LEAVES -> {
                    with.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                    while (!with.socket().isClosed()) {
                        with.send(Wire.chunk("z".repeat(1000)));
                    }
                }
            }
        }
    }

    private static void stream(ScriptedUpstream.Conversation with) throws IOException {
        with.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        for (int i = 0; i < 10; i++) {
            with.send(Wire.chunk("event: ping\n\n"));
        }
        with.send("0\r\n\r\n");
    }
}
