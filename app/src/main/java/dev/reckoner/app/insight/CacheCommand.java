package dev.reckoner.app.insight;

import dev.reckoner.app.command.Converters;
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
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.insight.CacheQuery;
import dev.reckoner.ledger.insight.CacheReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code cache}: whether caching pays, app by app. */
@Command(
        name = "cache",
        sortOptions = false,
        description = "Show whether prompt caching pays: what writes cost above plain input, what reads save.")
public final class CacheCommand implements Callable<Integer> {
    private static final Span MONTH = new Span(30, "d");

    private final Shell shell;
    private final Door door;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            split = ",",
            converter = Converters.By.class,
            description = "What tells apps apart, separated by commas; project,key,model without it.")
    private final List<Dimension> by = new ArrayList<>();

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    /** The command on books behind that door. */
    public CacheCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        Period asked = period.period(shell.clock(), MONTH);
        List<Dimension> apps = by.isEmpty() ? CacheQuery.APP : List.copyOf(new LinkedHashSet<>(by));
        try (OpenBooks books = read.open(shell, door)) {
            CacheReport report =
                    books.insights().cache(new CacheQuery(asked.from(), asked.until(), apps, filter.where()));
            if (format.json()) {
                CacheData.json(shell.out(), report);
            } else if (format.csv()) {
                CacheData.csv(shell.out(), report);
            } else {
                new CacheText(shell).print(report, asked);
            }
        }
        return ExitCodes.FINE;
    }
}
