package dev.reckoner.app.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.command.Converters;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.Settings;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import dev.reckoner.reconcile.statement.ReconciliationHtml;
import dev.reckoner.reconcile.statement.ReconciliationJson;
import dev.reckoner.reconcile.vendor.Pulled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code reconcile}: compares the books with the vendor's bill, names each difference, and keeps the result. */
@Command(
        name = "reconcile",
        sortOptions = false,
        description = {
            "Compare the books with the vendor's cost report, to the last decimal.",
            "Needs an Admin key in $ANTHROPIC_ADMIN_KEY, or saved reports. Exit code 0: matched, 3: not."
        })
public final class ReconcileCommand implements Callable<Integer> {

    private static final int DAYS_USUAL = 7;
    private static final int DAYS_MAX = 366;

    private final Shell shell;
    private final Door door;

    @Option(
            names = "--from",
            paramLabel = "DAY",
            converter = Converters.Day.class,
            description = "First UTC day. Without it: seven days before the last.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            converter = Converters.Day.class,
            description = "Last UTC day, inclusive. Without it: yesterday.")
    private @Nullable LocalDate to;

    @Mixin
    private final BillOptions bill = new BillOptions();

    @Option(
            names = "--tolerance",
            paramLabel = "USD",
            converter = Converters.Usd.class,
            description = "Differences up to this still match. Default: 0.")
    private BigDecimal tolerance = BigDecimal.ZERO;

    @Option(names = "--format", paramLabel = "FORM", description = "table, json, csv or html. Default: table.")
    private Form form = Form.table;

    @Option(names = "--output", paramLabel = "FILE", description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    public ReconcileCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    /** How the result is written; spelled as on the command line. */
    enum Form {
        table,
        json,
        csv,
        html
    }

    @Override
    public Integer call() {
        if (output != null && form == Form.table) {
            throw wrong("found --output with --format table, expected json, csv or html for a file");
        }
        ReconcileRequest request = request();
        Settings settings = read.load(shell);
        try (OpenBooks books = read.open(shell, door)) {
            Pulled pulled = bill.pull(shell, settings, books.archive(), request);
            Reconciliation result = new KeptReconciliations(books.archive())
                    .keep(BillOptions.reconcile(shell, settings, books, request, pulled));
            write(result);
            return result.matched() ? ExitCodes.FINE : ExitCodes.VARIANCE;
        }
    }

    private ReconcileRequest request() {
        LocalDate yesterday =
                LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC).minusDays(1);
        LocalDate last = to == null ? yesterday : to;
        LocalDate first = from == null ? last.minusDays(DAYS_USUAL - 1L) : from;
        if (first.isAfter(last)) {
            throw wrong("found --from " + first + " after --to " + last + ", expected the first day first");
        }
        if (first.plusDays(DAYS_MAX).isBefore(last)) {
            throw wrong("found more than " + DAYS_MAX + " days, expected at most a year at once");
        }
        return new ReconcileRequest(first, last, tolerance);
    }

    private void write(Reconciliation result) {
        String text = text(result);
        if (text.isEmpty()) {
            new ReconcileText(shell).print(result);
            return;
        }
        if (output == null) {
            shell.out().print(text);
            shell.out().flush();
            return;
        }
        try {
            Files.writeString(output, text);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(output + " can't be written: " + e.getMessage(), e));
        }
        shell.out().println("Wrote " + output + ".");
    }

    /** The result as a file; empty where it is a table. */
    private String text(Reconciliation result) {
        return switch (form) {
            case table -> "";
            case json -> pretty(result) + "\n";
            case csv -> ReconcileCsv.of(result);
            case html -> ReconciliationHtml.of(result);
        };
    }

    private static String pretty(Reconciliation result) {
        try {
            return new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(ReconciliationJson.of(result));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
