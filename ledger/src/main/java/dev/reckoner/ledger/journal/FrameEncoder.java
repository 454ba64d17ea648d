package dev.reckoner.ledger.journal;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes frames into one buffer, many to a group. Not thread-safe: the journal's writer has one. {@link FrameDecoder}
 * reads the same names back.
 */
final class FrameEncoder {
    private static final JsonFactory JSON = new JsonFactory();

    private final Buffer buffer = new Buffer();

    /** Bytes waiting to be written. */
    int size() {
        return buffer.size();
    }

    /** The bytes waiting to be written, valid until the next change. */
    ByteBuffer bytes() {
        return buffer.whole();
    }

    void clear() {
        buffer.reset();
    }

    /**
     * Adds a frame; leaves the buffer as it was where that fails.
     *
     * @throws IOException where the frame is larger than any may be
     */
    void add(Frame frame) throws IOException {
        boolean whole = false;
        int start = buffer.begin(type(frame), frame.id());
        try (JsonGenerator json = JSON.createGenerator(buffer, JsonEncoding.UTF8)) {
            json.writeStartObject();
            new Body(new JsonOut(json)).frame(frame);
            json.writeEndObject();
            json.flush();
            int length = buffer.size() - start - Format.FRAME_HEAD_BYTES;
            if (length > Format.PAYLOAD_BYTES_MAX) {
                throw new IOException("the frame of exchange " + frame.id() + " has " + length
                        + " bytes, expected at most " + Format.PAYLOAD_BYTES_MAX);
            }
            whole = true;
        } finally {
            if (!whole) {
                buffer.cut(start);
            }
        }
        buffer.finish(start);
    }

    private static byte type(Frame frame) {
        if (frame instanceof Frame.Opened) {
            return Format.TYPE_OPENED;
        }
        if (frame instanceof Frame.Corrected) {
            return Format.TYPE_CORRECTED;
        }
        if (frame instanceof Frame.Batched) {
            return Format.TYPE_BATCHED;
        }
        return frame instanceof Frame.Noted ? Format.TYPE_NOTED : Format.TYPE_CLOSED;
    }

    /** The JSON of a frame, one method a record. */
    private record Body(JsonOut out) {

        void frame(Frame frame) throws IOException {
            if (frame instanceof Frame.Opened opened) {
                opening(opened.opening());
            } else if (frame instanceof Frame.Noted noted) {
                closing(noted.soFar());
            } else if (frame instanceof Frame.Closed closed) {
                entry(closed.entry());
            } else if (frame instanceof Frame.Corrected corrected) {
                correction(corrected.correction());
            } else if (frame instanceof Frame.Batched batched) {
                batch(batched.batch());
            }
        }

        private void correction(Correction correction) throws IOException {
            out.object("entry", correction.entry(), this::entry);
            out.number("replaces", (long) correction.replaces());
            out.instant("corrected_at", correction.correctedAt());
            out.text("cause", correction.cause());
            out.text("reason", correction.reason());
        }

        private void batch(BatchRecord batch) throws IOException {
            out.text("id", batch.id());
            out.number("revision", batch.revision());
            out.text(
                    "created_by",
                    batch.createdBy() == null ? null : batch.createdBy().toString());
            out.object("creator", batch.creator(), this::attribution);
            out.text("workspace_id", batch.workspaceId());
            out.object("state", batch.state(), this::batchState);
            out.instant("seen_at", batch.seenAt());
            out.instant("collected_at", batch.collectedAt());
        }

        private void batchState(BatchState state) throws IOException {
            out.text("status", state.status());
            out.instant("created_at", state.createdAt());
            out.instant("ended_at", state.endedAt());
            out.instant("expires_at", state.expiresAt());
            out.object("counts", state.counts(), this::batchCounts);
        }

        private void batchCounts(BatchState.Counts counts) throws IOException {
            out.number("processing", counts.processing());
            out.number("succeeded", counts.succeeded());
            out.number("errored", counts.errored());
            out.number("canceled", counts.canceled());
            out.number("expired", counts.expired());
        }

        private void entry(Entry entry) throws IOException {
            out.object("closing", entry.closing(), this::closing);
            out.object("charge", entry.charge(), this::charge);
            out.instant("booked_at", entry.bookedAt());
        }

        private void opening(Opening opening) throws IOException {
            out.text("id", opening.id().toString());
            out.instant("started_at", opening.startedAt());
            out.name("route", opening.route());
            out.text("method", opening.method());
            out.text("path", opening.path());
            out.object("attribution", opening.attribution(), this::attribution);
            out.object("asked", opening.asked(), this::asked);
            out.object("item", opening.item(), this::item);
        }

        private void item(BatchItem item) throws IOException {
            out.text("batch_id", item.batchId());
            out.text("custom_id", item.customId());
        }

        private void attribution(Attribution attribution) throws IOException {
            out.object("user", attribution.user(), this::part);
            out.object("team", attribution.team(), this::part);
            out.object("project", attribution.project(), this::part);
            out.object("session", attribution.session(), this::part);
            out.texts("tags", attribution.tags());
            out.object("key", attribution.key(), this::key);
            out.text("virtual_key", attribution.virtualKey());
        }

