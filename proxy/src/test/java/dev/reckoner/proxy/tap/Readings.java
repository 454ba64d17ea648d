package dev.reckoner.proxy.tap;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads bodies through the tap in tests, and shows readings in the columns of the transcripts' table. */
final class Readings {

    static final Settings.Metering LIMITS = new Settings.Metering(64 * 1024, 256 * 1024, 64L * 1024 * 1024);

    private Readings() {}

    static HttpHeaders headers(String contentType, @Nullable String coding) {
        HttpHeaders headers = new DefaultHttpHeaders().set("Content-Type", contentType);
        return coding == null ? headers : headers.set("Content-Encoding", coding);
    }

    static ResponseTap tap(int status, String contentType, @Nullable String coding) {
        return ResponseTap.of(status, headers(contentType, coding), LIMITS);
    }

    /** Reads a body in pieces of the given sizes, out of the middle of a buffer whose indices must not move. */
    static Reading read(ResponseTap tap, byte[] body, boolean direct, IntSupplier sizes) {
        ByteBuf buffer = direct ? Unpooled.directBuffer(body.length + 3) : Unpooled.buffer(body.length + 3);
        try {
            buffer.writeZero(3).writeBytes(body).readerIndex(1);
            int at = 0;
            while (at < body.length) {
                int piece = Math.min(body.length - at, Math.max(1, sizes.getAsInt()));
                tap.body(buffer, at + 3, piece);
                at += piece;
            }
            if (buffer.readerIndex() != 1 || buffer.writerIndex() != body.length + 3 || buffer.refCnt() != 1) {
                throw new AssertionError("the tap touched the buffer");
            }
            return tap.end();
        } finally {
            buffer.release();
            tap.close();
        }
    }

    static Reading whole(ResponseTap tap, byte[] body) {
        return read(tap, body, true, () -> Integer.MAX_VALUE);
    }

    /** A reading by column, the fault cut at its first colon. */
    static Map<String, String> shown(Reading reading) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("message_id", reading.messageId());
        columns.put("model", reading.model());
        usage(columns, reading.usage());
        columns.put("final", reading.usageFinal());
        columns.put("stop_reason", reading.stopReason());
        columns.put("content_empty", reading.contentEmpty());
        columns.put("error_type", reading.errorType());
        columns.put("text_bytes", reading.outputTextBytes());
        columns.put("raw", reading.rawUsage().size());
        String fault = reading.fault();
        columns.put("fault", fault == null ? null : fault.substring(0, fault.indexOf(':')));
        Map<String, String> shown = new LinkedHashMap<>();
        columns.forEach((column, value) -> shown.put(column, cell(value)));
        return shown;
    }

    private static void usage(Map<String, @Nullable Object> columns, @Nullable Usage usage) {
        TokenCounts tokens = usage == null ? TokenCounts.NONE : usage.tokens();
        columns.put("input", tokens.inputTokens());
        columns.put("output", tokens.outputTokens());
        columns.put("cache_creation", tokens.cacheCreationInputTokens());
        columns.put("cache_read", tokens.cacheReadInputTokens());
        columns.put("write_5m", tokens.ephemeral5mInputTokens());
        columns.put("write_1h", tokens.ephemeral1hInputTokens());
        columns.put("thinking", usage == null ? null : usage.thinkingTokens());
        columns.put("searches", usage == null ? null : usage.webSearchRequests());
        columns.put("fetches", usage == null ? null : usage.webFetchRequests());
        columns.put("service_tier", usage == null ? null : usage.serviceTier());
        columns.put("inference_geo", usage == null ? null : usage.inferenceGeo());
        columns.put("speed", usage == null ? null : usage.speed());
        String iterations = usage == null
                ? ""
                : usage.iterations().stream().map(Readings::iteration).collect(Collectors.joining(" "));
        columns.put("iterations", iterations.isEmpty() ? null : iterations);
    }

    private static String iteration(Iteration iteration) {
        TokenCounts tokens = iteration.tokens();
        return String.join(
                ":",
                iteration.type(),
                cell(iteration.model()),
                cell(tokens.inputTokens()),
                cell(tokens.outputTokens()),
                cell(tokens.cacheCreationInputTokens()),
                cell(tokens.cacheReadInputTokens()),
                cell(tokens.ephemeral5mInputTokens()),
                cell(tokens.ephemeral1hInputTokens()));
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
