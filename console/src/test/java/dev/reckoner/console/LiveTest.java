package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.config.HostPort;
import dev.reckoner.config.Settings;
import dev.reckoner.console.Wire.Response;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Pulse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LiveTest {

    private static final int FOLLOWERS_MAX = 64;

    private final FakeReports reports = new FakeReports();
    private final AtomicLong entry = new AtomicLong(41);
    private final AtomicInteger asked = new AtomicInteger();
    private final ConsoleServer server = ConsoleServer.start(
            new Settings.ConsoleSettings(new HostPort("127.0.0.1", 0)),
            FakeParts.of(reports, new FakeKeys(), new FakeLimits()),
            () -> true,
            Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC));

    LiveTest() {
        reports.pulse = () -> {
            asked.incrementAndGet();
            return new Pulse(entry.get(), 3, new Lag(2, Duration.ofMillis(150)));
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void session_onLoopback_isAnAdminWithATokenForItsPages() {
        JsonNode session = Wire.get(server, "/reckoner/v1/session").json();
        assertEquals("admin", session.path("role").asText());
        assertEquals("loopback", session.path("name").asText());
        assertTrue(!session.path("login").asBoolean(true));
        assertTrue(session.path("csrf").asText().matches("[\\w-]{43}"), session.toString());
        assertEquals("1.2.3", session.path("version").asText());
    }

    @Test
    void live_followed_tellsWhereTheBooksAre() throws IOException {
        try (Follow follow = Follow.of(server, "")) {
            String head = String.valueOf(follow.block());
            assertTrue(head.startsWith("HTTP/1.1 200 OK\n"), head);
            assertTrue(head.contains("content-type: text/event-stream"), head);
            assertTrue(head.contains("cache-control: no-store"), head);
            assertTrue(head.contains("x-content-type-options: nosniff"), head);
            assertTrue(!head.contains("access-control"), head);
            assertEquals(event(41), follow.block());
        }
    }

    @Test
    void live_booksMove_isToldAndNothingElseIs() throws IOException {
        try (Follow follow = Follow.of(server, "")) {
            follow.block();
            assertEquals(event(41), follow.block());
            int before = asked.get();
            Await.until(() -> asked.get() > before + 1);
            entry.set(42);
            assertEquals(event(42), follow.block());
        }
    }

    @Test
    void live_comingBackWithNothingNew_isToldWhenThereIs() throws IOException {
        try (Follow follow = Follow.of(server, "Last-Event-ID: 41\r\n")) {
            follow.block();
            Await.until(() -> asked.get() > 0);
            entry.set(43);
            assertEquals(event(43), follow.block());
        }
    }

    @Test
    void live_comingBackAfterSomethingNew_isToldAtOnce() throws IOException {
        try (Follow follow = Follow.of(server, "Last-Event-ID: 40\r\n")) {
            follow.block();
            assertEquals(event(41), follow.block());
        }
    }

    @Test
    void live_nobodyFollows_asksNothing() throws IOException {
        assertEquals(200, Wire.get(server, "/healthz").status());
        assertEquals(0, asked.get());
        try (Follow follow = Follow.of(server, "")) {
            follow.block();
            follow.block();
        }
    }

    @Test
    void live_booksUnreadable_keepsFollowersAndTellsLater() throws IOException {
        reports.pulse = () -> {
            asked.incrementAndGet();
            throw new IllegalStateException("disk on fire");
        };
        try (Follow follow = Follow.of(server, "")) {
            assertTrue(String.valueOf(follow.block()).startsWith("HTTP/1.1 200"));
            Await.until(() -> asked.get() > 0);
            reports.pulse = () -> new Pulse(7, 3, new Lag(2, Duration.ofMillis(150)));
            assertEquals(event(7), follow.block());
        }
    }

    @Test
    void live_moreThanMayFollow_areRefusedUntilOneLeaves() throws IOException {
        List<Follow> all = new ArrayList<>();
        try {
            for (int i = 0; i < FOLLOWERS_MAX; i++) {
                Follow follow = Follow.of(server, "");
                all.add(follow);
                assertTrue(String.valueOf(follow.block()).startsWith("HTTP/1.1 200"));
            }
            for (Follow follow : all) {
                assertEquals(event(41), follow.block());
            }
            Response refused = Wire.get(server, "/reckoner/v1/live");
            assertEquals(503, refused.status());
            assertEquals(
                    "overloaded_error",
                    refused.json().path("error").path("type").asText());
            all.remove(0).close();
            Await.until(this::hasRoom);
            assertEquals(200, Wire.get(server, "/healthz").status());
        } finally {
            for (Follow follow : all) {
                follow.close();
            }
        }
    }

    @Test
    void live_moreIsSentOnIt_ends() throws IOException {
        try (Follow follow = Follow.of(server, "")) {
            follow.block();
            follow.block();
            follow.say("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertNull(follow.block());
        }
    }

    @Test
    void live_serverCloses_ends() throws IOException {
        try (Follow follow = Follow.of(server, "")) {
            follow.block();
            follow.block();
            server.close();
            assertNull(follow.block());
        }
    }

    @Test
    void live_underAnotherHost_is421() {
        String request = "GET /reckoner/v1/live HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        assertEquals(421, Wire.send(server, request, 1).get(0).status());
    }

    private boolean hasRoom() {
        try (Follow follow = Follow.of(server, "")) {
            return String.valueOf(follow.block()).startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    private static String event(long entry) {
        return "id: " + entry + "\nevent: books\ndata: {\"entry\":" + entry
                + ",\"at\":\"2026-11-22T12:00:00Z\",\"inFlight\":3,\"lagMillis\":150}";
    }
}
