package dev.reckoner.app.command;

import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands {@code usage} and {@code cost}: any period, buckets, groups and filters; tokens or money. */
@Command(sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    private static final Span WEEK = new Span(7, "d");

    private final String name;
    private final Figure.View view;
    private final Shell shell;
    private final Door door;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            split = ",",
            converter = Converters.By.class,
            description = "Group by these, separated by commas: user, team, project, session, tag, key, model,"
                    + " workspace, service_tier, speed, inference_geo, context_window.")
    private final List<Dimension> by = new ArrayList<>();

    @Option(
            names = "--bucket",
            paramLabel = "WIDTH",
            converter = Converters.Width.class,
            description = "Split the time into 1m, 1h, 1d, 1w or 1mo, in UTC. Without it: one sum.")
    private @Nullable Bucket bucket;

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    ReportCommand(String name, Figure.View view, Shell shell, Door door) {
        this.name = name;
        this.view = view;
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        Report.Question question = new Report.Question(
                name,
                period.period(shell.clock(), WEEK),
                bucket == null ? Bucket.ALL : bucket,
                List.copyOf(new LinkedHashSet<>(by)),
                filter.where(),
                false,
                false);
        try (OpenBooks books = read.open(shell, door)) {
            Report report = Report.ask(question, books.reports(), books.source());
            format.write(report, shell, view);
        }
        return ExitCodes.FINE;
    }
}
