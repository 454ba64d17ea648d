package dev.reckoner.simulator.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.simulator.Problem;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** A listing that is paged by {@code after_id} and {@code before_id} (api-facts §4.5). */
final class IdPage {
    static final List<String> PARAMETERS = List.of("after_id", "before_id", "limit");

    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 1000;

    /** Writes one entry. */
    interface Entry<T> {
        void write(JsonGenerator json, T entry) throws IOException;
    }

    private IdPage() {}

    static <T> byte[] json(Query query, Paging paging, List<T> entries, Function<T, String> id, Entry<T> writer) {
        int limit = paging.limit(query.limit(LIMIT_DEFAULT, LIMIT_MAX));
        String after = query.one("after_id");
        String before = query.one("before_id");
        if (after != null && before != null) {
            throw Problem.invalid("after_id, before_id: expected one of them");
        }
        List<String> ids = entries.stream().map(id).toList();
        int until = before == null ? entries.size() : place(ids, "before_id", before);
        int first = after == null ? 0 : place(ids, "after_id", after) + 1;
        int from = before == null ? first : Math.max(0, until - limit);
        int end = Math.min(until, from + limit);
        boolean more = before == null ? end < entries.size() : from > 0;
        return Json.object(json -> {
            json.writeArrayFieldStart("data");
            for (T entry : entries.subList(from, end)) {
                json.writeStartObject();
                writer.write(json, entry);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", paging.more(more));
            Json.string(json, "first_id", from == end ? null : ids.get(from));
            Json.string(json, "last_id", from == end ? null : ids.get(end - 1));
        });
    }

    private static int place(List<String> ids, String name, String id) {
        int place = ids.indexOf(id);
        if (place < 0) {
            throw Problem.invalid(name + ": no such entry");
        }
        return place;
    }
}
