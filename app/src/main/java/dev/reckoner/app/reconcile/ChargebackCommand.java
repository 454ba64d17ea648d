package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.command.Converters;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.reconcile.chargeback.MonthSplit;
import dev.reckoner.reconcile.chargeback.Months;
import dev.reckoner.reconcile.statement.ChargebackHtml;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code chargeback}: a month's bill split over those who caused it, to the last digit. */
@Command(
        name = "chargeback",
        sortOptions = false,
        description = {
            "Split a month's bill over the people who caused it; the rows sum to the bill exactly.",
            "Needs an Admin key in $ANTHROPIC_ADMIN_KEY, or saved reports."
        })
public final class ChargebackCommand implements Callable<Integer> {

    private final Shell shell;
    private final Door door;

    @Option(
            names = "--month",
            paramLabel = "MONTH",
            converter = Converters.Month.class,
            description = "As 2026-11. Without it: the month of yesterday.")
    private @Nullable YearMonth month;

    @Option(names = "--by", paramLabel = "OWNER", description = "user, team or project. Default: user.")
    private Owner by = Owner.user;

    @Option(
            names = "--close",
            description = "Freeze the month: what the vendor restates later is an adjustment in a later month.")
    private boolean close;

    @Option(names = "--format", paramLabel = "FORM", description = "table, json, csv or html. Default: table.")
    private ChargebackForm form = ChargebackForm.table;

    @Option(names = "--output", paramLabel = "FILE", description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Option(
            names = "--statements",
            paramLabel = "DIR",
            description = "Also write a statement (HTML) for each owner, and an index, into this directory.")
    private @Nullable Path statements;

    @Mixin
    private final BillOptions bill = new BillOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    public ChargebackCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    /** Whose rows they are; spelled as on the command line. */
    enum Owner {
        user(Dimension.USER),
        team(Dimension.TEAM),
        project(Dimension.PROJECT);

        private final Dimension dimension;

        Owner(Dimension dimension) {
            this.dimension = dimension;
        }
    }

    /** How they are written; spelled as on the command line. */
    enum ChargebackForm {
        table,
        json,
        csv,
        html
    }

    @Override
    public Integer call() {
        if (output != null && form == ChargebackForm.table) {
            throw wrong("found --output with --format table, expected json, csv or html for a file");
        }
        LocalDate yesterday =
                LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC).minusDays(1);
        YearMonth asked = month == null ? YearMonth.from(yesterday) : month;
        LocalDate last = asked.atEndOfMonth().isAfter(yesterday) ? yesterday : asked.atEndOfMonth();
        if (last.isBefore(asked.atDay(1))) {
            throw new CommandFailure("found the month " + asked + ", of which no day is over; expected an earlier one");
        }
        Settings settings = read.load(shell);
        try (OpenBooks books = read.open(shell, door)) {
            Months months = new Months(
                    books.reports(),
                    books.archive(),
                    BillOptions.reconciler(settings, books.reports(), shell.clock()),
                    request -> bill.pull(shell, settings, books.archive(), request));
            write(close ? close(months, asked, settings) : months.split(asked, last, Set.of(by.dimension)));
        }
        return ExitCodes.FINE;
    }

    private MonthSplit close(Months months, YearMonth asked, Settings settings) {
        Instant now = shell.clock().instant();
        months.closedAt(asked).ifPresent(at -> {
            throw new CommandFailure("the month " + asked + " was closed at " + at
                    + " and stays as it is; what the vendor" + " restates of it is an adjustment in a later month");
        });
        Instant complete = asked.plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(settings.reconcile().lag());
        if (now.isBefore(complete)) {
            throw new CommandFailure("the vendor's reports of " + asked + " may still change until " + complete
                    + " (reconcile.lag); close it from then on");
        }
        return months.close(asked, now)
                .orElseThrow(
                        () -> new CommandFailure("the bill has nothing of " + asked + "; there is nothing to close"));
    }

    private void write(MonthSplit split) {
        if (form == ChargebackForm.table) {
            new ChargebackText(shell).print(split, by.dimension);
        } else if (output == null) {
            shell.out().print(text(split));
            shell.out().flush();
        } else {
            Written.file(shell, output, text(split));
        }
        if (statements != null) {
            new StatementFiles(shell, statements).write(split, by.dimension);
        }
    }

    private String text(MonthSplit split) {
        if (form == ChargebackForm.html) {
            return new ChargebackHtml(split, by.dimension, shell.clock().instant()).whole();
        }
        StringWriter text = new StringWriter();
        ChargebackData data = new ChargebackData(new PrintWriter(text), split, by.dimension);
        if (form == ChargebackForm.json) {
            data.json();
        } else {
            data.csv();
        }
        return text.toString();
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
