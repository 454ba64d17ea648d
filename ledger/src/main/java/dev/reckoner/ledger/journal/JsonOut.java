package dev.reckoner.ledger.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes named values of one frame: what is null is left out, decimals and instants are text so that every digit comes
 * back.
 */
final class JsonOut {
    private final JsonGenerator json;

    JsonOut(JsonGenerator json) {
        this.json = json;
    }

    /** Writes what stands inside an object. */
    @FunctionalInterface
    interface Body<T> {
        void write(T value) throws IOException;
    }

    <T> void object(String name, @Nullable T value, Body<T> body) throws IOException {
        if (value != null) {
            json.writeObjectFieldStart(name);
            body.write(value);
            json.writeEndObject();
        }
    }

    <T> void objects(String name, Iterable<T> values, Body<T> body) throws IOException {
        json.writeArrayFieldStart(name);
        for (T value : values) {
            json.writeStartObject();
            body.write(value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void texts(String name, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(wellFormed(value));
        }
        json.writeEndArray();
    }

    void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, wellFormed(value));
        }
    }

    void name(String name, @Nullable Enum<?> value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.name());
        }
    }

    void instant(String name, @Nullable Instant value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    void decimal(String name, @Nullable BigDecimal value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    void number(String name, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    void flag(String name, @Nullable Boolean value) throws IOException {
        if (value != null) {
            json.writeBooleanField(name, value);
        }
    }

    /**
     * Half a surrogate pair, as a client may send one by a JSON escape, has no UTF-8 form; it becomes U+FFFD here rather
     * than failing the frame.
     */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
