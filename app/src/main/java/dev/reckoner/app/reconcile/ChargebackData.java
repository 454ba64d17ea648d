package dev.reckoner.app.reconcile;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.reconcile.chargeback.MonthSplit;
import dev.reckoner.reconcile.chargeback.Owed;
import dev.reckoner.reconcile.statement.OwedWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A chargeback for programs: JSON with what each row is made of, and CSV; amounts are exact. */
final class ChargebackData {

    private final PrintWriter out;
    private final MonthSplit split;
    private final Dimension by;

    ChargebackData(PrintWriter out, MonthSplit split, Dimension by) {
        this.out = out;
        this.split = split;
        this.by = by;
    }

    void json() {
        Json.print(out, false, object -> {
            object.field("month", split.month().toString());
            object.field("from", split.month().atDay(1).toString());
            object.field("to", split.to().toString());
            object.field("closed_at", split.closedAt());
            object.field("by", by);
            object.field("billed_amount", split.billed());
            object.field("adjusted_amount", split.total(by).subtract(split.billed()));
            object.array("rows", rows -> {
                for (Owed row : split.by(by)) {
                    rows.object(item -> row(item, row));
                }
            });
            object.array("notes", notes -> {
                for (String note : split.notes()) {
                    notes.item(note);
                }
            });
            object.field("inputs_sha256", split.inputsSha256());
        });
    }

    private static void row(Json item, Owed row) throws IOException {
        item.field("kind", row.kind());
        item.field("owner", row.owner());
        item.field("label", OwedWords.owner(row));
        item.field("adjusts", text(row.adjusts()));
        item.field("amount", row.amount());
        item.array("parts", parts -> {
            for (Owed.Part part : row.parts()) {
                parts.object(json -> {
                    json.field("model", part.model());
                    json.field("type", part.type());
                    json.field("quantity", part.quantity());
                    json.field("amount", part.amount());
                });
            }
        });
    }

    void csv() {
        List<List<String>> records = new ArrayList<>();
        records.add(List.of("kind", "owner", "amount", "adjusts"));
        for (Owed row : split.by(by)) {
            String adjusts = text(row.adjusts());
            records.add(List.of(
                    row.kind().name().toLowerCase(Locale.ROOT),
                    Csv.text(row.owner()),
                    Numbers.exact(row.amount()),
                    adjusts == null ? "" : adjusts));
        }
        Csv.write(out, records);
    }

    private static @Nullable String text(@Nullable YearMonth month) {
        return month == null ? null : month.toString();
    }
}
