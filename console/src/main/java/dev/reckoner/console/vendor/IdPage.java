package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** One page of a listing: what stands behind {@code after_id} or before {@code before_id} (api-facts §4.5). */
final class IdPage {
    static final List<String> PARAMETERS = List.of("after_id", "before_id", "limit", "beta");

    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 1_000;

    private IdPage() {}

    /** Writes the fields of one of them. */
    @FunctionalInterface
    interface Fields<T> {
        void write(JsonGenerator json, String id, T item) throws IOException;
    }

    /** The page of all items, which are in the order of their ids. */
    static <T> Answer answer(Params params, SortedMap<String, T> items, Fields<T> fields) {
        int limit = (int) params.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        String after = params.one("after_id");
        String before = params.one("before_id");
        if (after != null && before != null) {
            throw Problem.parameter("before_id", before, "it or after_id, not both");
        }
        List<Map.Entry<String, T>> all = new ArrayList<>(items.entrySet());
        int until = before == null ? all.size() : items.headMap(before).size();
        int first = after == null ? 0 : items.headMap(after + '\0').size();
        int from = before == null ? first : Math.max(0, until - limit);
        int end = Math.min(until, from + limit);
        boolean more = before == null ? end < all.size() : from > 0;
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (Map.Entry<String, T> item : all.subList(from, end)) {
                json.writeStartObject();
                json.writeStringField("id", item.getKey());
                fields.write(json, item.getKey(), item.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", more);
            json.writeStringField("first_id", from == end ? null : all.get(from).getKey());
            json.writeStringField(
                    "last_id", from == end ? null : all.get(end - 1).getKey());
            json.writeEndObject();
        });
    }
}
