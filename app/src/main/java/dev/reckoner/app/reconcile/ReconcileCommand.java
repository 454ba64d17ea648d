package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.Converters;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.Settings;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Reconciler;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import dev.reckoner.reconcile.vendor.Pulled;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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

    @Option(
            names = "--settle",
            description =
                    "Correct estimated and interrupted entries by the bill's hours, where those leave one answer.")
    private boolean settle;

    @Mixin
    private final ResultOptions format = new ResultOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    public ReconcileCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    /** The command with those for what was made earlier below it. */
    public static CommandLine withHistory(Shell shell, Door door) {
        return new CommandLine(new ReconcileCommand(shell, door))
                .addSubcommand(new HistoryCommand(shell, door))
                .addSubcommand(new ShowCommand(shell, door));
    }

    @Override
    public Integer call() {
        format.check();
        ReconcileRequest request = request();
        Settings settings = read.load(shell);
        try (OpenBooks books = read.open(shell, door)) {
            Pulled pulled = bill.pull(shell, settings, books.archive(), request);
            Reconciler reconciler = BillOptions.reconciler(shell, settings, books);
            KeptReconciliations kept = new KeptReconciliations(books.archive());
            Reconciliation result = kept.keep(reconciler.reconcile(request, pulled));
            if (settle && !result.result().variances().isEmpty()) {
                List<String> notes =
                        new SettleStep(books, settings).settle(result, pulled, reconciler.lateFrom(pulled));
                result = kept.keep(reconciler.reconcile(request, pulled).with(notes));
            }
            format.write(shell, result);
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

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
