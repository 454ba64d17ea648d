package dev.reckoner.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.StoredAlert;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One post to a receiver that takes it, refuses it, is slow, hangs, redirects or isn't there. */
@Timeout(60)
final class WebhookTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final StoredAlert ALERT = new StoredAlert(
            7,
            new Alert(Alert.Kind.REFUSAL, "spl_1 2026-11", NOW, "refused <!channel> & \u00fc", Map.of("user", "ada")),
            2,
            NOW,
            StoredAlert.Delivery.WAITING,
            1,
            null,
            null);

    private Receiver receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void close() throws Exception {
        receiver.close();
    }

    private Webhook webhook(@Nullable String secret, Duration timeout) {
        return new Webhook(receiver.url(), secret, timeout, CLOCK);
    }

    @Test
    void post_hasTextForPeople_andFactsForPrograms() throws Exception {
        assertNull(webhook(null, Duration.ofSeconds(20)).send(ALERT));

        Receiver.Posted posted = receiver.posts.poll(20, TimeUnit.SECONDS);
        assertNotNull(posted);
        assertEquals("POST /services/T0/secretpath HTTP/1.1", posted.line());
        assertEquals("application/json", posted.headers().get("content-type"));
        assertFalse(posted.headers().containsKey("x-reckoner-signature"));
        JsonNode body = new ObjectMapper().readTree(posted.body());
        assertEquals(
                "Reckoner: refused &lt;!channel&gt; &amp; ü", body.path("text").asText());
        assertEquals("refused <!channel> & ü", body.path("message").asText());
        assertEquals("refusal", body.path("kind").asText());
        assertEquals("spl_1 2026-11", body.path("about").asText());
        assertEquals(7, body.path("id").asInt());
        assertEquals(2, body.path("repeats").asInt());
        assertEquals("2026-11-21T10:00:00Z", body.path("raised_at").asText());
        assertEquals("ada", body.path("facts").path("user").asText());
    }

    @Test
    void post_withASecret_isSigned() throws Exception {
        assertNull(webhook("s3cret", Duration.ofSeconds(20)).send(ALERT));
        Receiver.Posted posted = receiver.posts.poll(20, TimeUnit.SECONDS);
        assertNotNull(posted);
        SecretKeySpec key = new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        assertEquals(
                Webhook.signature(key, 1_795_255_200L, posted.body().getBytes(StandardCharsets.UTF_8)),
                posted.headers().get("x-reckoner-signature"));
    }

    @Test
    void signature_isTheHmacOfTimeAndBody() {
        SecretKeySpec key = new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        // printf '1.{}' | openssl dgst -sha256 -hmac key
        assertEquals(
                "t=1,v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224",
                Webhook.signature(key, 1, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "204 No Content, ",
        "500 Oh, answered 500",
        "404 Gone, answered 404",
        "302 Found, 'answered 302, and redirects are not followed'"
    })
    void answer_otherThan2xx_isAProblem(String status, String problem) {
        receiver.answer =
                "HTTP/1.1 " + status + "\r\nlocation: http://127.0.0.1:1/elsewhere\r\ncontent-length: 0\r\n\r\n";
        assertEquals(problem, webhook(null, Duration.ofSeconds(20)).send(ALERT));
        assertEquals(1, receiver.posts.size());
    }

    @Test
    void receiver_thatHangs_isLeftAfterTheTimeout() {
        receiver.answer = Receiver.NOTHING;
        assertEquals(
                "no answer within 100 ms", webhook(null, Duration.ofMillis(100)).send(ALERT));
    }

    @Test
    void body_thatNeverEnds_isNotWaitedFor() {
        receiver.answer = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nbut";
        assertNull(webhook(null, Duration.ofSeconds(20)).send(ALERT));
    }

    @Test
    void receiver_thatIsGone_isAProblemWithoutTheUrl() throws Exception {
        URI url = receiver.url();
        receiver.close();
        String problem = new Webhook(url, null, Duration.ofSeconds(20), CLOCK).send(ALERT);
        assertEquals("not reached: ConnectException", problem);
        String unknown = new Webhook(
                        URI.create("http://no-such-host.invalid/secretpath"), null, Duration.ofSeconds(20), CLOCK)
                .send(ALERT);
        assertNotNull(unknown);
        assertTrue(unknown.startsWith("not reached: "), unknown);
        assertFalse(unknown.contains("secretpath"), unknown);
    }

    @Test
    void close_breaksOffWhatIsUnderWay_andNothingIsSentAfterwards() throws Exception {
        receiver.answer = Receiver.NOTHING;
        Webhook webhook = webhook(null, Duration.ofMinutes(1));
        CompletableFuture<String> sent = CompletableFuture.supplyAsync(() -> webhook.send(ALERT));
        assertNotNull(receiver.posts.poll(20, TimeUnit.SECONDS));
        webhook.close();
        assertEquals("the server stops", sent.get(20, TimeUnit.SECONDS));
        assertEquals("the server stops", webhook.send(ALERT));
        assertEquals(0, receiver.posts.size());
    }
}
