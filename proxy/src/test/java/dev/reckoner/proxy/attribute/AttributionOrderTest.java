package dev.reckoner.proxy.attribute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.People;
import dev.reckoner.config.PeopleFile;
import dev.reckoner.config.Settings.AttributionSettings;
import dev.reckoner.config.Settings.Trust;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.proxy.KeyRing;
import dev.reckoner.proxy.route.RouteMatch;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.file.Files;
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

/** What answers first, whose word is taken, and what the operator's file of people makes of it. */
final class AttributionOrderTest {
    private static final String SECRET = "rk-0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String ADAS = "sk-ant-api03-ada0000000000000000000000000000-1111";
    private static final RouteMatch NOWHERE = new RouteMatch(Route.MESSAGES, "/v1/messages", null, null, null);
    private static final RouteMatch PATH =
            new RouteMatch(Route.MESSAGES, "/v1/messages", "path-user", "path-team", "path-project");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final KeyRing ring = new KeyRing();

    @SuppressWarnings("NullAway.Init")
    private KeyHasher hasher;

    @BeforeEach
    void makeHasher() {
        hasher = KeyHasher.load(directory.resolve("secret"));
    }

    @Test
    void virtualKey_answersFirst_andLeavesOpenPartsToWhoIsBelieved() {
        ring.with(SECRET, ClientTrust.SESSIONS);

        Attribution who = attribute(Trust.ALL, PATH, headers("x-api-key", SECRET), "body-user");

        assertEquals(new Part("ada", Source.VIRTUAL_KEY), who.user());
        assertEquals(new Part("search", Source.VIRTUAL_KEY), who.team());
        assertEquals(new Part("path-project", Source.PATH), who.project());
    }

    @Test
    void clientOfAKeyThatNamesUsers_goesBeforeTheKeysOwnUser_onAnyListener() {
        ring.with(SECRET, ClientTrust.USERS);
        HttpHeaders named = headers("x-api-key", SECRET, "x-litellm-end-user-id", "customer-17");

        assertEquals(
                new Part("customer-17", Source.HEADER),
                attribute(Trust.NONE, NOWHERE, named, null).user());
        assertEquals(
                new Part("customer-18", Source.BODY),
                attribute(Trust.NONE, NOWHERE, headers("x-api-key", SECRET), "customer-18")
                        .user());
        assertEquals(
                new Part("ada", Source.VIRTUAL_KEY),
                attribute(Trust.NONE, NOWHERE, headers("x-api-key", SECRET), null)
                        .user());
        Attribution groups = attribute(Trust.NONE, PATH, named, null);
        assertNull(groups.project(), "teams and projects are not the client's to say");
    }

    @Test
    void clientOfAKeyThatIsNotTrusted_namesNothing_onAnyListener() {
        ring.with(SECRET, ClientTrust.NONE);

        Attribution who = attribute(
                Trust.ALL,
                PATH,
                headers("x-api-key", SECRET, "x-reckoner-session", "s", "x-reckoner-tag", "t"),
                "body-user");

        assertEquals(new Part("ada", Source.VIRTUAL_KEY), who.user());
        assertNull(who.project());
        assertNull(who.session());
        assertEquals(List.of("env=prod"), who.tags());
    }

    @Test
    void vendorsKeyThatIsSomebodys_answersBeforeTheClient_onAnyListener() throws Exception {
        ring.with(people("people: [{user: ada, team: search, keys: [sk-ant-api03-ada...1111]}]"));

        for (Trust trust : List.of(Trust.ALL, Trust.NONE)) {
            Attribution who = attribute(trust, PATH, headers("authorization", "Bearer " + ADAS), "body-user");
            assertEquals(new Part("ada", Source.KEY), who.user());
            assertEquals(new Part("search", Source.KEY), who.team());
            assertEquals(trust == Trust.ALL ? new Part("path-project", Source.PATH) : null, who.project());
            assertNull(who.virtualKey());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x-claude-gateway-user-email, Ada@Example.com, HEADER",
        "x-reckoner-user, alovelace, HEADER",
        "'', account:11111111-2222-3333-4444-555555555555, BODY",
    })
    void namesOfOnePerson_areOneUser_withTheirTeam(String field, String said, Source source) throws Exception {
        ring.with(people("""
                        people:
                          - user: ada
                            team: search
                            emails: [ada@example.com]
                            accounts: [11111111-2222-3333-4444-555555555555]
                            aliases: [ALovelace]
                        """));
        boolean body = field.isEmpty();
        HttpHeaders headers = body ? headers() : headers(field, said);

        Attribution who = attribute(Trust.ALL, NOWHERE, headers, body ? said : null);

        assertEquals(new Part("ada", source), who.user());
        assertEquals(new Part("search", source), who.team());
    }

