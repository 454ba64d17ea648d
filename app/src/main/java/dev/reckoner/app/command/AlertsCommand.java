package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.StoredAlert;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code alerts}: lists what was alerted to and what became of it. */
@Command(
        name = "alerts",
        sortOptions = false,
        description = "List alerts and whether they were delivered; try whether they arrive.")
final class AlertsCommand implements Callable<Integer> {
    private static final int ABOUT_LEAST = 12;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<Column> COLUMNS = List.of(
            Column.text("Last (UTC)", Integer.MAX_VALUE),
            Column.text("Kind", Integer.MAX_VALUE),
            Column.text("About", ABOUT_LEAST),
            Column.number("Times"),
            Column.text("Delivery", Integer.MAX_VALUE));
    private static final List<String> HEADER = List.of(
            "id",
            "kind",
            "about",
            "raised_at",
            "last_at",
            "times",
            "delivery",
            "attempts",
            "sent_at",
            "problem",
            "message");

    private final Shell shell;
    private final Door door;

    @Option(
            names = "--since",
            paramLabel = "DAY",
            converter = Converters.Day.class,
            description = "Only those raised on this UTC day or later.")
    private @Nullable LocalDate since;

    @Mixin
    private final LimitOption limit = new LimitOption();

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    private AlertsCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    /** The command with the one below it. */
    static CommandLine withTest(Shell shell, Door door) {
        return new CommandLine(new AlertsCommand(shell, door)).addSubcommand(new AlertsTestCommand(shell, door));
    }

    @Override
    public Integer call() {
        Instant from = since == null ? null : since.atStartOfDay(ZoneOffset.UTC).toInstant();
        try (OpenBooks books = read.open(shell, door)) {
            List<StoredAlert> alerts = books.alerts().list(new AlertQuery(from, limit.limit()));
            if (format.json()) {
                json(alerts);
            } else if (format.csv()) {
                csv(alerts);
            } else {
                table(alerts);
            }
        }
        return ExitCodes.FINE;
    }

    /** What became of an alert, in words. */
    static String delivery(StoredAlert alert) {
        String problem = alert.problem();
        String attempts = alert.attempts() == 1 ? "1 attempt" : alert.attempts() + " attempts";
        return switch (alert.delivery()) {
            case SENT -> "sent";
            case KEPT -> "kept";
            case FAILED -> "failed, " + attempts;
            case WAITING -> problem == null ? "waiting" : "waiting, " + attempts;
        };
    }

    private void table(List<StoredAlert> alerts) {
        if (alerts.isEmpty()) {
            shell.out().println("No alerts.");
            return;
        }
        Table table = new Table(COLUMNS);
        for (StoredAlert stored : alerts) {
            Alert alert = stored.alert();
            table.row(List.of(
                    TIME.format(stored.lastAt()),
                    Names.of(alert.kind()),
                    alert.about(),
                    Numbers.count(stored.repeats() + 1),
                    delivery(stored)));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        if (alerts.stream().anyMatch(alert -> alert.delivery() == StoredAlert.Delivery.KEPT)) {
            notes.add("kept: there was no alerts.webhook to post it to.");
        }
        alerts.stream()
                .filter(alert -> alert.problem() != null)
                .findFirst()
                .ifPresent(alert -> notes.add("The last attempt that failed: " + alert.problem() + "."));
        notes.add("--json and --csv have the messages.");
        notes.print(shell);
    }

    private void json(List<StoredAlert> alerts) {
        Json.print(
                shell.out(),
                false,
                object -> object.array("alerts", list -> {
                    for (StoredAlert alert : alerts) {
                        list.object(json -> write(json, alert));
                    }
                }));
    }

    static void write(Json json, StoredAlert stored) throws IOException {
        Alert alert = stored.alert();
        json.field("id", stored.id());
        json.field("kind", alert.kind());
        json.field("about", alert.about());
        json.field("raisedAt", alert.at());
        json.field("lastAt", stored.lastAt());
        json.field("times", stored.repeats() + 1);
        json.field("message", alert.message());
        json.object("facts", facts -> {
            for (Map.Entry<String, String> fact : alert.facts().entrySet()) {
                facts.field(fact.getKey(), fact.getValue());
            }
        });
        json.field("delivery", stored.delivery());
        json.field("attempts", stored.attempts());
        json.field("sentAt", stored.sentAt());
        json.field("problem", stored.problem());
    }

    private void csv(List<StoredAlert> alerts) {
        List<List<String>> records = new ArrayList<>();
        records.add(HEADER);
        for (StoredAlert stored : alerts) {
            Alert alert = stored.alert();
            Instant sentAt = stored.sentAt();
            String problem = stored.problem();
            records.add(List.of(
                    String.valueOf(stored.id()),
                    Names.of(alert.kind()),
                    Csv.text(alert.about()),
                    alert.at().toString(),
                    stored.lastAt().toString(),
                    String.valueOf(stored.repeats() + 1),
                    Names.of(stored.delivery()),
                    String.valueOf(stored.attempts()),
                    sentAt == null ? "" : sentAt.toString(),
                    problem == null ? "" : Csv.text(problem),
                    Csv.text(alert.message())));
        }
        Csv.write(shell.out(), records);
    }
}
