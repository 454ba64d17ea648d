package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings.Trust;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.ledger.keys.VirtualKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with keys of our own: served with the server's credential or not at all, and nothing of theirs goes on. */
final class VirtualKeysTest {
    private static final String SECRET = "rk-0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String VENDORS = "sk-ant-api03-theirs0000000000000000000000000-them";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final String BODY = "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":1}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-api-key: RK",
                "X-API-Key:RK",
                "Authorization: Bearer RK",
                "authorization: bearer  RK ",
                "Authorization: RK",
                "x-bf-vk: RK",
                "x-api-key: RK\r\nAuthorization: Bearer RK",
                "x-api-key: VENDOR\r\nAuthorization: Bearer RK",
                "x-api-key: RK\r\nAuthorization: Bearer VENDOR",
                "x-api-key: VENDOR\r\nX-Api-Key: RK\r\nX-API-KEY: VENDOR",
                "x-api-key: VENDOR, RK",
                "Authorization: Bearer VENDOR\r\nx-bf-vk: RK",
            })
    void key_anywhere_isServedWithOurCredentialAlone(String fields) throws Exception {
        KeyRing ring = new KeyRing().with(SECRET, ClientTrust.SESSIONS);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), Trust.NONE, ring::identities, CLOCK);
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok("{}"), client.send(request(fields, BODY)).response());

            String head = upstream.heads().get(0);
            assertFalse(head.contains("rk-"), head);
            assertFalse(head.contains(VENDORS), head);
            assertEquals(1, head.split("(?i)x-api-key", -1).length - 1, head);
            assertFalse(head.toLowerCase(Locale.ROOT).contains("authorization"), head);
            assertTrue(head.contains("x-api-key: " + KeyRing.OURS + "\r\n"), head);
            Attribution who = proxy.books.entry().opening().attribution();
            assertEquals(new Part("ada", Source.VIRTUAL_KEY), who.user());
            assertEquals(new Part("search", Source.VIRTUAL_KEY), who.team());
            assertEquals("key_1", who.virtualKey());
            assertEquals("sk-ant-api03-our...ours", who.key().hint());
            assertEquals(List.of("env=prod"), who.tags());
        }
    }

    @Test
    void vendorsKey_passesUntouched() throws Exception {
        KeyRing ring = new KeyRing().with(SECRET, ClientTrust.SESSIONS);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), Trust.NONE, ring::identities, CLOCK);
                RawClient client = proxy.client()) {
            client.send(request("X-Api-Key: " + VENDORS + "\r\nanthropic-workspace-id: w", BODY))
                    .response();

            String head = upstream.heads().get(0);
            assertTrue(head.contains("X-Api-Key: " + VENDORS + "\r\nanthropic-workspace-id: w\r\n"), head);
            assertNull(proxy.books.entry().opening().attribution().virtualKey());
        }
    }

    @Test
    void bearerCredential_withAWorkspace_replacesTheClientsOwn() throws Exception {
        VirtualKey key = KeyRing.key("ada", null, ClientTrust.NONE, List.of(), null, null);
        KeyRing ring = new KeyRing().with(SECRET, KeyRing.servedWith("laptops", key));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), Trust.NONE, ring::identities, CLOCK);
                RawClient client = proxy.client()) {
            client.send(request("x-api-key: RK\r\nAnthropic-Workspace-Id: wrkspc_theirs", BODY))
                    .response();

            String head = upstream.heads().get(0);
            assertTrue(head.contains("authorization: Bearer " + KeyRing.OURS + "\r\n"), head);
            assertTrue(head.contains("anthropic-workspace-id: wrkspc_ours\r\n"), head);
            assertFalse(head.contains("theirs"), head);
            assertFalse(head.contains("x-api-key"), head);
        }
    }

    @Test
    void key_unknown_isRefusedInTheVendorsForm_andNothingGoesUpstream() throws Exception {
        Closing entry = refused(new KeyRing(), "x-api-key: RK", 401, "authentication_error", "knows no such key");
        assertNull(entry.opening().attribution().virtualKey());
        assertNull(entry.opening().attribution().user());
    }

    @Test
    void key_besideAVendorsKey_isNoWayAroundARefusal() throws Exception {
        refused(
                new KeyRing(),
                "x-api-key: VENDOR\r\nAuthorization: Bearer RK",
                401,
                "authentication_error",
                "knows no such key");
    }

    @Test
    void keys_thatDiffer_areRefused() throws Exception {
        KeyRing ring = new KeyRing().with(SECRET, ClientTrust.SESSIONS);
        refused(
                ring,
                "x-api-key: RK\r\nAuthorization: Bearer rk-other",
                401,
                "authentication_error",
                "several virtual keys");
    }

    @Test
    void key_expiresAtItsInstant() throws Exception {
        VirtualKey key = KeyRing.key("ada", null, ClientTrust.SESSIONS, List.of(), NOON, null);
        Closing entry = refused(
                new KeyRing().with(SECRET, key), "x-api-key: RK", 401, "authentication_error", "key_1 has expired");
        assertEquals("key_1", entry.opening().attribution().virtualKey());

        VirtualKey later = KeyRing.key("ada", null, ClientTrust.SESSIONS, List.of(), NOON.plusMillis(1), null);
        assertNotNull(served(new KeyRing().with(SECRET, later), "x-api-key: RK", Trust.NONE));
    }

    @Test
    void key_revoked_isRefused_andItsUserIsStillKnown() throws Exception {
        VirtualKey key = KeyRing.key("ada", null, ClientTrust.SESSIONS, List.of(), null, NOON);
        Closing entry = refused(
                new KeyRing().with(SECRET, key), "x-api-key: RK", 401, "authentication_error", "key_1 was revoked");
        Part user = entry.opening().attribution().user();
        assertEquals("ada", user == null ? null : user.value());
    }

    @Test
    void key_whoseCredentialIsNotThere_isRefusedAsOurFault() throws Exception {
        VirtualKey key = KeyRing.servedWith("none", KeyRing.key("ada", null, ClientTrust.NONE, List.of(), null, null));
        refused(new KeyRing().with(SECRET, key), "x-api-key: RK", 503, "api_error", "no upstream credential none");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/messages, claude-haiku-4-5, true",
        "/v1/messages, claude-opus-5, false",
        "/v1/messages/batches, claude-haiku-4-5, false",
        "/v1/messages/count_tokens, claude-opus-5, true",
    })
    void models_ofAKey_areAllThatMayBeAskedFor(String path, String model, boolean allowed) throws Exception {
        VirtualKey key = KeyRing.key("ada", null, ClientTrust.SESSIONS, List.of("claude-haiku-4-5"), null, null);
        KeyRing ring = new KeyRing().with(SECRET, key);
        String body = "{\"max_tokens\":1,\"model\":\"" + model + "\"}";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), Trust.NONE, ring::identities, CLOCK);
                RawClient client = proxy.client()) {
            String response = client.send(request(path, "x-api-key: RK", body)).head();

            assertTrue(response.startsWith("HTTP/1.1 " + (allowed ? "200 " : "403 ")), response);
            assertEquals(allowed ? 1 : 0, upstream.connections());
            Outcome outcome = proxy.books.entry().outcome();
            assertEquals(allowed ? Outcome.OK_UPSTREAM_COMPLETE : Outcome.FAILED_LOCAL_REFUSED, outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-reckoner-user: mallory",
                "X-Reckoner-USER: mallory",
                "x-litellm-end-user-id: mallory",
                "x-litellm-customer-id: mallory",
                "Helicone-User-Id: mallory",
                "x-claude-gateway-user-id: mallory",
                "x-claude-gateway-user-email: mallory",
                "x-portkey-metadata: {\"_user\":\"mallory\"}",
                "cf-aig-metadata: {\"user_id\":\"mallory\"}",
                "x-litellm-spend-logs-metadata: {\"user\":\"mallory\"}",
                "PATH",
                "BODY",
            })
    void user_saidInAnyWay_isBelievedOnATrustedListenerOnly_andNeverGoesUpstream(String said) throws Exception {
        for (Trust trust : List.of(Trust.ALL, Trust.NONE)) {
            for (boolean withKey : List.of(true, false)) {
                Attribution who = who(said, trust, withKey);
                Part user = who.user();
                String expected = withKey ? "ada" : trust == Trust.ALL ? "mallory" : null;
                assertEquals(expected, user == null ? null : user.value(), said + " " + trust + " " + withKey);
                assertFalse(trust == Trust.NONE && String.join(" ", who.tags()).contains("mallory"), who.toString());
            }
        }
    }

    private static Attribution who(String said, Trust trust, boolean withKey) throws Exception {
        KeyRing ring = new KeyRing().with(SECRET, ClientTrust.SESSIONS);
        boolean inHeader = said.contains(":");
        String path = said.equals("PATH") ? "/u/mallory/v1/messages" : "/v1/messages";
        String body = said.equals("BODY") ? "{\"model\":\"m\",\"metadata\":{\"user_id\":\"mallory\"}}" : BODY;
        String credential = withKey ? "x-api-key: RK" : "x-api-key: VENDOR";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), trust, ring::identities, CLOCK);
                RawClient client = proxy.client()) {
            client.send(request(path, inHeader ? credential + "\r\n" + said : credential, body))
                    .response();

            String head = upstream.heads().get(0);
            assertFalse(head.contains("mallory"), head);
            return proxy.books.entry().opening().attribution();
        }
    }

    @Test
    void sessionsAndTags_ofAKeyThatMayNameThem_areBelievedAnywhere_andOnlyTheVendorsOwnGoOn() throws Exception {
        KeyRing ring = new KeyRing().with(SECRET, ClientTrust.SESSIONS);
        String fields = "x-api-key: RK\r\nx-claude-code-session-id: s-1\r\nx-claude-code-agent-id: a-2\r\n"
                + "x-claude-code-parent-agent-id: a-1\r\nx-litellm-tags: one, two\r\nHelicone-Property-App: web\r\n"
                + "helicone-session-name: n\r\nx-portkey-trace-id: t-1";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), Trust.NONE, ring::identities, CLOCK);
                RawClient client = proxy.client()) {
            client.send(request(fields, BODY)).response();

            Attribution who = proxy.books.entry().opening().attribution();
            assertEquals(new Part("s-1", Source.HEADER), who.session());
            assertEquals(List.of("agent=a-2", "app=web", "env=prod", "one", "parent_agent=a-1", "two"), who.tags());
            String head = upstream.heads().get(0).toLowerCase(Locale.ROOT);
            assertTrue(head.contains("x-claude-code-session-id: s-1\r\nx-claude-code-agent-id: a-2\r\n"), head);
            for (String stripped : List.of("litellm", "helicone", "portkey")) {
                assertFalse(head.contains(stripped), head);
            }
        }
    }

    private static @Nullable Closing served(KeyRing ring, String fields, Trust trust) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), trust, ring::identities, CLOCK);
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok("{}"), client.send(request(fields, BODY)).response());
            return proxy.books.entry();
        }
    }

    private static Closing refused(KeyRing ring, String fields, int status, String type, String words)
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), Trust.ALL, ring::identities, CLOCK);
                RawClient client = proxy.client()) {
            String response = client.send(request(fields, BODY)).all();

            assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
            assertTrue(response.contains("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\""));
            assertTrue(response.contains(words), response);
            assertFalse(response.contains(SECRET), response);
            assertEquals(0, upstream.connections());
            Closing entry = proxy.books.entry();
            assertEquals(Outcome.FAILED_LOCAL_REFUSED, entry.outcome());
            assertEquals(status, entry.status());
            assertFalse(String.valueOf(entry.outcomeDetail()).contains(SECRET));
            return entry;
        }
    }

    private static String request(String fields, String body) throws IOException {
        return request("/v1/messages", fields, body);
    }

    private static String request(String path, String fields, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: h\r\n"
                + fields.replace("RK", SECRET).replace("VENDOR", VENDORS)
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
