package dev.reckoner.app.command;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenType;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries for programs: JSON with every fact and line, or one CSV record each. */
final class EntryData {
    private static final List<String> HEADER = List.of(
            "id",
            "request_id",
            "started_at",
            "ended_at",
            "user",
            "team",
            "project",
            "session",
            "key_hint",
            "route",
            "asked_model",
            "served_model",
            "outcome",
            "status",
            "rating_status",
            "reason",
            "estimated");

    private EntryData() {}

    static void write(Json json, StoredEntry stored) throws IOException {
        Entry entry = stored.entry();
        Closing closing = entry.closing();
        json.field("sequence", stored.sequence());
        json.field("revision", stored.revision());
        json.field("id", entry.id().toString());
        json.field("requestId", closing.requestId());
        json.field("messageId", closing.reading().messageId());
        opening(json, closing.opening());
        json.field("bookedAt", entry.bookedAt());
        json.field("firstByteAt", closing.firstByteAt());
        json.field("endedAt", closing.endedAt());
        json.field("status", closing.status());
        json.field("outcome", closing.outcome());
        json.field("outcomeDetail", closing.outcomeDetail());
        json.field("organizationId", closing.organizationId());
        json.field("workspaceId", closing.workspaceId());
        json.field("bytesIn", closing.bytesIn());
        json.field("bytesOut", closing.bytesOut());
        json.field("rateLimits", closing.rateLimits());
        json.object("reading", object -> reading(object, closing.reading()));
        json.object("charge", object -> charge(object, entry.charge()));
    }

    private static void opening(Json json, Opening opening) throws IOException {
        json.field("startedAt", opening.startedAt());
        json.field("route", opening.route());
        json.field("method", opening.method());
        json.field("path", opening.path());
        BatchItem item = opening.item();
        json.field("batchId", item == null ? null : item.batchId());
        json.field("customId", item == null ? null : item.customId());
        json.object("attribution", object -> {
            Attribution attribution = opening.attribution();
            part(object, "user", attribution.user());
            part(object, "team", attribution.team());
            part(object, "project", attribution.project());
            part(object, "session", attribution.session());
            object.array("tags", tags -> {
                for (String tag : attribution.tags()) {
                    tags.item(tag);
                }
            });
            object.field("keyHash", attribution.key().hash());
            object.field("keyHint", attribution.key().hint());
            object.field("keyKind", attribution.key().kind());
            object.field("virtualKey", attribution.virtualKey());
        });
        json.object("asked", object -> {
            Asked asked = opening.asked();
            object.field("model", asked.model());
            object.field("serviceTier", asked.serviceTier());
            object.field("speed", asked.speed());
            object.field("inferenceGeo", asked.inferenceGeo());
            object.field("betas", asked.betas());
            object.field("billTo", asked.billTo());
        });
    }

    private static void part(Json json, String name, Attribution.@Nullable Part part) throws IOException {
        json.field(name, part == null ? null : part.value());
        if (part != null) {
            json.field(name + "Source", part.source());
        }
    }

    private static void reading(Json json, Reading reading) throws IOException {
        json.field("model", reading.model());
        json.field("stopReason", reading.stopReason());
        json.field("errorType", reading.errorType());
        json.field("usageFinal", reading.usageFinal());
        json.field("fault", reading.fault());
        json.array("rawUsage", raw -> {
            for (String usage : reading.rawUsage()) {
                raw.item(usage);
            }
        });
    }

    private static void charge(Json json, Charge charge) throws IOException {
        json.field("status", charge.status());
        json.field("reason", charge.reason());
        json.field("estimated", charge.estimated());
        json.field("estimateMethod", charge.estimateMethod());
        json.field("amount", charge.amount());
        json.array("lines", lines -> {
            for (Line line : charge.lines()) {
                lines.object(object -> line(object, line));
            }
        });
    }

    /** What was booked first and what each correction made of it. */
    static void history(Json json, List<Revision> history) throws IOException {
        json.array("history", revisions -> {
            for (Revision revision : history) {
                revisions.object(object -> {
                    object.field("revision", revision.number());
                    object.field("correctedAt", revision.correctedAt());
                    object.field("cause", revision.cause());
                    object.field("reason", revision.reason());
                    object.object(
                            "charge", part -> charge(part, revision.entry().charge()));
                });
            }
        });
    }

    private static void line(Json json, Line line) throws IOException {
        json.field("attempt", line.attempt());
        json.field("model", line.model());
        json.field("type", line.type().vendorName());
        json.field("quantity", line.quantity());
        json.field("rate", line.rate());
        json.field("factor", line.factor());
        json.field("amount", line.amount());
        json.field("serviceTier", line.serviceTier());
        json.field("speed", line.speed());
        json.field("inferenceGeo", line.inferenceGeo());
        json.field("contextWindow", line.contextWindow());
        json.field("rateVersion", line.rateVersion());
    }

    static void csv(Writer out, List<StoredEntry> entries, boolean withHeader) {
        List<String> header = new ArrayList<>(HEADER);
        for (TokenType type : TokenType.values()) {
            header.add(type.vendorName());
        }
        header.add("amount_usd");
        List<List<String>> records =
                new ArrayList<>(entries.stream().map(EntryData::record).toList());
        if (withHeader) {
            records.add(0, header);
        }
        Csv.write(out, records);
    }

    private static List<String> record(StoredEntry stored) {
        Entry entry = stored.entry();
        Closing closing = entry.closing();
        Opening opening = closing.opening();
        Attribution attribution = opening.attribution();
        List<String> cells = new ArrayList<>(List.of(
                entry.id().toString(),
                text(closing.requestId()),
                opening.startedAt().toString(),
                closing.endedAt().toString(),
                value(attribution.user()),
                value(attribution.team()),
                value(attribution.project()),
                value(attribution.session()),
                Csv.text(attribution.key().hint()),
                Names.of(opening.route()),
                text(opening.asked().model()),
                text(closing.reading().model()),
                Names.of(closing.outcome()),
                String.valueOf(closing.status()),
                Names.of(entry.charge().status()),
                text(entry.charge().reason()),
                String.valueOf(entry.charge().estimated())));
        for (TokenType type : TokenType.values()) {
            cells.add(String.valueOf(entry.charge().lines().stream()
                    .filter(line -> line.type() == type)
                    .mapToLong(Line::quantity)
                    .sum()));
        }
        cells.add(Numbers.exact(entry.charge().amount()));
        return cells;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : Csv.text(text);
    }

    private static String value(Attribution.@Nullable Part part) {
        return part == null ? "" : Csv.text(part.value());
    }
}
