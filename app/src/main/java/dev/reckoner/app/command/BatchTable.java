package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.BatchState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Batches as a table: one line each, with what of it is in the books. */
final class BatchTable {
    private static final int PLACES = 4;
    private static final int USER_LEAST = 6;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<Column> COLUMNS = List.of(
            Column.text("Created (UTC)", Integer.MAX_VALUE, 3),
            Column.text("Batch", Integer.MAX_VALUE),
            Column.text("User", USER_LEAST),
            Column.text("State", Integer.MAX_VALUE),
            Column.number("Items"),
            Column.number("Done", 2),
            Column.number("Booked"),
            Column.number("Cost"));

    private final Shell shell;

    BatchTable(Shell shell) {
        this.shell = shell;
    }

    void print(List<BatchRow> rows) {
        if (rows.isEmpty()) {
            shell.out().println("No batches.");
            return;
        }
        Table table = new Table(COLUMNS);
        rows.forEach(row -> table.row(cells(row)));
        List<String> leftOut = table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add("Done is how many items succeeded, Booked how many have an entry. USD, rounded half-even to " + PLACES
                + " places.");
        boolean uncollected = rows.stream().anyMatch(row -> row.batch().uncollected());
        if (uncollected) {
            notes.add("uncollected: ended, and the results were not downloaded whole through the proxy yet, so that"
                    + " their cost is not in the books; see batches.collect.");
        }
        if (!leftOut.isEmpty()) {
            notes.add("Left out to fit " + shell.columns() + " columns: " + String.join(", ", leftOut)
                    + "; a wider terminal, --json and --csv have them.");
        }
        notes.print(shell);
    }

    private static List<String> cells(BatchRow row) {
        BatchRecord batch = row.batch();
        BatchState state = batch.state();
        BatchState.Counts counts = state.counts();
        Instant created = state.createdAt() == null ? batch.seenAt() : state.createdAt();
        return List.of(
                TIME.format(created),
                batch.id(),
                value(batch.creator().user()),
                BatchData.state(batch),
                counts == null ? "?" : Numbers.count(counts.all()),
                counts == null ? "?" : Numbers.count(counts.succeeded()),
                Numbers.count(row.itemsBooked()),
                Numbers.usd(row.amount(), PLACES));
    }

    private static String value(Attribution.@Nullable Part part) {
        return part == null ? "-" : part.value();
    }
}
