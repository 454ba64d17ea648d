package dev.reckoner.proxy.tap;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Asked;
import dev.reckoner.proxy.tap.JsonShape.Take;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request asks for from a copy of its body as it passes; gzip and deflate are decoded aside. One per
 * exchange, confined to its event loop. Never throws, never retains a buffer, never moves its indices, never keeps a
 * body. What can't be read is not known, and nothing else comes of it.
 */
public final class RequestTap {

    private static final int MODEL = 0;
    private static final int STREAM = 1;
    private static final int MAX_TOKENS = 2;
    private static final int SERVICE_TIER = 3;
    private static final int SPEED = 4;
    private static final int INFERENCE_GEO = 5;
    private static final int USER_ID = 6;
    private static final int BILL_TO = 7;
    private static final JsonShape SHAPE = new JsonShape(8)
            .want(MODEL, Take.TEXT, "model")
            .want(STREAM, Take.TEXT, "stream")
            .want(MAX_TOKENS, Take.TEXT, "max_tokens")
            .want(SERVICE_TIER, Take.TEXT, "service_tier")
            .want(SPEED, Take.TEXT, "speed")
            .want(INFERENCE_GEO, Take.TEXT, "inference_geo")
            .want(USER_ID, Take.TEXT, "metadata", "user_id")
            .want(BILL_TO, Take.TEXT, "billing_policy", "bill_to");

    private final JsonSkimmer json;
    private final Decoding decoding;

    private RequestTap(JsonSkimmer json, Decoding decoding) {
        this.json = json;
        this.decoding = decoding;
    }

    /** A tap for the body that follows this request head. */
    public static RequestTap of(HttpHeaders headers, Settings.Metering limits) {
        JsonSkimmer json = new JsonSkimmer(SHAPE, limits.eventBytesMax());
        return new RequestTap(json, new Decoding(ContentCoding.of(headers), json, limits.decodedBytesMax()));
    }

    /** Sees the next {@code length} bytes of the body, without transfer coding, at the absolute {@code index}. */
    public void body(ByteBuf buffer, int index, int length) {
        decoding.body(buffer, index, length);
    }

    /**
     * What is known so far; the body may still be on its way.
     *
     * @param betas the value of the anthropic-beta header, which is handed through
     */
    public Asked asked(@Nullable String betas) {
        return new Asked(
                json.text(MODEL),
                json.bool(STREAM),
                json.integer(MAX_TOKENS),
                json.text(SERVICE_TIER),
                json.text(SPEED),
                json.text(INFERENCE_GEO),
                betas,
                json.text(BILL_TO),
                json.whole() ? json.textBytes() : null);
    }

    /** The body's {@code metadata.user_id} as far as known. */
    public @Nullable String metadataUserId() {
        return json.text(USER_ID);
    }

    /** Frees the decoder of a compressed body at once instead of at the next collection; what is known stays. */
    public void close() {
        decoding.close();
    }
}
