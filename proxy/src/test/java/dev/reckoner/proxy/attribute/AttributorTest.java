package dev.reckoner.proxy.attribute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings.AttributionSettings;
import dev.reckoner.config.Settings.Trust;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Route;
import dev.reckoner.proxy.route.RouteMatch;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read off path, headers and body, and what is believed of it. */
class AttributorTest {

    private static final String API_KEY = "sk-ant-api03-" + "A1b2".repeat(24);
    private static final String OAUTH = "sk-ant-oat01-" + "C3d4".repeat(24);
    private static final String SESSION = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final RouteMatch NOBODY = new RouteMatch(Route.MESSAGES, "/v1/messages", null, null, null);
    private static final RouteMatch PATH = new RouteMatch(Route.MESSAGES, "/v1/messages", "ada", "core", "site");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private KeyHasher keys;

    @BeforeEach
    void keys() {
        keys = KeyHasher.load(directory.resolve("secret"));
    }

    @Test
    void finish_nothingSaid_isNobody() {
        assertEquals(Attribution.NONE, attribute(NOBODY, headers(), null));
    }

    @Test
    void finish_everythingSaid_pathThenHeaderThenBody() {
        HttpHeaders headers = headers(
                "X-Reckoner-User",
                "bob",
                "x-reckoner-team",
                "web",
                "x-reckoner-project",
                "shop",
                "x-reckoner-session",
                "s1");
        Attribution all = attribute(PATH, headers, "carol");
        assertEquals(new Part("ada", Source.PATH), all.user());
        assertEquals(new Part("core", Source.PATH), all.team());
        assertEquals(new Part("site", Source.PATH), all.project());
        assertEquals(new Part("s1", Source.HEADER), all.session());
        Attribution header = attribute(NOBODY, headers, "carol");
        assertEquals(new Part("bob", Source.HEADER), header.user());
        assertEquals(new Part("web", Source.HEADER), header.team());
        assertEquals(new Part("shop", Source.HEADER), header.project());
        Attribution body = attribute(NOBODY, headers(), "carol");
        assertEquals(new Part("carol", Source.BODY), body.user());
        assertNull(body.session());
    }

    @Test
    void finish_partsFromSeveralSources_areMixed() {
        RouteMatch team = new RouteMatch(Route.MESSAGES, "/v1/messages", null, "core", null);
        Attribution mixed = attribute(team, headers("x-reckoner-project", "shop"), "carol");
        assertEquals(new Part("carol", Source.BODY), mixed.user());
        assertEquals(new Part("core", Source.PATH), mixed.team());
        assertEquals(new Part("shop", Source.HEADER), mixed.project());
    }

    @Test
    void session_ownHeader_thenClaudeCodesHeader_thenMetadata() {
        String metadata = "{\"device_id\":\"d\",\"account_uuid\":\"a\",\"session_id\":\"from-body\"}";
        assertEquals(
                new Part("own", Source.HEADER),
                attribute(NOBODY, headers("x-claude-code-session-id", "cc", "x-reckoner-session", "own"), metadata)
                        .session());
        assertEquals(
                new Part("cc", Source.HEADER),
                attribute(NOBODY, headers("x-claude-code-session-id", "cc"), metadata)
                        .session());
        assertEquals(
                new Part("from-body", Source.BODY),
                attribute(NOBODY, headers(), metadata).session());
    }

