package dev.reckoner.app.command;

import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Bucket;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands {@code daily}, {@code weekly} and {@code monthly}: tokens and cost side by side. */
@Command(sortOptions = false)
final class CalendarCommand implements Callable<Integer> {
    private final Kind kind;
    private final Shell shell;
    private final Door door;

    @Option(
            names = {"-b", "--breakdown"},
            description = "A row for each model below its sum.")
    private boolean breakdown;

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    /**
     * What tells the three apart.
     *
     * @param usual the time they are about where nothing is said
     */
    record Kind(String name, String description, Bucket bucket, Span usual) {
        static final List<Kind> ALL = List.of(
                new Kind("daily", "Tokens and cost by day.", Bucket.DAY, new Span(30, "d")),
                new Kind("weekly", "Tokens and cost by week, from Monday.", Bucket.WEEK, new Span(12, "w")),
                new Kind("monthly", "Tokens and cost by month.", Bucket.MONTH, new Span(12, "mo")));
    }

    CalendarCommand(Kind kind, Shell shell, Door door) {
        this.kind = kind;
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        Report.Question question =
                new Report.Question(kind.name(), asked(), kind.bucket(), List.of(), filter.where(), true, breakdown);
        try (OpenBooks books = read.open(shell, door)) {
            Report report = Report.ask(question, books.reports(), books.source());
            format.write(report, shell, Figure.View.BOTH);
        }
        return ExitCodes.FINE;
    }

    /** Where no time is stated, all buckets but the present one are whole. */
    private Period asked() {
        Period asked = period.period(shell.clock(), kind.usual());
        if (period.given()) {
            return asked;
        }
        LocalDate first = LocalDate.ofInstant(asked.from(), ZoneOffset.UTC);
        LocalDate whole = switch (kind.bucket()) {
            case WEEK -> first.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
            case MONTH -> first.minusDays(1).with(TemporalAdjusters.firstDayOfNextMonth());
            default -> first;
        };
        return new Period(whole.atStartOfDay(ZoneOffset.UTC).toInstant(), asked.until());
    }
}
