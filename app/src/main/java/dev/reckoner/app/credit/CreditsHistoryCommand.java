package dev.reckoner.app.credit;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.FormatOptions;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.credit.CreditEvent;
import dev.reckoner.ledger.credit.CreditNote;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code credits history}: everything that was ever said of the credits, and when. */
@Command(
        name = "history",
        sortOptions = false,
        description = "List what was said of the credits, in the order in which it was recorded.")
final class CreditsHistoryCommand implements Callable<Integer> {
    private static final int CENTS = 2;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> HEADER =
            List.of("kind", "at", "amount_usd", "up_to_usd", "source", "recorded_at");

    private final Shell shell;
    private final Door door;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    CreditsHistoryCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            List<CreditEvent> events = books.credits().events();
            if (format.json()) {
                json(events);
            } else if (format.csv()) {
                csv(events);
            } else {
                table(events);
            }
        }
        return ExitCodes.FINE;
    }

    private void table(List<CreditEvent> events) {
        if (events.isEmpty()) {
            shell.out().println("Nothing was said of credits yet.");
            return;
        }
        Table table = new Table(List.of(
                Column.text("From (UTC)", Integer.MAX_VALUE),
                Column.text("Said", Integer.MAX_VALUE),
                Column.number("USD"),
                Column.number("Up to"),
                Column.text("Recorded (UTC)", Integer.MAX_VALUE)));
        for (CreditEvent event : events) {
            CreditNote note = event.note();
            table.row(List.of(
                    TIME.format(note.at()),
                    kind(note),
                    usd(note.amount()),
                    usd(note.upTo()),
                    TIME.format(event.recordedAt())));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
    }

    private void json(List<CreditEvent> events) {
        Json.print(
                shell.out(),
                false,
                object -> object.array("events", list -> {
                    for (CreditEvent event : events) {
                        CreditNote note = event.note();
                        list.object(json -> {
                            json.field("kind", note.kind());
                            json.field("at", note.at());
                            json.field("amount", note.amount());
                            json.field("upTo", note.upTo());
                            json.field("source", note.source());
                            json.field("recordedAt", event.recordedAt());
                        });
                    }
                }));
    }

    private void csv(List<CreditEvent> events) {
        List<List<String>> records = new ArrayList<>();
        records.add(HEADER);
        for (CreditEvent event : events) {
            CreditNote note = event.note();
            records.add(List.of(
                    kind(note),
                    note.at().toString(),
                    exact(note.amount()),
                    exact(note.upTo()),
                    Csv.text(note.source()),
                    event.recordedAt().toString()));
        }
        Csv.write(shell.out(), records);
    }

    private static String kind(CreditNote note) {
        return note.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String usd(@Nullable BigDecimal amount) {
        return amount == null ? "-" : Numbers.usd(amount, CENTS);
    }

    private static String exact(@Nullable BigDecimal amount) {
        return amount == null ? "" : Numbers.exact(amount);
    }
}
