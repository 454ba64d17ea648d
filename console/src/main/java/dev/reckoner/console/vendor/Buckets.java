package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.console.http.Answer;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The envelope that both reports share: every bucket of the page, with its results or an empty list. */
final class Buckets {

    private Buckets() {}

    /** Writes the results of one bucket. */
    @FunctionalInterface
    interface Results {

        /** Writes each result as an object of its own. */
        void write(JsonGenerator json, List<ReportRow> rows) throws IOException;
    }

    static Map<Instant, List<ReportRow>> read(Reports reports, Page page, List<Dimension> by, Filters filters) {
        Map<Instant, List<ReportRow>> byStart = new HashMap<>();
        if (filters.nothing() || !page.from().isBefore(page.until())) {
            return byStart;
        }
        ReportQuery query =
                new ReportQuery(page.from(), page.until(), page.width().bucket(), by, filters.where());
        for (ReportRow row : reports.report(query)) {
            Instant start = row.start();
            if (start != null) {
                byStart.computeIfAbsent(start, any -> new ArrayList<>()).add(row);
            }
        }
        return byStart;
    }

    static Answer answer(Page page, Map<Instant, List<ReportRow>> rows, Results results) {
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (Instant start : page.buckets()) {
                json.writeStartObject();
                json.writeStringField("starting_at", start.toString());
                json.writeStringField(
                        "ending_at", start.plus(page.width().width()).toString());
                json.writeArrayFieldStart("results");
                results.write(json, rows.getOrDefault(start, List.of()));
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", page.next() != null);
            json.writeStringField("next_page", page.next());
            json.writeEndObject();
        });
    }

    /** Writes a group's value, null where it wasn't grouped by or not stated. */
    static void group(JsonGenerator json, Key key, List<Dimension> by, ReportRow row) throws IOException {
        Dimension dimension = key.dimension();
        int index = dimension == null ? -1 : by.indexOf(dimension);
        json.writeStringField(key.group(), index < 0 ? null : stated(row.group().get(index)));
    }

    /** The value, null where it was not stated. */
    static @Nullable String stated(String value) {
        return value.isEmpty() ? null : value;
    }
}
