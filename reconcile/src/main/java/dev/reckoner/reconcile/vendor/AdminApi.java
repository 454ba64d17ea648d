package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One request to the Admin API at a time (api-facts §4): asks again after 429, 5xx and broken connections, ever more
 * slowly, and says of every other failure what it means for whoever holds the key. Blocks; never on an event loop.
 */
public final class AdminApi {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(60);
    private static final int ATTEMPTS_MAX = 6;
    private static final int BODY_BYTES_MAX = 64 * 1024 * 1024;
    private static final int TOO_MANY = 429;
    private static final int GONE = 410;

    private static final String FAST_BETA = "fast-mode-2026-02-01";
    private static final String ANALYTICS_BETA = "analytics-usage-cost-2026-08-24";

    private final URI origin;
    private final String key;
    private final Waiter waiter;
    private final Random jitter;
    private final HttpClient http;
    private volatile @Nullable Instant vendorTime;

    /**
     * A client of one organisation.
     *
     * @param origin scheme, host and port, with an optional path prefix
     * @param key an Admin key; it goes nowhere but into the requests
     * @param jitter spreads the repetitions of several clients
     * @throws AdminApiException where the key is of another kind
     */
    public AdminApi(URI origin, String key, Waiter waiter, Random jitter) {
        if (!key.startsWith("sk-ant-admin")) {
            throw new AdminApiException(
                    "the Admin key doesn't begin with sk-ant-admin: the Admin API takes no API key and"
                            + " no login; create an Admin key in the Console under Settings, Admin keys");
        }
        this.origin = origin;
        this.key = key;
        this.waiter = waiter;
        this.jitter = jitter;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The answer to a query.
     *
     * @return null where the query's page cursor has expired (410) and paging has to begin anew
     * @throws AdminApiException where there is none to be had
     */
    @Nullable
    Answer ask(Query query) {
        Duration backoff = BACKOFF_FIRST;
        for (int attempt = 1; ; attempt++) {
            Tried tried = attempt(query);
            Answer answer = tried.answer;
            if (answer != null && answer.status < 400) {
                return answer;
            }
            if (answer != null && answer.status == GONE) {
                return null;
            }
            if (answer != null && !tried.worthRepeating()) {
                throw refused(query, answer);
            }
            if (attempt == ATTEMPTS_MAX) {
                throw new AdminApiException(origin + query.path() + " failed " + ATTEMPTS_MAX + " times, last with "
                        + tried.what() + "; nothing was kept of it, try again later");
            }
            pause(tried.retryAfter == null ? jittered(backoff) : tried.retryAfter);
            backoff = backoff.multipliedBy(2).compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : backoff.multipliedBy(2);
        }
    }

    private Tried attempt(Query query) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + query.target()))
                .timeout(REQUEST_TIMEOUT)
                .header("x-api-key", key)
                .header("anthropic-version", "2023-06-01")
                .header("anthropic-beta", betas(query))
                .header("accept", "application/json")
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            String body;
            try (InputStream in = response.body()) {
                byte[] bytes = in.readNBytes(BODY_BYTES_MAX + 1);
                if (bytes.length > BODY_BYTES_MAX) {
                    throw new AdminApiException(origin + query.path() + " answered with more than " + BODY_BYTES_MAX
                            + " bytes on one page; that isn't a page of a report");
                }
                body = new String(bytes, StandardCharsets.UTF_8);
            }
            vendorTime =
                    response.headers().firstValue("date").map(AdminApi::date).orElse(vendorTime);
            Duration retryAfter =
                    retryAfter(response.headers().firstValue("retry-after").orElse(null));
            return new Tried(answer(query, response.statusCode(), body), retryAfter, null);
        } catch (IOException e) {
            return new Tried(null, null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminApiException("interrupted while waiting for " + origin + query.path(), e);
        }
    }

    /** The betas that a query needs, and no other: the vendor refuses one that a path doesn't know. */
    private static String betas(Query query) {
        return query.path().startsWith(AnalyticsPull.PATH) ? ANALYTICS_BETA : FAST_BETA;
    }

    private Answer answer(Query query, int status, String body) {
        try {
            JsonNode json = AdminJson.read(body);
            if (json != null && json.isObject()) {
                return new Answer(status, body, json);
            }
        } catch (JacksonException e) {
            // falls through: what it is matters more than where it stops being JSON
        }
        if (status >= 500 || status == TOO_MANY) {
            return new Answer(status, body, JsonNodeFactory.instance.objectNode());
        }
        String begin = body.strip().replaceAll("\\s+", " ");
        throw new AdminApiException(origin + query.path() + " answered " + status + " with something that isn't JSON"
                + " (it begins \"" + begin.substring(0, Math.min(60, begin.length()))
                + "\"): a proxy or a login page stands in between; check reconcile.admin_url and the network");
    }

    private AdminApiException refused(Query query, Answer answer) {
        String said = answer.json.path("error").path("message").asText("no reason given");
        String what = origin + query.path() + " answered " + answer.status + " (" + said + ")";
        return new AdminApiException(
                switch (answer.status) {
                    case 401 -> what + ": the Admin key is wrong or was revoked; set ANTHROPIC_ADMIN_KEY anew";
                    case 403 -> what + ": the key may not read the organisation's reports; it has to be an Admin key";
                    case 404 ->
                        what
                                + ": the organisation has no Admin API (individual accounts have none), or the URL is wrong";
                    default -> what;
                },
                answer.status);
    }

    private Duration jittered(Duration backoff) {
        return backoff.plusMillis(jitter.nextInt((int) backoff.toMillis() / 2 + 1));
    }

    private void pause(Duration time) {
        try {
            waiter.pause(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminApiException("interrupted while waiting for " + origin, e);
        }
    }

    /** What the vendor's clock showed at its last answer, to the second; null before the first one. */
    public @Nullable Instant vendorTime() {
        return vendorTime;
    }

    private static @Nullable Instant date(String header) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
        } catch (DateTimeException e) {
            return null; // a clock that can't be read tells nothing
        }
    }

    private static @Nullable Duration retryAfter(@Nullable String seconds) {
        if (seconds == null || !seconds.matches("\\d{1,5}")) {
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    /** An answer that is JSON. */
    record Answer(int status, String body, JsonNode json) {}

    private record Tried(
            @Nullable Answer answer,
            @Nullable Duration retryAfter,
            @Nullable IOException failure) {

        boolean worthRepeating() {
            return answer == null || answer.status == TOO_MANY || answer.status >= 500;
        }

        String what() {
            return answer == null ? String.valueOf(failure) : "status " + answer.status;
        }
    }
}
