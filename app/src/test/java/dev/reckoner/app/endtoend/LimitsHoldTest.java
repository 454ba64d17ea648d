package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.RateLimitException;
import com.anthropic.models.messages.MessageCreateParams;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.limit.Standing;
import dev.reckoner.simulator.SimulatorOptions;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A budget over real sockets: it is never passed, whoever comes at once, and it is the ledger's own sum. */
final class LimitsHoldTest {
    private static final int AT_ONCE = 1_000;

    /** What one exchange may cost: 100 tokens of output at $20 per million, and its input. */
    private static final String BODY = "{\"model\":\"claude-opus-5-5\",\"max_tokens\":100,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Count to ten, please, and then back again.\"}]}";

    @TempDir
    private Path directory;

    @Test
    void budgetForAHundred_aThousandAtOnce_neverSpendsMore_andEndsWithTheLedgersSum() throws Exception {
        BigDecimal budget = new BigDecimal("0.21");
        SimulatorOptions slow =
                options().pace(Duration.ofMillis(50), Duration.ZERO).threads(2);
        try (Stack stack = Stack.start(directory, slow, Map.of("limits.rules", "all 0.21/day"))) {
            List<HttpResponse<String>> responses = atOnce(stack.url());

            List<StoredEntry> entries = stack.settledEntries();
            BigDecimal spent = sum(entries);
            assertTrue(spent.compareTo(budget) <= 0, "spent " + spent);
            assertEquals(AT_ONCE, entries.size());
            long served = entries.stream().filter(LimitsHoldTest::served).count();
            assertEquals(stack.simulator().served().requests(), served);
            assertEquals(
                    served,
                    responses.stream().filter(one -> one.statusCode() == 200).count());
            assertTrue(served >= 100 && served < AT_ONCE, served + " were served");
            HttpResponse<String> refused = responses.stream()
                    .filter(one -> one.statusCode() == 429)
                    .findFirst()
                    .orElseThrow();
            assertTrue(refused.body().contains("\"type\":\"billing_error\""), refused.body());
            assertEquals("false", refused.headers().firstValue("x-should-retry").orElse(""));
            assertTrue(refused.headers().firstValueAsLong("retry-after").orElse(0) > 0);
            Standing standing = stack.limits().standings().get(0);
            assertEquals(0, spent.compareTo(new BigDecimal(String.valueOf(standing.spent()))), standing.toString());
            assertEquals(0, new BigDecimal(String.valueOf(standing.reserved())).signum(), standing.toString());
        }
    }

    @Test
    void spentBudget_isStillSpent_afterARestart() throws Exception {
        Map<String, String> limits = Map.of("limits.rules", "user=* 0.0022/month");
        try (Stack stack = Stack.start(directory, options(), limits)) {
            assertEquals(200, send(stack.url(), "/u/ada").statusCode());
            assertEquals(429, send(stack.url(), "/u/ada").statusCode());
            assertEquals(200, send(stack.url(), "/u/bob").statusCode());
            stack.settledEntries();
        }
        try (Stack stack = Stack.start(directory, options(), limits)) {
            assertEquals(429, send(stack.url(), "/u/ada").statusCode());
            assertEquals(429, send(stack.url(), "/u/bob").statusCode());
            assertEquals(200, send(stack.url(), "/u/cleo").statusCode());
        }
    }

    @Test
    void nearlySpentBudget_warnsInTheResponsesHead() throws Exception {
        try (Stack stack = Stack.start(directory, options(), Map.of("limits.rules", "all 0.0022/day"))) {
            HttpResponse<String> response = send(stack.url(), "");

            assertEquals(200, response.statusCode());
            assertEquals(
                    "allowed_warning",
                    response.headers()
                            .firstValue("anthropic-ratelimit-unified-status")
                            .orElse(""));
            String warning =
                    response.headers().firstValue("x-reckoner-limit-warning").orElse("");
            assertTrue(warning.contains(" % of ") && warning.contains("resets "), warning);
        }
    }

    @Test
    void vendorsSdk_seesARateLimitError_andDoesNotTryAgain() throws Exception {
        try (Stack stack = Stack.start(directory, options(), Map.of("limits.rules", "all 0.0001/day"))) {
            AnthropicClient client = AnthropicOkHttpClient.builder()
                    .baseUrl(stack.url().toString())
                    .apiKey("sk-ant-api03-sdk")
                    .build();
            MessageCreateParams asked = MessageCreateParams.builder()
                    .model("claude-opus-5-5")
                    .maxTokens(100)
                    .addUserMessage("Count to ten.")
                    .build();

            RateLimitException refused = assertThrows(
                    RateLimitException.class, () -> client.messages().create(asked));

            client.close();
            assertTrue(String.valueOf(refused.getMessage()).contains("billing_error"), refused.getMessage());
            assertEquals(1, stack.settledEntries().size(), "it tried again");
        }
    }

    @Test
    void modelThatIsNotAllowed_isRefused_andCountingTokensNever() throws Exception {
        Map<String, String> limits = Map.of("limits.rules", "all models claude-haiku-4-5");
        try (Stack stack = Stack.start(directory, options(), limits)) {
            HttpResponse<String> refused = send(stack.url(), "");
            assertEquals(403, refused.statusCode());
            assertTrue(refused.body().contains("permission_error"), refused.body());
            HttpRequest counting = request(stack.url(), "/v1/messages/count_tokens");
            assertEquals(
                    200,
                    client().send(counting, HttpResponse.BodyHandlers.ofString())
                            .statusCode());
        }
    }

    private static List<HttpResponse<String>> atOnce(URI url) throws Exception {
        HttpClient client = client();
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            sent.add(client.sendAsync(request(url, "/v1/messages"), HttpResponse.BodyHandlers.ofString()));
        }
        List<HttpResponse<String>> responses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> one : sent) {
            responses.add(one.get(2, TimeUnit.MINUTES));
        }
        return responses;
    }

    private static HttpResponse<String> send(URI url, String prefix) throws Exception {
        return client().send(request(url, prefix + "/v1/messages"), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(URI url, String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("content-type", "application/json")
                .header("anthropic-version", "2023-06-01")
                .header("x-api-key", "sk-ant-api03-limits")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static boolean served(StoredEntry stored) {
        Outcome outcome = stored.entry().closing().outcome();
        assertTrue(outcome == Outcome.OK_UPSTREAM_COMPLETE || outcome == Outcome.FAILED_LOCAL_REFUSED, outcome.name());
        boolean refused = outcome == Outcome.FAILED_LOCAL_REFUSED;
        assertFalse(refused && stored.entry().charge().amount().signum() != 0);
        return !refused;
    }

    private static BigDecimal sum(List<StoredEntry> entries) {
        return entries.stream()
                .map(stored -> stored.entry().charge().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static SimulatorOptions options() {
        return SimulatorOptions.defaults().seed(20_261_121);
    }
}
