package dev.reckoner.simulator.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of answers. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** The fields of one object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}

    static byte[] object(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static void string(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value.toString());
        }
    }

    /** Amounts are decimal strings of cents, as exact as they are (api-facts §4.2, §6). */
    static String cents(BigDecimal usd) {
        return usd.movePointRight(2).stripTrailingZeros().toPlainString();
    }
}
