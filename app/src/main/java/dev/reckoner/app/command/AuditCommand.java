package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.trail.Change;
import dev.reckoner.ledger.trail.TrailRow;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code audit}: lists who changed what, from where. */
@Command(
        name = "audit",
        sortOptions = false,
        description = "List who changed what: keys, limits, credits, corrections.")
final class AuditCommand implements Callable<Integer> {
    private static final int ABOUT_LEAST = 14;
    private static final int BY_LEAST = 28;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<Column> COLUMNS = List.of(
            Column.text("When (UTC)", Integer.MAX_VALUE),
            Column.text("What", Integer.MAX_VALUE),
            Column.text("About", ABOUT_LEAST),
            Column.text("By", BY_LEAST));
    private static final List<String> HEADER =
            List.of("number", "at", "who", "from", "what", "about", "before", "after");

    private final Shell shell;
    private final Door door;

    @Option(
            names = "--before",
            paramLabel = "NUMBER",
            description = "Only those before the one of that number; --json and --csv have the numbers.")
    private long before = Long.MAX_VALUE;

    @Mixin
    private final LimitOption limit = new LimitOption();

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    AuditCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            List<TrailRow> rows = books.trail().trail(before, limit.limit());
            if (format.json()) {
                json(rows);
            } else if (format.csv()) {
                csv(rows);
            } else {
                table(rows);
            }
        }
        return ExitCodes.FINE;
    }

    private void table(List<TrailRow> rows) {
        if (rows.isEmpty()) {
            shell.out().println("Nothing was changed.");
            return;
        }
        Table table = new Table(COLUMNS);
        for (TrailRow row : rows) {
            Change change = row.change();
            table.row(List.of(
                    TIME.format(row.at()),
                    Names.of(change.what()),
                    change.about(),
                    row.actor().who()));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add("--json and --csv have from where, and what it was before and is now.");
        notes.print(shell);
    }

    private void json(List<TrailRow> rows) {
        Json.print(
                shell.out(),
                false,
                object -> object.array("changes", list -> {
                    for (TrailRow row : rows) {
                        list.object(json -> {
                            json.field("number", row.number());
                            json.field("at", row.at());
                            json.field("who", row.actor().who());
                            json.field("from", row.actor().from());
                            json.field("what", row.change().what());
                            json.field("about", row.change().about());
                            json.field("before", row.change().before());
                            json.field("after", row.change().after());
                        });
                    }
                }));
    }

    private void csv(List<TrailRow> rows) {
        List<List<String>> records = new ArrayList<>();
        records.add(HEADER);
        for (TrailRow row : rows) {
            records.add(List.of(
                    String.valueOf(row.number()),
                    row.at().toString(),
                    Csv.text(row.actor().who()),
                    Csv.text(row.actor().from()),
                    Names.of(row.change().what()),
                    Csv.text(row.change().about()),
                    Csv.text(row.change().before()),
                    Csv.text(row.change().after())));
        }
        Csv.write(shell.out(), records);
    }
}
