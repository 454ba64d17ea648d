package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param bytes the event as written, with its empty line
 * @param stated the counts that are stated once it has left, null for an event without usage
 * @param last whether these counts are the final ones
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Event(byte[] bytes, @Nullable Counts stated, boolean last) {
    private static final int PADDING_MAX = 16;

    /** An event with the vendor's random padding before the closing brace (api-facts §1.2). */
    static Event of(ObjectNode data, SplittableRandom random, @Nullable Counts stated, boolean last) {
        String json = data.toString();
        String padded = json.substring(0, json.length() - 1) + " ".repeat(random.nextInt(PADDING_MAX)) + "}";
        return new Event(bytes(data.path("type").asText(), padded), stated, last);
    }

    static Event plain(ObjectNode data) {
        return new Event(bytes(data.path("type").asText(), data.toString()), null, false);
    }

    static Event ping() {
        return new Event(bytes("ping", "{\"type\": \"ping\"}"), null, false);
    }

    private static byte[] bytes(String name, String data) {
        return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
