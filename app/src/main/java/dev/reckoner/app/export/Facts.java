package dev.reckoner.app.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.app.export.parquet.ColumnType;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.TokenType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of the tables of entries and lines. */
final class Facts {
    private static final JsonFactory JSON = new JsonFactory();

    private Facts() {}

    /** A row for each entry, with its tokens and its amount. */
    static List<Field<Booked>> entries() {
        List<Field<Booked>> fields = new ArrayList<>(arrival());
        fields.addAll(List.of(
                text("method", row -> closing(row).opening().method()),
                text("path", row -> closing(row).opening().path()),
                new Field<>(
                        "status", ColumnType.COUNT, row -> (long) closing(row).status()),
                text("outcome", row -> word(closing(row).outcome())),
                text("model", row -> closing(row).reading().model()),
                text("asked_model", row -> closing(row).opening().asked().model()),
                new Field<>("asked_stream", ColumnType.FLAG, row -> closing(row).opening().asked().stream()),
                text("message_id", row -> closing(row).reading().messageId()),
                text("stop_reason", row -> closing(row).reading().stopReason()),
                text(
                        "batch_id",
                        row -> Optional.ofNullable(batch(row))
                                .map(BatchItem::batchId)
                                .orElse(null)),
                text(
                        "custom_id",
                        row -> Optional.ofNullable(batch(row))
                                .map(BatchItem::customId)
                                .orElse(null))));
        for (TokenType type : TokenType.values()) {
            fields.add(new Field<>(word(type), ColumnType.COUNT, row -> row.signed(quantity(row, type))));
        }
        fields.add(new Field<>(
                "amount",
                ColumnType.AMOUNT,
                row -> row.signed(row.entry().charge().amount())));
        return fields;
    }

    /** A row for each line of a charge: the finest there is. */
    static List<Field<Booked.OfLine>> lines() {
        List<Field<Booked.OfLine>> fields = new ArrayList<>();
        fields.add(text("line_id", Facts::lineId));
        for (Field<Booked> field : arrival()) {
            fields.add(
                    new Field<>(field.name(), field.type(), row -> field.value().of(row.booked())));
        }
        fields.addAll(List.of(
                new Field<>(
                        "attempt", ColumnType.COUNT, row -> (long) row.line().attempt()),
                text("model", row -> row.line().model()),
                text("token_type", row -> word(row.line().type())),
                new Field<>(
                        "quantity",
                        ColumnType.COUNT,
                        row -> row.booked().signed(row.line().quantity())),
                new Field<>("rate", ColumnType.AMOUNT, row -> row.line().rate()),
                new Field<>("factor", ColumnType.AMOUNT, row -> row.line().factor()),
                new Field<>(
                        "amount",
                        ColumnType.AMOUNT,
                        row -> row.booked().signed(row.line().amount())),
                text("service_tier", row -> row.line().serviceTier()),
                text("speed", row -> row.line().speed()),
                text("inference_geo", row -> row.line().inferenceGeo()),
                text("context_window", row -> row.line().contextWindow()),
                text("rate_version", row -> row.line().rateVersion())));
        return fields;
    }

    private static List<Field<Booked>> arrival() {
        return List.of(
                new Field<>(
                        "entry_id",
                        ColumnType.COUNT,
                        row -> row.arrival().entry().sequence()),
                text("exchange_id", row -> row.entry().id().toString()),
                new Field<>("revision", ColumnType.COUNT, row ->
                        (long) row.arrival().entry().revision()),
                text("change", Booked::change),
                text("cause", row -> row.arrival().cause()),
                new Field<>(
                        "corrected_at", ColumnType.INSTANT, row -> row.arrival().correctedAt()),
                new Field<>("booked_at", ColumnType.INSTANT, row -> row.entry().bookedAt()),
                new Field<>(
                        "started_at",
                        ColumnType.INSTANT,
                        row -> closing(row).opening().startedAt()),
                new Field<>("ended_at", ColumnType.INSTANT, row -> closing(row).endedAt()),
                text("route", row -> word(closing(row).opening().route())),
                text("request_id", row -> closing(row).requestId()),
                text("user", row -> part(who(row).user())),
                text("team", row -> part(who(row).team())),
                text("project", row -> part(who(row).project())),
                text("session", row -> part(who(row).session())),
                text("tags", row -> who(row).tags().isEmpty() ? null : array(who(row).tags())),
                text("key", row -> who(row).key().shown()),
                text("virtual_key", row -> who(row).virtualKey()),
                text("workspace", row -> closing(row).workspaceId()),
                text("rating_status", row -> word(row.entry().charge().status())),
                new Field<>(
                        "estimated",
                        ColumnType.FLAG,
                        row -> row.entry().charge().estimated()));
    }

    private static <R> Field<R> text(String name, Field.Value<R> value) {
        return new Field<>(name, ColumnType.TEXT, row -> {
            Object text = value.of(row);
            return text == null || text.toString().isEmpty() ? null : text;
        });
    }

    /** Unique over all exports: the entry that brought it, its place, and whether it is a reversal. */
    static String lineId(Booked.OfLine row) {
        String id = row.booked().arrival().entry().sequence() + "-" + row.place();
        return row.booked().reversed() ? id + "-reversed" : id;
    }

    static String part(Attribution.@Nullable Part part) {
        return part == null ? "" : part.value();
    }

    static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** Texts as a JSON array. */
    static String array(List<String> texts) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static Closing closing(Booked row) {
        return row.entry().closing();
    }

    private static Attribution who(Booked row) {
        return closing(row).opening().attribution();
    }

    private static @Nullable BatchItem batch(Booked row) {
        return closing(row).opening().item();
    }

    private static long quantity(Booked row, TokenType type) {
        return row.entry().charge().lines().stream()
                .filter(line -> line.type() == type)
                .mapToLong(Line::quantity)
                .sum();
    }

    static BigDecimal orZero(@Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