        private void part(Attribution.Part part) throws IOException {
            out.text("value", part.value());
            out.name("source", part.source());
        }

        private void key(KeyRef key) throws IOException {
            out.text("hash", key.hash());
            out.text("hint", key.hint());
            out.name("kind", key.kind());
        }

        private void asked(Asked asked) throws IOException {
            out.text("model", asked.model());
            out.flag("stream", asked.stream());
            out.number("max_tokens", asked.maxTokens());
            out.text("service_tier", asked.serviceTier());
            out.text("speed", asked.speed());
            out.text("inference_geo", asked.inferenceGeo());
            out.text("betas", asked.betas());
            out.text("bill_to", asked.billTo());
            out.number("text_bytes", asked.textBytes());
        }

        private void closing(Closing closing) throws IOException {
            out.object("opening", closing.opening(), this::opening);
            out.instant("ended_at", closing.endedAt());
            out.instant("first_byte_at", closing.firstByteAt());
            out.number("status", (long) closing.status());
            out.name("outcome", closing.outcome());
            out.text("outcome_detail", closing.outcomeDetail());
            out.text("request_id", closing.requestId());
            out.text("organization_id", closing.organizationId());
            out.text("workspace_id", closing.workspaceId());
            out.number("bytes_in", closing.bytesIn());
            out.number("bytes_out", closing.bytesOut());
            out.object("reading", closing.reading(), this::reading);
            out.text("rate_limits", closing.rateLimits());
        }

        private void reading(Reading reading) throws IOException {
            out.text("message_id", reading.messageId());
            out.text("model", reading.model());
            out.object("usage", reading.usage(), this::usage);
            out.flag("usage_final", reading.usageFinal());
            out.text("stop_reason", reading.stopReason());
            out.flag("content_empty", reading.contentEmpty());
            out.text("error_type", reading.errorType());
            out.number("output_text_bytes", reading.outputTextBytes());
            out.texts("raw_usage", reading.rawUsage());
            out.text("fault", reading.fault());
        }

        private void usage(Usage usage) throws IOException {
            out.object("tokens", usage.tokens(), this::tokens);
            out.number("thinking_tokens", usage.thinkingTokens());
            out.number("web_search_requests", usage.webSearchRequests());
            out.number("web_fetch_requests", usage.webFetchRequests());
            out.number("code_execution_requests", usage.codeExecutionRequests());
            out.text("service_tier", usage.serviceTier());
            out.text("inference_geo", usage.inferenceGeo());
            out.text("speed", usage.speed());
            out.objects("iterations", usage.iterations(), this::iteration);
        }

        private void iteration(Iteration iteration) throws IOException {
            out.text("type", iteration.type());
            out.text("model", iteration.model());
            out.object("tokens", iteration.tokens(), this::tokens);
        }

        private void tokens(TokenCounts tokens) throws IOException {
            out.number("input_tokens", tokens.inputTokens());
            out.number("output_tokens", tokens.outputTokens());
            out.number("cache_creation_input_tokens", tokens.cacheCreationInputTokens());
            out.number("cache_read_input_tokens", tokens.cacheReadInputTokens());
            out.number("ephemeral_5m_input_tokens", tokens.ephemeral5mInputTokens());
            out.number("ephemeral_1h_input_tokens", tokens.ephemeral1hInputTokens());
        }

        private void charge(Charge charge) throws IOException {
            out.objects("lines", charge.lines(), this::line);
            out.name("status", charge.status());
            out.text("reason", charge.reason());
            out.flag("estimated", charge.estimated());
            out.text("estimate_method", charge.estimateMethod());
        }

        private void line(Line line) throws IOException {
            out.number("attempt", (long) line.attempt());
            out.text("model", line.model());
            out.name("type", line.type());
            out.number("quantity", line.quantity());
            out.decimal("rate", line.rate());
            out.decimal("factor", line.factor());
            out.decimal("amount", line.amount());
            out.text("service_tier", line.serviceTier());
            out.text("speed", line.speed());
            out.text("inference_geo", line.inferenceGeo());
            out.text("context_window", line.contextWindow());
            out.text("rate_version", line.rateVersion());
        }
    }

    /** Bytes that grow at the end, and whose frame heads are filled in afterwards. */
    private static final class Buffer extends ByteArrayOutputStream {

        int begin(byte type, ExchangeId id) {
            int start = count;
            ByteBuffer head = ByteBuffer.allocate(Format.FRAME_HEAD_BYTES + Format.PAYLOAD_HEAD_BYTES);
            head.position(Format.FRAME_HEAD_BYTES);
            head.put(type);
            head.putLong(id.value().getMostSignificantBits());
            head.putLong(id.value().getLeastSignificantBits());
            writeBytes(head.array());
            return start;
        }

        void finish(int start) {
            int length = count - start - Format.FRAME_HEAD_BYTES;
            ByteBuffer payload = ByteBuffer.wrap(buf, start + Format.FRAME_HEAD_BYTES, length);
            int checksum = Format.checksum(length, payload);
            ByteBuffer.wrap(buf, start, Format.FRAME_HEAD_BYTES).putInt(length).putInt(checksum);
        }

        void cut(int start) {
            count = start;
        }

        ByteBuffer whole() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