    @Test
    void nameThatNobodyHas_standsAsItCame() throws Exception {
        ring.with(people("people: [{user: ada, team: search}]"));

        Attribution who = attribute(Trust.ALL, NOWHERE, headers("x-reckoner-user", "Grace"), null);

        assertEquals(new Part("Grace", Source.HEADER), who.user());
        assertNull(who.team());
    }

    @Test
    void teamThatWasSaid_staysTheOneThatWasSaid() throws Exception {
        ring.with(people("people: [{user: ada, team: search}]"));

        Attribution who =
                attribute(Trust.ALL, NOWHERE, headers("x-reckoner-user", "ada", "x-reckoner-team", "infra"), null);

        assertEquals(new Part("infra", Source.HEADER), who.team());
    }

    @Test
    void metadata_namesAPersonAndTagsTheRest() {
        assertEquals(
                new Part("J\u00fcrgen", Source.HEADER),
                attribute(Trust.ALL, NOWHERE, headers("cf-aig-metadata", "{\"user\":\"J\u00c3\u00bcrgen\"}"), null)
                        .user());
        Attribution who = attribute(
                Trust.ALL,
                NOWHERE,
                headers(
                        "x-portkey-metadata",
                        "{\"_user\":\"ada\",\"env\":\"prod\",\"n\":7,\"deep\":{\"user\":\"eve\"},\"none\":null}",
                        "cf-aig-metadata",
                        "{\"user\":\"bo\",\"team\":\"search\",\"paid\":true}",
                        "x-litellm-spend-logs-metadata",
                        "{\"session_id\":\"s-1\",\"project\":\"web\"}"),
                null);

        assertEquals(new Part("ada", Source.HEADER), who.user());
        assertEquals(new Part("search", Source.HEADER), who.team());
        assertEquals(new Part("web", Source.HEADER), who.project());
        assertEquals(new Part("s-1", Source.HEADER), who.session());
        assertEquals(List.of("env=prod", "n=7", "paid=true"), who.tags());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "[\"user\"]",
                "{",
                "{\"user\"",
                "{\"user\":",
                "{\"user\":\"\\u0000\"}",
                "{\"user\":\"a\\u202eb\"}",
                "{\"user\":{\"user\":{\"user\":\"ada\"}}}",
                "null",
            })
    void metadata_thatIsNoObjectOfPlainValues_saysNothing(String said) {
        Attribution who = attribute(Trust.ALL, NOWHERE, headers("cf-aig-metadata", said), null);
        assertNull(who.user());
        assertEquals(List.of(), who.tags());
    }

    @Test
    void metadata_deepOrLong_isReadNoFurther() {
        String deep = "{\"a\":" + "[".repeat(3000) + "]".repeat(3000) + ",\"user\":\"ada\"}";
        String tooLong = "{\"a\":\"" + "x".repeat(9000) + "\",\"user\":\"ada\"}";
        for (String hostile : List.of(deep, tooLong)) {
            Attribution who = attribute(Trust.ALL, NOWHERE, headers("x-portkey-metadata", hostile), null);
            assertTrue(who.tags().isEmpty(), who.tags().toString());
        }
    }

    @Test
    void ownFieldsOfOtherGateways_areKnownByAnyCase_andTheVendorsAreNotAmongThem() {
        for (String own : List.of("Helicone-Property-App", "X-LiteLLM-Tags", "CF-AIG-Metadata", "X-BF-VK")) {
            assertTrue(OwnFields.holds(own), own);
        }
        for (String theirs : List.of(
                "x-claude-code-session-id",
                "x-claude-code-agent-id",
                "anthropic-beta",
                "traceparent",
                "helicone-auth",
                "x-stainless-lang",
                "x-api-key")) {
            assertFalse(OwnFields.holds(theirs), theirs);
        }
    }

    private Attribution attribute(Trust trust, RouteMatch match, HttpHeaders headers, @Nullable String metadataUserId) {
        AttributionSettings settings = new AttributionSettings(trust, 256, 32, null, List.of());
        return new Attributor(ring.identities(hasher), settings, false, Clock.systemUTC())
                .draft(match, headers)
                .finish(metadataUserId);
    }

    private People people(String yaml) throws Exception {
        return PeopleFile.load(Files.writeString(directory.resolve("people.yaml"), yaml));
    }

    private static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }
}
