package dev.reckoner.console.books;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.reckoner.config.LimitRule;
import dev.reckoner.ledger.ExchangeId;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * How the records of the ledger look as JSON: each component under its name, money, instants, durations and ids as
 * strings, so that every value reads back equal. Unknown fields are skipped, so that either end may be the newer one.
 */
public final class BooksJson {

    private BooksJson() {}

    /** A mapper that is safe on any thread. */
    public static ObjectMapper mapper() {
        SimpleModule module = new SimpleModule("books");
        text(module, BigDecimal.class, BooksJson::money, BigDecimal::new);
        text(module, Instant.class, Instant::toString, Instant::parse);
        text(module, Duration.class, Duration::toString, Duration::parse);
        text(module, ExchangeId.class, ExchangeId::toString, ExchangeId::parse);
        text(
                module,
                LimitRule.class,
                LimitRule::toString,
                text -> LimitRule.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("expected " + LimitRule.EXPECTED)));
        return JsonMapper.builder()
                .addModule(module)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    /** Without an exponent where that keeps the scale, which is everywhere but at whole numbers like 1E+3. */
    private static String money(BigDecimal value) {
        return value.scale() >= 0 ? value.toPlainString() : value.toString();
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new JsonDeserializer<T>() {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                String text = json.getText();
                try {
                    return read.apply(text);
                } catch (RuntimeException e) {
                    throw unreadable(context, type, text, e);
                }
            }
        });
    }

    private static JsonProcessingException unreadable(
            DeserializationContext context, Class<?> type, String text, RuntimeException cause) {
        JsonProcessingException failure =
                context.weirdStringException(text, type, "not in the form that the server writes");
        failure.initCause(cause);
        return failure;
    }
}
