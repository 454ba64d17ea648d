package dev.reckoner.proxy.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

/** The rate-limit fields of response heads, in order, and nothing else of them. */
final class RateLimitHeadersTest {

    private static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    @Test
    void fields_inAnyOrderAndCase_becomeOneLineInOrder() {
        HttpHeaders headers = headers(
                "Anthropic-RateLimit-Tokens-Limit", "5000000",
                "anthropic-ratelimit-input-tokens-reset", "2026-11-21T10:01:00Z",
                "anthropic-ratelimit-input-tokens-limit", "4000000",
                "anthropic-ratelimit-input-tokens-remaining", "3999000",
                "anthropic-ratelimit-requests-remaining", "0",
                "anthropic-priority-output-tokens-limit", "7",
                "anthropic-fast-input-tokens-limit", "8",
                "request-id", "req_1",
                "retry-after", "30");
        assertEquals(
                "{\"fast_input_tokens\":{\"limit\":8},"
                        + "\"input_tokens\":{\"limit\":4000000,\"remaining\":3999000,\"reset\":\"2026-11-21T10:01:00Z\"},"
                        + "\"priority_output_tokens\":{\"limit\":7},"
                        + "\"requests\":{\"remaining\":0},"
                        + "\"tokens\":{\"limit\":5000000}}",
                RateLimitHeaders.of(200, headers));
    }

    @Test
    void retryAfter_isReadOfA429Alone() {
        assertEquals("{\"retry_after\":12}", RateLimitHeaders.of(429, headers("retry-after", "12")));
        assertNull(RateLimitHeaders.of(529, headers("retry-after", "12")));
    }

    @Test
    void headWithoutThem_saysNothing() {
        assertNull(RateLimitHeaders.of(200, headers("content-type", "application/json")));
    }

    @Test
    void values_thatAreNotWhatTheyShouldBe_areLeftOut() {
        HttpHeaders headers = headers(
                "anthropic-ratelimit-requests-limit", "1e9",
                "anthropic-ratelimit-requests-remaining", "-1",
                "anthropic-ratelimit-requests-reset", "\"},{\"",
                "anthropic-ratelimit-tokens-limit", "0123",
                "anthropic-ratelimit-tokens-remaining", "1234567890123456789",
                "anthropic-ratelimit-tokens-reset", "2026-11-21T10:01:00.0000000000000000000000000Z",
                "anthropic-ratelimit-unified-status", "allowed",
                "anthropic-ratelimit-output-tokens-limit", "",
                "anthropic-ratelimit-input-tokens-limit", "\u0661");
        assertNull(RateLimitHeaders.of(429, headers));
    }
}
