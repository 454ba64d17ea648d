package dev.reckoner.app.command;

import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.StoredEntry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code explain}: one entry as an invoice, from who asked to where each rate comes from. */
@Command(
        name = "explain",
        sortOptions = false,
        description = "Explain one exchange: who, what, each line of its charge.")
final class ExplainCommand implements Callable<Integer> {
    private static final int RECENT_MAX = 1_000;
    private static final Pattern END_OF_ID = Pattern.compile("[0-9a-f]{6,}");

    private final Shell shell;
    private final Door door;

    @Parameters(
            paramLabel = "ID",
            description = "Exchange id, the vendor's request-id (req_...) or message id (msg_...), or the end of the id"
                    + " of one of the last 1000 entries as `reckoner entries` shows it.")
    private @Nullable String id;

    @Option(
            names = {"-j", "--json"},
            description = "JSON.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    ExplainCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        String wanted = id == null ? "" : id;
        Settings settings = read.load(shell);
        try (OpenBooks books = read.open(shell, door)) {
            List<StoredEntry> found = find(books.reports(), wanted);
            if (found.isEmpty()) {
                throw new CommandFailure("no entry " + Text.harmless(wanted) + " in " + books.source()
                        + "; expected an exchange id, a request-id or a message id, see: reckoner entries");
            }
            if (json) {
                Json.print(
                        shell.out(),
                        false,
                        object -> object.array("entries", list -> {
                            for (StoredEntry stored : found) {
                                list.object(entry -> {
                                    EntryData.write(entry, stored);
                                    EntryData.history(entry, history(books.reports(), stored));
                                });
                            }
                        }));
                return ExitCodes.FINE;
            }
            Invoice invoice =
                    new Invoice(shell, RateTables.load(settings.rating().ratesFiles()));
            for (StoredEntry stored : found) {
                invoice.print(stored.entry(), history(books.reports(), stored));
            }
        }
        return ExitCodes.FINE;
    }

    private static List<Revision> history(Reports reports, StoredEntry stored) {
        return reports.history(stored.entry().id());
    }

    private static List<StoredEntry> find(Reports reports, String wanted) {
        List<StoredEntry> found = reports.find(wanted);
        if (!found.isEmpty() || !END_OF_ID.matcher(wanted).matches()) {
            return found;
        }
        EntryQuery recent = new EntryQuery(null, null, Map.of(), null, false, RECENT_MAX);
        return reports.entries(recent).stream()
                .filter(stored -> stored.entry().id().toString().endsWith(wanted))
                .toList();
    }
}
