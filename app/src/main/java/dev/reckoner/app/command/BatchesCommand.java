package dev.reckoner.app.command;

import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchQuery.Which;
import dev.reckoner.ledger.BatchRow;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code batches}: lists batches, how they stand, and whether what they cost is in the books. */
@Command(
        name = "batches",
        sortOptions = false,
        description = "List batches: open, ended, collected, and those whose cost is not in the books yet.")
final class BatchesCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Parameters(
            arity = "0..1",
            paramLabel = "WHICH",
            defaultValue = "all",
            converter = Converters.Batches.class,
            description = "all, open, ended, collected or uncollected; ${DEFAULT-VALUE} without it.")
    private Which which = Which.ALL;

    @Mixin
    private final LimitOption limit = new LimitOption();

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    BatchesCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            List<BatchRow> rows = books.reports().batches(new BatchQuery(which, limit.limit()));
            if (format.json()) {
                BatchData.json(shell.out(), rows);
            } else if (format.csv()) {
                BatchData.csv(shell.out(), rows);
            } else {
                new BatchTable(shell).print(rows);
            }
        }
        return ExitCodes.FINE;
    }
}
