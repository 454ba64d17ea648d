package dev.reckoner.app.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.TokenType;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums in the JSON of ccusage, for whatever reads that: its keys and no others, costs as numbers. Their digits are exact;
 * a reader that takes them for binary floating point rounds them.
 */
final class Ccusage {
    private final Writer out;

    Ccusage(Writer out) {
        this.out = out;
    }

    /** What is listed. */
    enum Listing {
        DAILY("daily", "date", Bucket.DAY),
        /** Folded from days, since a month would be cut down to its first. */
        MONTHLY("monthly", "month", Bucket.DAY),
        SESSION("sessions", "sessionId", Bucket.ALL);

        private final String array;
        private final String label;
        private final Bucket bucket;

        Listing(String array, String label, Bucket bucket) {
            this.array = array;
            this.label = label;
            this.bucket = bucket;
        }

        private List<Dimension> by() {
            return this == SESSION
                    ? List.of(Dimension.SESSION, Dimension.PROJECT, Dimension.MODEL)
                    : List.of(Dimension.MODEL);
        }
    }

    private record Key(String label, String project) {}

    /** Sums in the making. */
    private static final class Sum {
        private long input;
        private long output;
        private long created;
        private long read;
        private BigDecimal cost = BigDecimal.ZERO;
        private Instant last = Instant.EPOCH;

        void add(ReportRow row) {
            input += row.sums().quantity(TokenType.INPUT);
            output += row.sums().quantity(TokenType.OUTPUT);
            created +=
                    row.sums().quantity(TokenType.CACHE_WRITE_5M) + row.sums().quantity(TokenType.CACHE_WRITE_1H);
            read += row.sums().quantity(TokenType.CACHE_READ);
            cost = cost.add(row.sums().amount());
            last = row.last().isAfter(last) ? row.last() : last;
        }
    }

    void write(Reports reports, Listing listing, Instant from, Instant until, Map<Dimension, List<String>> where)
            throws IOException {
        List<ReportRow> rows =
                reports.report(new ReportQuery(from, until, listing.bucket, listing.by(), where)).stream()
                        .filter(Ccusage::used)
                        .toList();
        Map<Key, List<ReportRow>> groups = new LinkedHashMap<>();
        for (ReportRow row : rows) {
            groups.computeIfAbsent(key(listing, row), none -> new ArrayList<>()).add(row);
        }
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeArrayFieldStart(listing.array);
            for (Map.Entry<Key, List<ReportRow>> group : groups.entrySet()) {
                group(json, listing, group.getKey(), group.getValue());
            }
            json.writeEndArray();
            json.writeObjectFieldStart("totals");
            figures(json, sum(rows), "totalCost", /* total= */ true);
            json.writeEndObject();
            json.writeEndObject();
        }
        out.write(System.lineSeparator());
        out.flush();
    }

    /** Whether anything was used: what failed without tokens has no place there. */
    private static boolean used(ReportRow row) {
        return row.sums().amount().signum() != 0
                || row.sums().quantities().values().stream().anyMatch(quantity -> quantity != 0);
    }

    private static Key key(Listing listing, ReportRow row) {
        return switch (listing) {
            case DAILY -> new Key(day(row.start()), "");
            case MONTHLY -> new Key(day(row.start()).substring(0, "uuuu-MM".length()), "");
            case SESSION -> new Key(row.group().get(0), row.group().get(1));
        };
    }

    private static String day(@Nullable Instant start) {
        return LocalDate.ofInstant(start == null ? Instant.EPOCH : start, ZoneOffset.UTC)
                .toString();
    }

    private static void group(JsonGenerator json, Listing listing, Key key, List<ReportRow> rows) throws IOException {
        Map<String, List<ReportRow>> models = new LinkedHashMap<>();
        for (ReportRow row : rows) {
            String model = row.group().get(row.group().size() - 1);
            models.computeIfAbsent(model, none -> new ArrayList<>()).add(row);
        }
        Sum sum = sum(rows);
        json.writeStartObject();
        json.writeStringField(listing.label, key.label());
        figures(json, sum, "totalCost", /* total= */ true);
        if (listing == Listing.SESSION) {
            json.writeStringField("lastActivity", day(sum.last));
            json.writeStringField("projectPath", key.project());
        }
        json.writeArrayFieldStart("modelsUsed");
        for (String model : models.keySet()) {
            json.writeString(model);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("modelBreakdowns");
        for (Map.Entry<String, List<ReportRow>> model : models.entrySet()) {
            json.writeStartObject();
            json.writeStringField("modelName", model.getKey());
            figures(json, sum(model.getValue()), "cost", /* total= */ false);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static Sum sum(List<ReportRow> rows) {
        Sum sum = new Sum();
        rows.forEach(sum::add);
        return sum;
    }

    private static void figures(JsonGenerator json, Sum sum, String cost, boolean total) throws IOException {
        json.writeNumberField("inputTokens", sum.input);
        json.writeNumberField("outputTokens", sum.output);
        json.writeNumberField("cacheCreationTokens", sum.created);
        json.writeNumberField("cacheReadTokens", sum.read);
        if (total) {
            json.writeNumberField("totalTokens", sum.input + sum.output + sum.created + sum.read);
        }
        json.writeFieldName(cost);
        json.writeNumber(Numbers.exact(sum.cost));
    }

    static Listing listing(String what) {
        return Listing.valueOf(what.toUpperCase(Locale.ROOT));
    }
}
