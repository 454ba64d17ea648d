package dev.reckoner.proxy.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Route;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes and prefixes by method and raw target. */
class RouteMatcherTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/messages, MESSAGES",
        "POST, /v1/messages?beta=true, MESSAGES",
        "POST, /v1/messages?, MESSAGES",
        "POST, /v1/messages?x=/u/ada/, MESSAGES",
        "GET, /v1/messages, PASSED",
        "HEAD, /v1/messages, PASSED",
        "POST, /v1/messages/count_tokens, COUNT_TOKENS",
        "POST, /v1/messages/count_tokens?beta=true, COUNT_TOKENS",
        "GET, /v1/messages/count_tokens, PASSED",
        "POST, /v1/messages/batches, BATCHES",
        "GET, /v1/messages/batches, BATCH_STATUS",
        "GET, /v1/messages/batches?limit=20&after_id=msgbatch_1, BATCH_STATUS",
        "GET, /v1/messages/batches/msgbatch_1, BATCH_STATUS",
        "DELETE, /v1/messages/batches/msgbatch_1, PASSED",
        "POST, /v1/messages/batches/msgbatch_1/cancel, BATCH_STATUS",
        "GET, /v1/messages/batches/msgbatch_1/cancel, PASSED",
        "POST, /v1/messages/other/msgbatch_1/cancel, PASSED",
        "GET, /v1/messages/other/msgbatch_1, PASSED",
        "GET, /v1/messages/batches/msgbatch_1/results, BATCH_RESULTS",
        "GET, /v1/messages/batches/msgbatch_1/results?x, BATCH_RESULTS",
        "POST, /v1/messages/batches/msgbatch_1/results, PASSED",
        "GET, /v1/messages/batches/msgbatch_1/results/more, PASSED",
        "POST, /v1/messages/other, PASSED",
        "POST, /v1/messagesx, PASSED",
        "POST, /v1, PASSED",
        "POST, /v2/messages, PASSED",
        "POST, /x/v1/messages, PASSED",
        "GET, /v1/models?limit=1000, PASSED",
        "HEAD, /, PASSED",
        "HEAD, /api/hello, PASSED",
        "POST, /v1/complete, PASSED",
    })
    void match_plainPath_decidesTheRouteAndKeepsTheTarget(String method, String target, Route route) {
        assertEquals(new RouteMatch(route, target, null, null, null), RouteMatcher.match(method, target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/messages/",
                "//v1/messages",
                "/v1//messages",
                "/v1/./messages",
                "/v1/x/../messages",
                "/../v1/messages",
                "/v1/%6dessages",
                "/v1%2Fmessages",
                "/V1/Messages",
                "/%2e%2E/v1/messages",
                "/v1/messages/?beta=true",
            })
    void match_otherSpellingOfMessages_isMeteredAndSentAsItCame(String target) {
        assertEquals(new RouteMatch(Route.MESSAGES, target, null, null, null), RouteMatcher.match("POST", target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages%", "/v1/messages%2", "/v1/messages%zz", "/v1/%256dessages", "/v1/messages;a"})
    void match_spellingsThatMeanSomethingElse_arePassed(String target) {
        assertEquals(new RouteMatch(Route.PASSED, target, null, null, null), RouteMatcher.match("POST", target));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/messages/batches/msgbatch_01HkcT/results, msgbatch_01HkcT",
        "/u/ada/V1/Messages//batches/msgbatch%5F01HkcT/results?beta=true, msgbatch_01HkcT",
    })
    void batchId_ofAPathOfResults_isDecodedAndKeepsItsCase(String target, String batchId) {
        RouteMatch match = RouteMatcher.match("GET", target);
        assertEquals(Route.BATCH_RESULTS, match.route());
        assertEquals(batchId, RouteMatcher.batchId(match));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/u/ada/v1/messages, /v1/messages, ada, -, -",
                "/t/core/v1/messages?beta=true, /v1/messages?beta=true, -, core, -",
                "/p/site/v1/messages, /v1/messages, -, -, site",
                "/u/ada/t/core/p/site/v1/messages, /v1/messages, ada, core, site",
                "/p/site/u/ada/t/core/v1/messages, /v1/messages, ada, core, site",
                "/u/ada%40example.com/v1/messages, /v1/messages, ada@example.com, -, -",
                "/u/J%C3%BCrgen%20K/v1/messages, /v1/messages, Jürgen K, -, -",
                "/u/a+b/v1/messages, /v1/messages, a+b, -, -",
                "/u/a%2Fb/v1/messages, /v1/messages, a/b, -, -",
                "/u/a%3Fb/v1/messages, /v1/messages, a?b, -, -",
                "/u/a%2525/v1/messages, /v1/messages, a%25, -, -",
                "/u/u/v1/messages, /v1/messages, u, -, -",
                "/u/t/t/u/v1/messages, /v1/messages, t, u, -",
                "/u/.a/v1/messages, /v1/messages, .a, -, -",
                "/u/%20ada%20/v1/messages, /v1/messages, ada, -, -",
                "/u/ada//v1/messages, //v1/messages, ada, -, -",
                "/u/ada/../../v1/messages, /../../v1/messages, ada, -, -",
                "/u/ada/v1/%6dessages?a=%2e, /v1/%6dessages?a=%2e, ada, -, -",
            })
    void match_prefixes_areTakenOffInAnyOrder(String target, String rest, String user, String team, String project) {
        assertEquals(new RouteMatch(Route.MESSAGES, rest, user, team, project), RouteMatcher.match("POST", target));
    }

    @ParameterizedTest
    @CsvSource({"/u/ada, /", "/u/ada/, /", "/u/ada?x=1, /?x=1", "/u/ada/?x=1, /?x=1", "/u/ada/t/core, /"})
    void match_nothingBehindThePrefix_leavesASlash(String target, String rest) {
        RouteMatch match = RouteMatcher.match("HEAD", target);
        assertEquals(rest, match.target());
        assertEquals("/", match.path());
        assertEquals("ada", match.user());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/u",
                "/uu/ada/v1/messages",
                "/U/ada/v1/messages",
                "//u/ada/v1/messages",
                "/./u/ada/v1/messages",
                "/%75/ada/v1/messages",
                "/x/../u/ada/v1/messages",
                "/?/u/ada/v1/messages",
            })
    void match_whatOnlyResemblesAPrefix_isNone(String target) {
        RouteMatch match = RouteMatcher.match("POST", target);
        assertEquals(new RouteMatch(Route.PASSED, target, null, null, null), match);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/u/",
                "/u//v1/messages",
                "/u/?x",
                "/u/%20/v1/messages",
                "/u/./v1/messages",
                "/u/../v1/messages",
                "/u/%2e%2e/v1/messages",
                "/u/%2E/v1/messages",
                "/u/a%/v1/messages",
                "/u/a%2/v1/messages",
                "/u/a%zz/v1/messages",
                "/u/%C3/v1/messages",
                "/u/%C0%AF/v1/messages",
                "/u/%ED%A0%80/v1/messages",
                "/u/a%00b/v1/messages",
                "/u/a%0Ab/v1/messages",
                "/u/a%C2%85b/v1/messages",
                "/u/é/v1/messages",
                "/u/ada/u/bob/v1/messages",
                "/t/a/t/b/v1/messages",
                "/p/a/t/b/p/c/v1/messages",
            })
    void match_badPrefix_isRefusedWithoutRepeatingIt(String target) {
        BadTargetException e = assertThrows(BadTargetException.class, () -> RouteMatcher.match("POST", target));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("The path prefix /"), message);
        assertFalse(message.contains("bob"), message);
        assertEquals(0, e.getStackTrace().length);
    }

    @Test
    void match_withoutPrefix_saysNobody() {
        RouteMatch match = RouteMatcher.match("POST", "/v1/messages?beta=true");
        assertNull(match.user());
        assertNull(match.team());
        assertNull(match.project());
        assertEquals("/v1/messages", match.path());
    }

    /** Whatever comes, the rest is a suffix of it, so that upstream gets bytes that the client sent. */
    @Test
    void match_randomTargets_neverThrowAnythingElseAndKeepASuffix() {
        long seed = 20_261_121L;
        Random random = new Random(seed);
        List<String> pieces =
                List.of("/", "u/", "t", "/p/", "%2e", ".", "..", "%", "?", "v1", "/messages", "a", "%C3%BC");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder target = new StringBuilder("/");
            for (int j = random.nextInt(12); j > 0; j--) {
                target.append(pieces.get(random.nextInt(pieces.size())));
            }
            String raw = target.toString();
            try {
                String rest = RouteMatcher.match("POST", raw).target();
                assertTrue(rest.startsWith("/"), () -> seed + ": " + raw);
                assertTrue(raw.endsWith(rest) || raw.endsWith(rest.substring(1)), () -> seed + ": " + raw);
            } catch (BadTargetException e) {
                assertTrue(raw.matches("/[utp]/.*"), () -> seed + ": " + raw);
            }
        }
    }
}
