package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.command.Converters;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.booked.LedgerReader;
import dev.reckoner.reconcile.chargeback.Chargeback;
import dev.reckoner.reconcile.chargeback.Owed;
import dev.reckoner.reconcile.identity.Identity;
import dev.reckoner.reconcile.statement.Headline;
import dev.reckoner.reconcile.vendor.Pulled;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code chargeback}: a month's bill split over those who caused it, to the last digit. */
@Command(
        name = "chargeback",
        sortOptions = false,
        description = {
            "Split a month's bill over the people who caused it; the rows sum to the bill exactly.",
            "Needs an Admin key in $ANTHROPIC_ADMIN_KEY, or saved reports."
        })
public final class ChargebackCommand implements Callable<Integer> {

    private static final int OWNER_LEAST = 12;

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

    @Option(names = "--format", paramLabel = "FORM", description = "table, json or csv. Default: table.")
    private Form form = Form.table;

    @Mixin
    private final BillOptions bill = new BillOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

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

    @Override
    public Integer call() {
        LocalDate yesterday =
                LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC).minusDays(1);
        YearMonth asked = month == null ? YearMonth.from(yesterday) : month;
        LocalDate last = asked.atEndOfMonth().isAfter(yesterday) ? yesterday : asked.atEndOfMonth();
        if (last.isBefore(asked.atDay(1))) {
            throw new CommandFailure("found the month " + asked + ", of which no day is over; expected an earlier one");
        }
        ReconcileRequest request = new ReconcileRequest(asked.atDay(1), last, BigDecimal.ZERO);
        Settings settings = read.load(shell);
        try (OpenBooks books = read.open(shell, door)) {
            Pulled pulled = bill.pull(shell, settings, books.archive(), request);
            Reconciliation result = BillOptions.reconcile(shell, settings, books, request, pulled);
            LedgerReader ledger = new LedgerReader(
                    books.reports(),
                    new Identity(pulled.keys(), pulled.workspaces().keySet()));
            List<Owed> rows = Chargeback.split(
                    pulled.costs(),
                    result.result().variances(),
                    ledger.shares(request.from(), request.until(), by.dimension));
            write(request, result.result().billed(), rows);
        }
        return ExitCodes.FINE;
    }

    private void write(ReconcileRequest request, BigDecimal billed, List<Owed> rows) {
        switch (form) {
            case table -> table(request, billed, rows);
            case json -> json(request, billed, rows);
            case csv -> csv(rows);
        }
    }

    private void table(ReconcileRequest request, BigDecimal billed, List<Owed> rows) {
        shell.out().println("Chargeback by " + by + ", " + request.from() + " to " + request.to() + " UTC");
        shell.out().println();
        Table table = new Table(List.of(Column.text(title(), OWNER_LEAST), Column.number("Billed\u00a0(USD)")));
        rows.forEach(row -> table.row(List.of(name(row), Headline.usd(row.amount()))));
        table.total(List.of("The bill", Headline.usd(billed)));
        table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add("USD, exact: each line of the bill is split by tokens, what can't be divided goes to the largest"
                + " remainder, and the rows sum to the bill.");
        notes.print(shell);
    }

    private String title() {
        return by.name().substring(0, 1).toUpperCase(Locale.ROOT) + by.name().substring(1);
    }

    private static String name(Owed row) {
        return switch (row.kind()) {
            case OWNER -> row.owner();
            case NOT_STATED -> "(not stated)";
            case OUTSIDE -> "(outside the proxy)";
            case TOOLS_AND_TIME -> "(tools and time)";
            case NOT_ATTRIBUTABLE -> "(not attributable)";
        };
    }

    private void json(ReconcileRequest request, BigDecimal billed, List<Owed> rows) {
        Json.print(shell.out(), false, object -> {
            object.field("from", request.from().toString());
            object.field("to", request.to().toString());
            object.field("by", by.name());
            object.field("billed_amount", Numbers.exact(billed));
            object.array("rows", items -> {
                for (Owed row : rows) {
                    items.object(item -> {
                        item.field("kind", row.kind().name().toLowerCase(Locale.ROOT));
                        item.field("owner", row.owner());
                        item.field("amount", Numbers.exact(row.amount()));
                    });
                }
            });
        });
    }

    private void csv(List<Owed> rows) {
        List<List<String>> records = new ArrayList<>();
        records.add(List.of("kind", "owner", "amount"));
        for (Owed row : rows) {
            records.add(List.of(
                    row.kind().name().toLowerCase(Locale.ROOT), Csv.text(row.owner()), Numbers.exact(row.amount())));
        }
        Csv.write(shell.out(), records);
    }
}
