package dev.reckoner.reconcile.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One request: what is asked again, and what is said of the rest. */
final class AdminApiTest {

    private static final String KEY = "sk-ant-admin01-not-a-real-key";
    private static final Query QUERY = Query.of("/v1/organizations/cost_report").with("limit", "31");

    private final ScriptedApi vendor = new ScriptedApi();
    private final List<Duration> pauses = new ArrayList<>();
    private final AdminApi api = new AdminApi(vendor.url(), KEY, pauses::add, new Random(1));

    @AfterEach
    void stop() {
        vendor.close();
    }

    private AdminApiException refused() {
        AdminApiException refused = assertThrows(AdminApiException.class, () -> api.ask(QUERY));
        assertFalse(String.valueOf(refused.getMessage()).contains(KEY), "the key stands in the message");
        return refused;
    }

    @Test
    void answer_carriesTheKeyAndTheParameters() {
        vendor.then(200, "{\"data\":[]}");

        AdminApi.Answer answer = api.ask(QUERY.withAll("group_by", List.of("model")));

        assertNotNull(answer);
        assertEquals(List.of("/v1/organizations/cost_report?limit=31&group_by%5B%5D=model"), vendor.asked);
        assertEquals(List.of(KEY), vendor.keys);
    }

    @Test
    void tooMany_waitsAsLongAsTheVendorSays() {
        vendor.then(429, Map.of("retry-after", "17"), "{}").then(200, "{}");

        assertNotNull(api.ask(QUERY));

        assertEquals(List.of(Duration.ofSeconds(17)), pauses);
    }

    @Test
    void serverErrors_areAskedAgainEverMoreSlowly_thenGivenUp() {
        for (int i = 0; i < 6; i++) {
            vendor.then(i % 2 == 0 ? 500 : 529, "overloaded");
        }

        String message = refused().getMessage();

        assertEquals(6, vendor.asked.size());
        assertEquals(5, pauses.size());
        for (int i = 1; i < pauses.size(); i++) {
            assertTrue(pauses.get(i).compareTo(pauses.get(i - 1)) > 0, pauses.toString());
        }
        assertTrue(String.valueOf(message).contains("failed 6 times, last with status 529"), message);
    }

    @Test
    void brokenConnection_isAskedAgain() {
        vendor.close();
        assertTrue(String.valueOf(refused().getMessage()).contains("failed 6 times"));
        assertEquals(5, pauses.size());
    }

    @ParameterizedTest
    @CsvSource({
        "401, the Admin key is wrong or was revoked",
        "403, it has to be an Admin key",
        "404, individual accounts have none",
        "400, (starting_at lies in the future)"
    })
    void refusal_saysWhatItMeans(int status, String meaning) {
        vendor.then(status, "{\"error\":{\"message\":\"starting_at lies in the future\"}}");

        String message = refused().getMessage();

        assertTrue(String.valueOf(message).contains(meaning), message);
        assertEquals(1, vendor.asked.size());
    }

    @Test
    void html_isTheWorkOfAProxyInBetween() {
        vendor.then(200, "<html>\n<head><title>Sign in</title>");

        String message = refused().getMessage();

        assertTrue(String.valueOf(message).contains("<html> <head><title>Sign in"), message);
        assertTrue(String.valueOf(message).contains("a proxy or a login page"), message);
    }

    @Test
    void expiredCursor_isNoAnswer() {
        vendor.then(410, "{\"error\":{\"message\":\"expired\"}}");

        assertNull(api.ask(QUERY));
    }

    @Test
    void keyOfAnotherKind_isRefusedBeforeItGoesAnywhere() {
        AdminApiException refused = assertThrows(
                AdminApiException.class,
                () -> new AdminApi(URI.create("http://127.0.0.1:1"), "sk-ant-api03-x", pauses::add, new Random(1)));

        assertTrue(
                String.valueOf(refused.getMessage()).contains("doesn't begin with sk-ant-admin"), refused.getMessage());
        assertFalse(String.valueOf(refused.getMessage()).contains("sk-ant-api03-x"));
    }
}
