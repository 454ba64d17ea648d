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
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code reconcile}: compares the books with the vendor's bill, names each difference, and keeps the result. */
@Command(
        name = "reconcile",
        sortOptions = false,
        description = {
            "Compare the books with the vendor's cost report, to the last decimal.",
            "Needs an Admin key in $ANTHROPIC_ADMIN_KEY, or saved reports. Exit code 0: matched, 3: not."
        })
public final class ReconcileCommand implements Callable<Integer> {

    private final Shell shell;
    private final Door door;

    @Mixin
    private final DayOptions days = new DayOptions();

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
        ReconcileRequest request = days.request(shell, tolerance);
        Settings settings = read.load(shell);
        try (OpenBooks books = read.open(shell, door)) {
            Pulled pulled = bill.pull(shell, settings, books.archive(), request);
            Reconciler reconciler = BillOptions.reconciler(settings, books.reports(), shell.clock());
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
}
