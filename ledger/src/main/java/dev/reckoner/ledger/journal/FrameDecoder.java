package dev.reckoner.ledger.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames back from what {@link FrameEncoder} wrote. Fields it doesn't know are passed over, so that a later
 * version may add some. Thread-safe.
 */
final class FrameDecoder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FrameDecoder() {}

    /**
     * Reads a frame.
     *
     * @throws IOException where the payload is not a frame this version knows
     */
    static Frame decode(byte type, ByteBuffer payload) throws IOException {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        JsonNode json = JSON.readTree(bytes);
        try {
            return switch (type) {
                case Format.TYPE_OPENED -> new Frame.Opened(opening(json));
                case Format.TYPE_NOTED -> new Frame.Noted(closing(json));
                case Format.TYPE_CLOSED -> new Frame.Closed(entry(json));
                case Format.TYPE_CORRECTED -> new Frame.Corrected(correction(json));
                case Format.TYPE_BATCHED -> new Frame.Batched(batch(json));
                default -> throw new IOException("a frame of type " + type + ", expected 1 to 5");
            };
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IOException("a frame with a value this version doesn't know: " + e.getMessage(), e);
        }
    }

    private static Entry entry(JsonNode json) {
        return new Entry(closing(need(json, "closing")), charge(need(json, "charge")), instant(json, "booked_at"));
    }

    private static Correction correction(JsonNode json) {
        return new Correction(
                entry(need(json, "entry")),
                need(json, "replaces").asInt(),
                instant(json, "corrected_at"),
                text(json, "cause"),
                text(json, "reason"));
    }

    private static BatchRecord batch(JsonNode json) {
        return new BatchRecord(
                text(json, "id"),
                need(json, "revision").asLong(),
                optional(json, "created_by", value -> ExchangeId.parse(value.asText())),
                attribution(need(json, "creator")),
                maybeText(json, "workspace_id"),
                batchState(need(json, "state")),
                instant(json, "seen_at"),
                maybeInstant(json, "collected_at"));
    }

    private static BatchState batchState(JsonNode json) {
        return new BatchState(
                maybeText(json, "status"),
                maybeInstant(json, "created_at"),
                maybeInstant(json, "ended_at"),
                maybeInstant(json, "expires_at"),
                optional(json, "counts", FrameDecoder::batchCounts));
    }

    private static BatchState.Counts batchCounts(JsonNode json) {
        return new BatchState.Counts(
                need(json, "processing").asLong(),
                need(json, "succeeded").asLong(),
                need(json, "errored").asLong(),
                need(json, "canceled").asLong(),
                need(json, "expired").asLong());
    }

    private static Opening opening(JsonNode json) {
        return new Opening(
                ExchangeId.parse(text(json, "id")),
                instant(json, "started_at"),
                Route.valueOf(text(json, "route")),
                text(json, "method"),
                text(json, "path"),
                attribution(need(json, "attribution")),
                asked(need(json, "asked")),
                optional(json, "item", FrameDecoder::item));
    }

    private static BatchItem item(JsonNode json) {
        return new BatchItem(text(json, "batch_id"), text(json, "custom_id"));
    }

    private static Attribution attribution(JsonNode json) {
        return new Attribution(
                optional(json, "user", FrameDecoder::part),
                optional(json, "team", FrameDecoder::part),
                optional(json, "project", FrameDecoder::part),
                optional(json, "session", FrameDecoder::part),
                texts(json, "tags"),
                key(need(json, "key")),
                maybeText(json, "virtual_key"));
    }

    private static Attribution.Part part(JsonNode json) {
        return new Attribution.Part(text(json, "value"), Attribution.Source.valueOf(text(json, "source")));
    }

    private static KeyRef key(JsonNode json) {
        return new KeyRef(text(json, "hash"), text(json, "hint"), KeyRef.Kind.valueOf(text(json, "kind")));
    }

    private static Asked asked(JsonNode json) {
        return new Asked(
                maybeText(json, "model"),
                maybeFlag(json, "stream"),
                maybeNumber(json, "max_tokens"),
                maybeText(json, "service_tier"),
                maybeText(json, "speed"),
                maybeText(json, "inference_geo"),
                maybeText(json, "betas"),
                maybeText(json, "bill_to"),
                maybeNumber(json, "text_bytes"));
    }

    private static Closing closing(JsonNode json) {
        return new Closing(
                opening(need(json, "opening")),
                instant(json, "ended_at"),
                maybeInstant(json, "first_byte_at"),
                need(json, "status").asInt(),
                Outcome.valueOf(text(json, "outcome")),
                maybeText(json, "outcome_detail"),
                maybeText(json, "request_id"),
                maybeText(json, "organization_id"),
                maybeText(json, "workspace_id"),
                need(json, "bytes_in").asLong(),
                need(json, "bytes_out").asLong(),
                reading(need(json, "reading")),
                maybeText(json, "rate_limits"));
    }

    private static Reading reading(JsonNode json) {
        return new Reading(
                maybeText(json, "message_id"),
                maybeText(json, "model"),
                optional(json, "usage", FrameDecoder::usage),
                need(json, "usage_final").asBoolean(),
                maybeText(json, "stop_reason"),
                maybeFlag(json, "content_empty"),
                maybeText(json, "error_type"),
                need(json, "output_text_bytes").asLong(),
                texts(json, "raw_usage"),
                maybeText(json, "fault"));
    }

    private static Usage usage(JsonNode json) {
        return new Usage(
                tokens(need(json, "tokens")),
                maybeNumber(json, "thinking_tokens"),
                maybeNumber(json, "web_search_requests"),
                maybeNumber(json, "web_fetch_requests"),
                maybeNumber(json, "code_execution_requests"),
                maybeText(json, "service_tier"),
                maybeText(json, "inference_geo"),
                maybeText(json, "speed"),
                all(json, "iterations", FrameDecoder::iteration));
    }

    private static Iteration iteration(JsonNode json) {
        return new Iteration(text(json, "type"), maybeText(json, "model"), tokens(need(json, "tokens")));
    }

    private static TokenCounts tokens(JsonNode json) {
        return new TokenCounts(
                maybeNumber(json, "input_tokens"),
                maybeNumber(json, "output_tokens"),
                maybeNumber(json, "cache_creation_input_tokens"),
                maybeNumber(json, "cache_read_input_tokens"),
                maybeNumber(json, "ephemeral_5m_input_tokens"),
                maybeNumber(json, "ephemeral_1h_input_tokens"));
    }

    private static Charge charge(JsonNode json) {
        return new Charge(
                all(json, "lines", FrameDecoder::line),
                RatingStatus.valueOf(text(json, "status")),
                maybeText(json, "reason"),
                need(json, "estimated").asBoolean(),
                maybeText(json, "estimate_method"));
    }

    private static Line line(JsonNode json) {
        return new Line(
                need(json, "attempt").asInt(),
                text(json, "model"),
                TokenType.valueOf(text(json, "type")),
                need(json, "quantity").asLong(),
                optional(json, "rate", value -> new BigDecimal(value.asText())),
                new BigDecimal(text(json, "factor")),
                optional(json, "amount", value -> new BigDecimal(value.asText())),
                maybeText(json, "service_tier"),
                maybeText(json, "speed"),
                maybeText(json, "inference_geo"),
                maybeText(json, "context_window"),
                maybeText(json, "rate_version"));
    }

    private static JsonNode need(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the field " + name + " is missing");
        }
        return value;
    }

    private static String text(JsonNode json, String name) {
        return need(json, name).asText();
    }

    private static Instant instant(JsonNode json, String name) {
        return Instant.parse(text(json, name));
    }

    private static <T> @Nullable T optional(JsonNode json, String name, Function<JsonNode, T> read) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : read.apply(value);
    }

    private static @Nullable String maybeText(JsonNode json, String name) {
        return optional(json, name, JsonNode::asText);
    }

    private static @Nullable Instant maybeInstant(JsonNode json, String name) {
        return optional(json, name, value -> Instant.parse(value.asText()));
    }

    private static @Nullable Long maybeNumber(JsonNode json, String name) {
        return optional(json, name, JsonNode::asLong);
    }

    private static @Nullable Boolean maybeFlag(JsonNode json, String name) {
        return optional(json, name, JsonNode::asBoolean);
    }

    private static <T> List<T> all(JsonNode json, String name, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        for (JsonNode value : need(json, name)) {
            values.add(read.apply(value));
        }
        return values;
    }

    private static List<String> texts(JsonNode json, String name) {
        return all(json, name, JsonNode::asText);
    }
}
