package dev.reckoner.app.command;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.ExchangeId;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches for programs: JSON and CSV with every column, amounts exact. */
final class BatchData {
    private static final List<String> HEADER = List.of(
            "batch_id",
            "state",
            "user",
            "team",
            "project",
            "key",
            "workspace_id",
            "created_at",
            "ended_at",
            "expires_at",
            "collected_at",
            "processing",
            "succeeded",
            "errored",
            "canceled",
            "expired",
            "items_booked",
            "amount_usd");

    private BatchData() {}

    /** What a batch is to the books, as one word. */
    static String state(BatchRecord batch) {
        if (batch.collectedAt() != null) {
            return "collected";
        }
        return batch.state().ended() ? "uncollected" : "open";
    }

    static void json(PrintWriter out, List<BatchRow> rows) {
        Json.print(
                out,
                false,
                object -> object.array("batches", list -> {
                    for (BatchRow row : rows) {
                        list.object(json -> write(json, row));
                    }
                }));
    }

    static void csv(PrintWriter out, List<BatchRow> rows) {
        List<List<String>> records = new ArrayList<>();
        records.add(HEADER);
        rows.forEach(row -> records.add(record(row)));
        Csv.write(out, records);
    }

    private static void write(Json json, BatchRow row) throws IOException {
        BatchRecord batch = row.batch();
        Attribution creator = batch.creator();
        BatchState state = batch.state();
        ExchangeId createdBy = batch.createdBy();
        json.field("id", batch.id());
        json.field("state", state(batch));
        json.field("user", value(creator.user()));
        json.field("team", value(creator.team()));
        json.field("project", value(creator.project()));
        json.field("key", creator.key().hint());
        json.field("workspaceId", batch.workspaceId());
        json.field("createdBy", createdBy == null ? null : createdBy.toString());
        json.field("status", state.status());
        json.field("createdAt", state.createdAt());
        json.field("endedAt", state.endedAt());
        json.field("expiresAt", state.expiresAt());
        json.field("collectedAt", batch.collectedAt());
        BatchState.Counts counts = state.counts();
        if (counts != null) {
            json.object("items", items -> {
                items.field("processing", counts.processing());
                items.field("succeeded", counts.succeeded());
                items.field("errored", counts.errored());
                items.field("canceled", counts.canceled());
                items.field("expired", counts.expired());
            });
        }
        json.field("itemsBooked", row.itemsBooked());
        json.field("amount", row.amount());
    }

    private static List<String> record(BatchRow row) {
        BatchRecord batch = row.batch();
        Attribution creator = batch.creator();
        BatchState state = batch.state();
        BatchState.Counts counts = state.counts();
        return List.of(
                text(batch.id()),
                state(batch),
                text(value(creator.user())),
                text(value(creator.team())),
                text(value(creator.project())),
                text(creator.key().hint()),
                text(batch.workspaceId()),
                text(state.createdAt()),
                text(state.endedAt()),
                text(state.expiresAt()),
                text(batch.collectedAt()),
                counts == null ? "" : String.valueOf(counts.processing()),
                counts == null ? "" : String.valueOf(counts.succeeded()),
                counts == null ? "" : String.valueOf(counts.errored()),
                counts == null ? "" : String.valueOf(counts.canceled()),
                counts == null ? "" : String.valueOf(counts.expired()),
                String.valueOf(row.itemsBooked()),
                Numbers.exact(row.amount()));
    }

    private static @Nullable String value(Attribution.@Nullable Part part) {
        return part == null ? null : part.value();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : Csv.text(text);
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
