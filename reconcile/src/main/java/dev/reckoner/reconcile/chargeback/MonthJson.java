package dev.reckoner.reconcile.chargeback;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.ledger.Dimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A closed month as JSON, and back: amounts are decimal strings in USD with all their places. */
final class MonthJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private MonthJson() {}

    static ObjectNode of(MonthSplit split) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Instant closed = split.closedAt();
        json.put("month", split.month().toString());
        json.put("to", split.to().toString());
        json.put("closed_at", closed == null ? null : closed.toString());
        json.put("billed_amount", split.billed().toPlainString());
        ArrayNode days = json.putArray("days");
        split.days().forEach(day -> days.add(day.toString()));
        ObjectNode rows = json.putObject("rows");
        split.rows().forEach((by, list) -> {
            ArrayNode array = rows.putArray(word(by));
            list.forEach(row -> array.add(row(row)));
        });
        ArrayNode notes = json.putArray("notes");
        split.notes().forEach(notes::add);
        json.put("inputs_sha256", split.inputsSha256());
        return json;
    }

    private static ObjectNode row(Owed row) {
        YearMonth adjusts = row.adjusts();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", word(row.kind()));
        json.put("owner", row.owner());
        json.put("adjusts", adjusts == null ? null : adjusts.toString());
        json.put("amount", row.amount().toPlainString());
        ArrayNode parts = json.putArray("parts");
        for (Owed.Part part : row.parts()) {
            parts.addObject()
                    .put("model", part.model())
                    .put("type", part.type())
                    .put("quantity", part.quantity())
                    .put("amount", part.amount().toPlainString());
        }
        return json;
    }

    /**
     * Reads it back.
     *
     * @throws IllegalArgumentException where a value isn't what it must be
     */
    static MonthSplit read(String text) throws JacksonException {
        JsonNode json = MAPPER.readTree(text);
        SortedSet<LocalDate> days = new TreeSet<>();
        json.path("days").forEach(day -> days.add(LocalDate.parse(day.asText())));
        Map<Dimension, List<Owed>> rows = new EnumMap<>(Dimension.class);
        json.path("rows").properties().forEach(entry -> {
            List<Owed> list = new ArrayList<>();
            entry.getValue().forEach(row -> list.add(row(row)));
            rows.put(Dimension.valueOf(entry.getKey().toUpperCase(Locale.ROOT)), list);
        });
        List<String> notes = new ArrayList<>();
        json.path("notes").forEach(note -> notes.add(note.asText()));
        return new MonthSplit(
                YearMonth.parse(json.path("month").asText()),
                LocalDate.parse(json.path("to").asText()),
                new BigDecimal(json.path("billed_amount").asText()),
                days,
                rows,
                notes,
                json.path("inputs_sha256").asText(),
                Instant.parse(json.path("closed_at").asText()));
    }

    private static Owed row(JsonNode json) {
        String adjusts = text(json, "adjusts");
        List<Owed.Part> parts = new ArrayList<>();
        for (JsonNode part : json.path("parts")) {
            parts.add(new Owed.Part(
                    text(part, "model"),
                    part.path("type").asText(),
                    part.path("quantity").asLong(),
                    new BigDecimal(part.path("amount").asText())));
        }
        return new Owed(
                Owed.Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
                json.path("owner").asText(),
                adjusts == null ? null : YearMonth.parse(adjusts),
                new BigDecimal(json.path("amount").asText()),
                parts);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isTextual() ? value.textValue() : null;
    }
}
