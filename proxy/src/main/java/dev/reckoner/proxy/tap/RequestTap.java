package dev.reckoner.proxy.tap;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Asked;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request asks for from a copy of its body as it passes. One per exchange, confined to its event loop.
 * Never throws, never retains a buffer, never moves its indices.
 */
public final class RequestTap {

    private RequestTap() {}

    /** A tap for the body that follows this request head. */
    public static RequestTap of(HttpHeaders headers, Settings.Metering limits) {
        return new RequestTap();
    }

    /** Sees the next {@code length} bytes of the body, without transfer coding, at the absolute {@code index}. */
    public void body(ByteBuf buffer, int index, int length) {}

    /** What is known so far; the body may still be on its way. */
    public Asked asked(@Nullable String betas) {
        return new Asked(null, null, null, null, null, null, betas);
    }

    /** The body's {@code metadata.user_id} as far as known. */
    public @Nullable String metadataUserId() {
        return null;
    }

    /** Frees the decoder of a compressed body at once instead of at the next collection; what is known stays. */
    public void close() {}
}
