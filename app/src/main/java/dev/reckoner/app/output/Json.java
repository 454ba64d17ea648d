package dev.reckoner.app.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes JSON for programs: amounts as exact decimals in strings, instants in RFC 3339, absent values as null. */
public final class Json {
    private final JsonGenerator generator;

    private Json(JsonGenerator generator) {
        this.generator = generator;
    }

    /** What goes into the JSON. */
    @FunctionalInterface
    public interface Body {

        /** Writes it. */
        void write(Json json) throws IOException;
    }

    /**
     * Prints an object and a line end.
     *
     * @param oneLine whether it stands on one line, as for lines of JSON
     */
    public static void print(PrintWriter out, boolean oneLine, Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            if (!oneLine) {
                generator.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            new Json(generator).object(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(text);
    }

    /** An object. */
    public void object(Body body) throws IOException {
        generator.writeStartObject();
        body.write(this);
        generator.writeEndObject();
    }

    /** A field that holds an object. */
    public void object(String name, Body body) throws IOException {
        generator.writeFieldName(name);
        object(body);
    }

    /** A field that holds an array. */
    public void array(String name, Body body) throws IOException {
        generator.writeArrayFieldStart(name);
        body.write(this);
        generator.writeEndArray();
    }

    /** A text inside an array. */
    public void item(String text) throws IOException {
        generator.writeString(text);
    }

    /** A text, or null. */
    public void field(String name, @Nullable String text) throws IOException {
        generator.writeStringField(name, text);
    }

    /** A count. */
    public void field(String name, long count) throws IOException {
        generator.writeNumberField(name, count);
    }

    /** A yes or no. */
    public void field(String name, boolean yes) throws IOException {
        generator.writeBooleanField(name, yes);
    }

    /** An exact decimal, or null. */
    public void field(String name, @Nullable BigDecimal amount) throws IOException {
        generator.writeStringField(name, amount == null ? null : Numbers.exact(amount));
    }

    /** An instant, or null. */
    public void field(String name, @Nullable Instant instant) throws IOException {
        generator.writeStringField(name, instant == null ? null : instant.toString());
    }

    /** A name in lower case. */
    public void field(String name, Enum<?> value) throws IOException {
        generator.writeStringField(name, value.name().toLowerCase(Locale.ROOT));
    }
}
