package dev.reckoner.ledger.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.reckoner.ledger.Iteration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses one usage object onto the fields known before it. Faults are remembered, the first one is told; unknown fields
 * are passed over (api-facts §1.1: they must be tolerated).
 */
final class UsageParser {

    /** The largest usage object that is parsed. */
    static final int OBJECT_BYTES_MAX = 1 << 20;

    /** The most attempts that one message's usage may list. */
    static final int ITERATIONS_MAX = 1_000;

    /** The longest text that is believed to be a tier, a speed, a geography, a model or a type. */
    static final int TEXT_CHARS_MAX = 256;

    private static final int SHOWN_CHARS_MAX = 40;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(OBJECT_BYTES_MAX)
                    .maxNestingDepth(64)
                    .maxNumberLength(64)
                    .maxStringLength(64 * 1024)
                    .maxNameLength(1024)
                    .build())
            .build();

    private final UsageFields fields;
    private String place = "usage";
    private String name = "";
    private @Nullable String fault;

    UsageParser(UsageFields fields) {
        this.fields = fields;
    }

    /** The fields after this object, or null where it was no whole JSON object. */
    @Nullable
    UsageFields parse(byte[] json, int offset, int length) {
        if (length > OBJECT_BYTES_MAX) {
            fault(length + " bytes", "at most " + OBJECT_BYTES_MAX);
            return null;
        }
        try (JsonParser parser = JSON.createParser(json, offset, length)) {
            return document(parser);
        } catch (IOException | RuntimeException e) {
            // A RuntimeException would be a bug of the parser's. It must not reach the response (P8).
            // The exception's own text may quote the document, so it isn't passed on.
            fault("malformed JSON", "one JSON object");
            return null;
        }
    }

    @Nullable
    String fault() {
        return fault;
    }

    private @Nullable UsageFields document(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.START_OBJECT) {
            fault(token == null ? "nothing" : shown(parser), "an object");
            return null;
        }
        object(parser, "usage.", this::field);
        at("usage", "");
        if (parser.nextToken() != null) {
            fault("more after its end", "one JSON object");
            return null;
        }
        return fields;
    }

    /** Reads the value of one field. */
    private interface FieldReader {
        /** Reads the value that the parser stands on, whole; false where the field isn't known. */
        boolean read(JsonParser parser, String name) throws IOException;
    }

    private void object(JsonParser parser, String prefix, FieldReader reader) throws IOException {
        Set<String> stated = new HashSet<>();
        while (next(parser, prefix) == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            at(prefix, name);
            parser.nextToken();
            if (!reader.read(parser, name)) {
                parser.skipChildren();
            } else if (!stated.add(name)) {
                at(prefix, name);
                fault("the field twice", "it once");
            }
        }
    }

    private @Nullable JsonToken next(JsonParser parser, String prefix) throws IOException {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            // The parser reads ahead: it knows the name before the value turns out not to be JSON.
            String known = parser.currentName();
            if (known != null) {
                at(prefix, known);
            }
            throw e;
        }
    }

    private boolean field(JsonParser parser, String name) throws IOException {
        return switch (name) {
            case "cache_creation" -> nested(parser, "usage.cache_creation.", Count.EPHEMERAL_5M, Count.EPHEMERAL_1H);
            case "output_tokens_details" -> nested(parser, "usage.output_tokens_details.", Count.THINKING);
            case "server_tool_use" ->
                nested(parser, "usage.server_tool_use.", Count.WEB_SEARCH, Count.WEB_FETCH, Count.CODE_EXECUTION);
            case "iterations" -> iterations(parser);
            case "service_tier", "inference_geo", "speed" -> text(parser, name);
            default -> tokens(parser, name, fields.counts);
        };
    }

    private boolean text(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return true;
        }
        String value = text(parser);
        switch (name) {
            case "service_tier" -> fields.serviceTier = value;
            case "inference_geo" -> fields.inferenceGeo = value;
            default -> fields.speed = value;
        }
        return true;
    }

    private boolean nested(JsonParser parser, String prefix, Count... counts) throws IOException {
        return nested(parser, prefix, fields.counts, counts);
    }

    private boolean nested(JsonParser parser, String prefix, Counts into, Count... counts) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return true;
        }
        for (Count count : counts) {
            into.forget(count);
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fault(shown(parser), "an object");
            parser.skipChildren();
            return true;
        }
        object(parser, prefix, (p, name) -> anyOf(p, name, into, counts));
        return true;
    }

    private boolean tokens(JsonParser parser, String name, Counts into) throws IOException {
        return anyOf(parser, name, into, Count.INPUT, Count.OUTPUT, Count.CACHE_CREATION, Count.CACHE_READ);
    }

    private boolean anyOf(JsonParser parser, String name, Counts into, Count... counts) throws IOException {
        for (Count count : counts) {
            if (count.field().equals(name)) {
                count(parser, count, into);
                return true;
            }
        }
        return false;
    }

    private void count(JsonParser parser, Count count, Counts into) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        // The length first: no arithmetic is spent on a number of a million digits.
        boolean integer = parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= 18;
        if (integer && parser.getLongValue() >= 0 && parser.getLongValue() <= UsageReader.COUNT_MAX) {
            into.set(count, parser.getLongValue());
            return;
        }
        into.forget(count);
        fault(shown(parser), "an integer from 0 to " + UsageReader.COUNT_MAX);
        parser.skipChildren();
    }

    private @Nullable String text(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            fault(shown(parser), "a string");
            parser.skipChildren();
            return null;
        }
        if (parser.getTextLength() > TEXT_CHARS_MAX) {
            fault(parser.getTextLength() + " characters", "at most " + TEXT_CHARS_MAX);
            return null;
        }
        return parser.getText();
    }

    private boolean iterations(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return true;
        }
        fields.iterations = List.of();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            fault(shown(parser), "an array");
            parser.skipChildren();
            return true;
        }
        List<Iteration> all = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String where = "usage.iterations[" + all.size() + "]";
            at(where, "");
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                fault(shown(parser), "an object");
                parser.skipChildren();
            } else if (all.size() == ITERATIONS_MAX) {
                fault("more entries", "at most " + ITERATIONS_MAX);
                parser.skipChildren();
            } else {
                all.add(iteration(parser, where));
            }
        }
        fields.iterations = all;
        return true;
    }

    private Iteration iteration(JsonParser parser, String where) throws IOException {
        Counts counts = new Counts();
        @Nullable String[] typeAndModel = new @Nullable String[2];
        object(parser, where + ".", (p, name) -> switch (name) {
            case "type" -> put(p, typeAndModel, 0);
            case "model" -> put(p, typeAndModel, 1);
            case "cache_creation" ->
                nested(p, where + ".cache_creation.", counts, Count.EPHEMERAL_5M, Count.EPHEMERAL_1H);
            default -> tokens(p, name, counts);
        });
        String type = typeAndModel[0];
        if (type == null) {
            at(where, ".type");
            fault("nothing", "a string");
            type = "";
        }
        return new Iteration(type, typeAndModel[1], counts.tokens());
    }

    private boolean put(JsonParser parser, @Nullable String[] into, int index) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            into[index] = text(parser);
        }
        return true;
    }

    private void at(String newPlace, String newName) {
        place = newPlace;
        name = newName;
    }

    private void fault(String found, String expected) {
        if (fault == null) {
            fault = place + shorten(name) + ": found " + found + ", expected " + expected;
        }
    }

    private static String shown(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "\"" + shorten(parser.getText()) + "\"";
            default -> shorten(parser.getText());
        };
    }

    private static String shorten(String text) {
        String plain = text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
        return plain.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
