package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How JSON of the Admin API is read: numbers stay the decimals they are written as. */
public final class AdminJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private AdminJson() {}

    /**
     * The value that a text holds; missing where it holds none.
     *
     * @throws JacksonException where it isn't JSON
     */
    public static JsonNode read(String text) throws JacksonException {
        return MAPPER.readTree(text);
    }
}
