package dev.reckoner.app.command;

import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.SessionPage;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.SessionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code sessions}: cost, durations and tokens by session. */
@Command(
        name = "sessions",
        sortOptions = false,
        description = "Cost, API and wall duration, and tokens by session, as Claude Code's /cost has them.")
final class SessionsCommand implements Callable<Integer> {
    private static final Span WEEK = new Span(7, "d");

    private final Shell shell;
    private final Door door;

    @Option(
            names = "--order",
            paramLabel = "WHAT",
            converter = Converters.SessionOrder.class,
            description = "cost: the dearest first; last: those heard of last first. last without it.")
    private SessionQuery.Order order = SessionQuery.Order.LAST;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many; all without it.")
    private @Nullable Integer limit;

    @Option(
            names = {"-b", "--breakdown"},
            description = "A row for each model below its session.")
    private boolean breakdown;

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    SessionsCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        Integer most = limit();
        Period asked = period.period(shell.clock(), WEEK).wholeDays();
        try (OpenBooks books = read.open(shell, door)) {
            SessionReport report = ask(books, asked, most);
            if (format.json()) {
                new SessionData(report, shell).json();
            } else if (format.csv()) {
                new SessionData(report, shell).csv();
            } else {
                new SessionTable(report, shell, breakdown).print();
            }
        }
        return ExitCodes.FINE;
    }

    private @Nullable Integer limit() {
        if (limit != null && limit < 1 && spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--limit': found " + limit + ", expected 1 or more");
        }
        return limit;
    }

    private SessionReport ask(OpenBooks books, Period asked, @Nullable Integer most) {
        Reports reports = books.reports();
        List<SessionRow> rows = new ArrayList<>();
        String cursor = null;
        do {
            SessionPage page =
                    reports.sessions(query(asked, most == null ? SessionQuery.LIMIT_MAX : most - rows.size(), cursor));
            rows.addAll(page.rows());
            cursor = page.next();
        } while (cursor != null && (most == null || rows.size() < most));
        Map<Dimension, List<String>> where = filter.where();
        boolean all = cursor == null && !where.containsKey(Dimension.SESSION);
        Figures whole = all
                ? Group.total(Group.plain(
                        reports.report(new ReportQuery(asked.from(), asked.until(), Bucket.ALL, List.of(), where))))
                : null;
        return new SessionReport(asked, where, rows, cursor != null, whole, books.source(), reports.lag());
    }

    private SessionQuery query(Period asked, int left, @Nullable String cursor) {
        int most = Math.min(left, SessionQuery.LIMIT_MAX);
        try {
            return new SessionQuery(asked.from(), asked.until(), filter.where(), order, most, cursor);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
