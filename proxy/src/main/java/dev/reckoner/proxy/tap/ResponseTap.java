package dev.reckoner.proxy.tap;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Reads the usage of a response from a copy of its body as it passes: whole JSON or server-sent events. One per
 * exchange, confined to its event loop. Never throws, never retains a buffer, never moves its indices.
 */
public final class ResponseTap {

    private ResponseTap() {}

    /** A tap for the body that follows this response head. */
    public static ResponseTap of(int status, HttpHeaders headers, Settings.Metering limits) {
        return new ResponseTap();
    }

    /** Sees the next {@code length} bytes of the body, without transfer coding, at the absolute {@code index}. */
    public void body(ByteBuf buffer, int index, int length) {}

    /** Whether the usage of a stream's message_start has passed. */
    public boolean started() {
        return false;
    }

    /** Whether a stream's message_stop has passed. */
    public boolean stopped() {
        return false;
    }

    /** What is known so far, for a note or for an exchange that ended early. */
    public Reading reading() {
        return Reading.NOTHING;
    }

    /** What is known now that the body is whole. */
    public Reading end() {
        return reading();
    }

    /** Frees the decoder of a compressed body at once instead of at the next collection; what is known stays. */
    public void close() {}
}
