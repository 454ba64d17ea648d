package dev.reckoner.app.insight;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.FilterOptions;
import dev.reckoner.app.command.FormatOptions;
import dev.reckoner.app.command.Period;
import dev.reckoner.app.command.PeriodOptions;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.command.Span;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.insight.InsightQuery;
import dev.reckoner.ledger.insight.InsightReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code insights}: what would have been cheaper, each with its arithmetic. */
@Command(
        name = "insights",
        sortOptions = false,
        description = "Show what would have been cheaper, from the books alone, with the arithmetic.")
public final class InsightsCommand implements Callable<Integer> {
    private static final Span MONTH = new Span(30, "d");

    private final Shell shell;
    private final Door door;

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    /** The command on books behind that door. */
    public InsightsCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        Period asked = period.period(shell.clock(), MONTH);
        try (OpenBooks books = read.open(shell, door)) {
            InsightReport report =
                    books.insights().insights(new InsightQuery(asked.from(), asked.until(), filter.where()));
            if (format.json()) {
                InsightData.json(shell.out(), report);
            } else if (format.csv()) {
                InsightData.csv(shell.out(), report);
            } else {
                new InsightText(shell).print(report, asked);
            }
        }
        return ExitCodes.FINE;
    }
}
