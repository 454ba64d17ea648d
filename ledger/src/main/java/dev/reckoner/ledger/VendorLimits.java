package dev.reckoner.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's limits per minute as a response's head stated them (api-facts §2.3), null where it didn't. Read from
 * {@link Closing#rateLimits}.
 *
 * @param inputTokens without cache reads, which don't count
 */
public record VendorLimits(
        @Nullable Long requests,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens) {

    /** Nothing was stated. */
    public static final VendorLimits NONE = new VendorLimits(null, null, null);

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads what was kept of a head; what can't be read was not stated. */
    public static VendorLimits read(@Nullable String kept) {
        if (kept == null) {
            return NONE;
        }
        Long requests = null;
        Long input = null;
        Long output = null;
        try (JsonParser json = JSON.createParser(kept)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                Long limit = limit(json);
                switch (name) {
                    case "requests" -> requests = limit;
                    case "input_tokens" -> input = limit;
                    case "output_tokens" -> output = limit;
                    default -> {
                        // limits of other kinds of traffic
                    }
                }
            }
        } catch (IOException e) {
            return NONE;
        }
        return new VendorLimits(requests, input, output);
    }

    private static @Nullable Long limit(JsonParser json) throws IOException {
        Long limit = null;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("limit") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                limit = json.getLongValue();
            } else {
                json.skipChildren();
            }
        }
        return limit;
    }
}
