package dev.reckoner.ledger.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.TokenCounts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists as one JSON column each: an array of strings, or of iterations in the vendor's field names. An empty list is null.
 * And names with values as one object.
 */
final class JsonColumns {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonColumns() {}

    static @Nullable String ofTexts(List<String> texts) {
        if (texts.isEmpty()) {
            return null;
        }
        return array(json -> {
            for (String text : texts) {
                json.writeString(StorableText.of(text));
            }
        });
    }

    static List<String> texts(@Nullable String column) {
        if (column == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        try (JsonParser json = JSON.createParser(column)) {
            json.nextToken();
            for (String text = json.nextTextValue(); text != null; text = json.nextTextValue()) {
                texts.add(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    static @Nullable String ofIterations(List<Iteration> iterations) {
        if (iterations.isEmpty()) {
            return null;
        }
        return array(json -> {
            for (Iteration iteration : iterations) {
                write(json, iteration);
            }
        });
    }

    static List<Iteration> iterations(@Nullable String column) {
        if (column == null) {
            return List.of();
        }
        List<Iteration> iterations = new ArrayList<>();
        try (JsonParser json = JSON.createParser(column)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                iterations.add(iteration(json));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return iterations;
    }

    static String ofFacts(Map<String, String> facts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> fact : facts.entrySet()) {
                json.writeStringField(StorableText.of(fact.getKey()), StorableText.of(fact.getValue()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static Map<String, String> facts(@Nullable String column) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (column == null) {
            return facts;
        }
        try (JsonParser json = JSON.createParser(column)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                String value = json.nextTextValue();
                facts.put(name, value == null ? "" : value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts;
    }

    private static void write(JsonGenerator json, Iteration iteration) throws IOException {
        TokenCounts tokens = iteration.tokens();
        json.writeStartObject();
        json.writeStringField("type", StorableText.of(iteration.type()));
        if (iteration.model() != null) {
            json.writeStringField("model", StorableText.of(iteration.model()));
        }
        write(json, "input_tokens", tokens.inputTokens());
        write(json, "output_tokens", tokens.outputTokens());
        write(json, "cache_creation_input_tokens", tokens.cacheCreationInputTokens());
        write(json, "cache_read_input_tokens", tokens.cacheReadInputTokens());
        write(json, "ephemeral_5m_input_tokens", tokens.ephemeral5mInputTokens());
        write(json, "ephemeral_1h_input_tokens", tokens.ephemeral1hInputTokens());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(field, value);
        }
    }

    private static Iteration iteration(JsonParser json) throws IOException {
        String type = "";
        String model = null;
        @Nullable Long[] counts = new @Nullable Long[6];
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "type" -> type = json.getText();
                case "model" -> model = json.getText();
                case "input_tokens" -> counts[0] = json.getLongValue();
                case "output_tokens" -> counts[1] = json.getLongValue();
                case "cache_creation_input_tokens" -> counts[2] = json.getLongValue();
                case "cache_read_input_tokens" -> counts[3] = json.getLongValue();
                case "ephemeral_5m_input_tokens" -> counts[4] = json.getLongValue();
                case "ephemeral_1h_input_tokens" -> counts[5] = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return new Iteration(
                type, model, new TokenCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]));
    }

    private static String array(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            content.write(json);
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}
