package dev.reckoner.app.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reckoner.ledger.alert.StoredAlert;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The one URL that alerts are posted to. A post counts as taken when its answer's status is 2xx; redirects are not
 * followed, and of an answer's body nothing is read. Neither the URL nor the secret stands in anything that it says.
 */
final class Webhook implements Post {

    /** The time of the post and the HMAC-SHA256 of {@code time.body}, in hexadecimal: {@code t=1795300000,v1=…}. */
    static final String SIGNATURE = "X-Reckoner-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String STOPPING = "the server stops";

    private final URI url;
    private final @Nullable SecretKeySpec secret;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient http;
    private volatile boolean closed;
    private volatile @Nullable CompletableFuture<HttpResponse<InputStream>> underWay;

    /**
     * A webhook that nothing was posted to yet.
     *
     * @param secret what posts are signed with, null where they aren't
     * @param timeout how long one post may take, from looking the host up to the answer's head
     */
    Webhook(URI url, @Nullable String secret, Duration timeout, Clock clock) {
        this.url = url;
        this.secret = secret == null ? null : new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
        this.timeout = timeout;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public @Nullable String send(StoredAlert alert) {
        if (closed) {
            return STOPPING;
        }
        CompletableFuture<HttpResponse<InputStream>> answer =
                http.sendAsync(request(AlertBody.of(alert)), HttpResponse.BodyHandlers.ofInputStream());
        underWay = answer;
        try {
            HttpResponse<InputStream> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            response.body().close();
            return problem(response.statusCode());
        } catch (TimeoutException e) {
            return "no answer within " + timeout.toMillis() + " ms";
        } catch (CancellationException e) {
            return STOPPING;
        } catch (ExecutionException e) {
            return closed ? STOPPING : "not reached: " + cause(e).getClass().getSimpleName();
        } catch (IOException e) {
            return "broken off: " + e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        closed = true;
        CompletableFuture<HttpResponse<InputStream>> answer = underWay;
        if (answer != null) {
            answer.cancel(true);
        }
    }

    private HttpRequest request(byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("content-type", "application/json")
                .header("user-agent", "Reckoner")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        SecretKeySpec key = secret;
        if (key != null) {
            request.header(SIGNATURE, signature(key, clock.instant().getEpochSecond(), body));
        }
        return request.build();
    }

    static String signature(SecretKeySpec key, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + ".").getBytes(UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    private static @Nullable String problem(int status) {
        if (status >= 200 && status < 300) {
            return null;
        }
        return "answered " + status + (status >= 300 && status < 400 ? ", and redirects are not followed" : "");
    }

    private static Throwable cause(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : cause;
    }
}