    @Test
    void metadata_flatForm_givesAccountAndSession() {
        String device = "0123456789abcdef".repeat(4);
        Attribution account = attribute(
                NOBODY,
                headers(),
                "user_" + device + "_account_7c9e6679-7425-40de-944b-e07fc1f90ae7_session_" + SESSION);
        assertEquals(new Part("account:7c9e6679-7425-40de-944b-e07fc1f90ae7", Source.BODY), account.user());
        assertEquals(new Part(SESSION, Source.BODY), account.session());
        Attribution noAccount = attribute(NOBODY, headers(), "user_" + device + "_account__session_" + SESSION);
        assertEquals(new Part("device:" + device, Source.BODY), noAccount.user());
        assertEquals(new Part(SESSION, Source.BODY), noAccount.session());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "{\"device_id\":\"d1\",\"account_uuid\":\"a1\",\"session_id\":\"s1\"} | account:a1 | s1",
                "{\"device_id\":\"d1\",\"account_uuid\":\"\",\"session_id\":\"s1\"} | device:d1 | s1",
                "{\"device_id\":\"d1\",\"account_uuid\":null} | device:d1 | -",
                "{\"session_id\":\"s1\"} | - | s1",
                " {\"x\":{\"session_id\":\"no\"},\"y\":[1,{}],\"account_uuid\":\"a1\"} | account:a1 | -",
                "{\"device_id\":7} | {\"device_id\":7} | -",
                "{\"email\":\"a@b\"} | {\"email\":\"a@b\"} | -",
                "{} | {} | -",
                "{ | { | -",
                "{\"device_id\":\"d1\" | {\"device_id\":\"d1\" | -",
                "{\"device_id\":\"d1\",} | {\"device_id\":\"d1\",} | -",
                "user_x_account__session_y | user_x_account__session_y | -",
                "user-42 | user-42 | -",
            })
    void metadata_anyString_isUnpackedOrTakenAsGiven(String metadata, @Nullable String user, @Nullable String session) {
        Attribution attribution = attribute(NOBODY, headers(), metadata);
        assertEquals(user == null ? null : new Part(user, Source.BODY), attribution.user());
        assertEquals(session == null ? null : new Part(session, Source.BODY), attribution.session());
    }

    @Test
    void metadata_hostile_isBounded() {
        String deep = "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
        for (String hostile : List.of(deep, "{\"device_id\":\"" + "x".repeat(100_000) + "\"}", "x".repeat(1_000_000))) {
            Part user = attribute(NOBODY, headers(), hostile).user();
            assertTrue(user != null && user.value().length() <= 256);
        }
    }

    @Test
    void tags_ofAllFields_areSplitTrimmedDistinctAndSorted() {
        HttpHeaders headers = headers(
                "x-reckoner-tag",
                "env=prod, feature=search ,,",
                "X-Reckoner-Tag",
                "batch",
                "x-reckoner-tag",
                "env=prod");
        assertEquals(
                List.of("batch", "env=prod", "feature=search"),
                attribute(NOBODY, headers, null).tags());
    }

    @Test
    void tags_tooMany_keepWhatWasSaidFirst() {
        Attributor attributor = new Attributor(
                Identities.unknown(keys),
                new AttributionSettings(Trust.ALL, 256, 2, null, List.of()),
                true,
                Clock.systemUTC());
        HttpHeaders headers = headers("user-agent", "curl/8", "x-reckoner-tag", "z,y,a");
        assertEquals(
                List.of("y", "z"),
                attributor.draft(NOBODY, headers).finish(null).tags());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "claude-cli/2.1.278 (external, cli) | client=claude-cli",
                "Anthropic/Python 0.79.0 | client=Anthropic/Python",
                "AnthropicClientImpl/Java 3.11.0 | client=AnthropicClientImpl/Java",
                "curl/8.5.0 | client=curl",
                "node | client=node",
                "(nothing) | -",
                "/1.0 | -",
            })
    void tags_userAgent_becomesTheClientWithoutItsVersion(String userAgent, @Nullable String tag) {
        assertEquals(
                tag == null ? List.of() : List.of(tag),
                attribute(NOBODY, headers("user-agent", userAgent), null).tags());
    }

    @Test
    void values_areTrimmedAndCut() {
        assertEquals("bob", value("  bob\t"));
        assertEquals("x".repeat(256), value("x".repeat(300)));
        assertEquals("x".repeat(255), value("x".repeat(255) + utf8("😀")));
        assertEquals("Jürgen", value(utf8("Jürgen")));
        assertEquals("Jürgen", value("J\u00fcrgen"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u001bb", "a\u0085b", "a\u2028b", "a\u202eb", "a\u2066b"})
    void values_emptyOrUnsafeToShow_areDropped(String said) {
        HttpHeaders headers = headers("x-reckoner-user", utf8(said));
        assertEquals(
                new Part("carol", Source.BODY),
                attribute(NOBODY, headers, "carol").user());
        assertNull(attribute(NOBODY, headers(), said).user());
    }

    @Test
    void values_repeatedHeader_theFirstUsableHolds() {
        assertEquals(
                "bob",
                part(attribute(
                        NOBODY,
                        headers("x-reckoner-user", " ", "x-reckoner-user", "bob", "x-reckoner-user", "eve"),
                        null)));
    }

    @ParameterizedTest
    @CsvSource({"AUTO, true, true", "AUTO, false, false", "ALL, false, true", "ALL, true, true", "NONE, true, false"})
    void trust_decidesWhetherAnythingSelfDeclaredIsBelieved(Trust trust, boolean loopback, boolean believed) {
        Attributor attributor = new Attributor(
                Identities.unknown(keys),
                new AttributionSettings(trust, 256, 32, null, List.of()),
                loopback,
                Clock.systemUTC());
        HttpHeaders headers =
                headers("x-api-key", API_KEY, "x-reckoner-tag", "a", "user-agent", "curl/8", "x-reckoner-session", "s");
        Attribution attribution = attributor.draft(PATH, headers).finish("carol");
        assertEquals(believed, attribution.user() != null);
        assertEquals(believed, attribution.team() != null);
        assertEquals(believed, attribution.project() != null);
        assertEquals(believed, attribution.session() != null);
        assertEquals(believed, !attribution.tags().isEmpty());
        assertEquals(keys.reference(API_KEY), attribution.key());
        assertNull(
                believed
                        ? null
                        : attributor.draft(NOBODY, headers).finish("carol").user());
    }

    @Test
    void key_fromEitherHeader_isTheSameReference() {
        KeyRef expected = keys.reference(API_KEY);
        assertEquals(KeyRef.Kind.API_KEY, expected.kind());
        for (HttpHeaders headers : List.of(
                headers("X-Api-Key", API_KEY),
                headers("Authorization", "Bearer " + API_KEY),
                headers("authorization", "bearer   " + API_KEY + " "),
                headers("authorization", "Bearer " + API_KEY, "x-api-key", API_KEY))) {
            assertEquals(expected, attribute(NOBODY, headers, null).key());
        }
    }

    @Test
    void key_bothHeadersDiffer_theApiKeyWins() {
        assertEquals(
                keys.reference(API_KEY),
                attribute(NOBODY, headers("x-api-key", API_KEY, "authorization", "Bearer " + OAUTH), null)
                        .key());
        assertEquals(
                keys.reference(API_KEY),
                attribute(NOBODY, headers("x-api-key", "dummy", "authorization", "Bearer " + API_KEY), null)
                        .key());
        assertEquals(
                keys.reference("dummy"),
                attribute(NOBODY, headers("x-api-key", "dummy", "authorization", "Bearer " + OAUTH), null)
                        .key());
        assertEquals(
                keys.reference(OAUTH),
                attribute(NOBODY, headers("x-api-key", " ", "authorization", "Bearer " + OAUTH), null)
                        .key());
    }

    @Test
    void key_noneOrEmpty_isNone() {
        for (HttpHeaders headers : List.of(
                headers(), headers("x-api-key", " "), headers("authorization", ""), headers("authorization", " "))) {
            assertEquals(KeyRef.NONE, attribute(NOBODY, headers, null).key());
        }
        assertNotEquals(
                KeyRef.NONE,
                attribute(NOBODY, headers("authorization", "opaque"), null).key());
    }

    @Test
    void attribution_asText_neverHoldsTheCredential() {
        HttpHeaders headers = headers("x-api-key", API_KEY, "authorization", "Bearer " + OAUTH);
        Draft draft = new Attributor(
                        Identities.unknown(keys),
                        new AttributionSettings(Trust.ALL, 256, 32, null, List.of()),
                        true,
                        Clock.systemUTC())
                .draft(NOBODY, headers);
        String text = draft.finish("carol").toString();
        assertFalse(text.contains("A1b2A1b2A1b2"), text);
        assertFalse(text.contains("C3d4C3d4C3d4"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "x-reckoner-user, true",
        "X-RECKONER-TAG, true",
        "x-Reckoner-anything, true",
        "x-reckoner-, true",
        "x-reckoner, false",
        "xx-reckoner-user, false",
        "x-claude-code-session-id, false",
        "x-api-key, false",
        "'', false",
    })
    void own_headersWithOurPrefix_mustNotGoUpstream(String name, boolean own) {
        assertEquals(own, OwnFields.holds(name));
        assertEquals(own, OwnFields.holds(new AsciiString(name)));
    }

    private @Nullable String value(String said) {
        return part(attribute(NOBODY, headers("x-reckoner-user", said), null));
    }

    private static @Nullable String part(Attribution attribution) {
        Part user = attribution.user();
        return user == null ? null : user.value();
    }

    private Attribution attribute(RouteMatch match, HttpHeaders headers, @Nullable String metadataUserId) {
        Attributor attributor = new Attributor(
                Identities.unknown(keys),
                new AttributionSettings(Trust.AUTO, 256, 32, null, List.of()),
                true,
                Clock.systemUTC());
        return attributor.draft(match, headers).finish(metadataUserId);
    }

    /** As the codec gives them: one character per byte, nothing checked. */
    private static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
