package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Table;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.reconcile.chargeback.MonthSplit;
import dev.reckoner.reconcile.chargeback.Owed;
import dev.reckoner.reconcile.statement.Headline;
import dev.reckoner.reconcile.statement.OwedWords;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A chargeback on a terminal. */
final class ChargebackText {

    private static final int OWNER_LEAST = 12;

    private final Shell shell;

    ChargebackText(Shell shell) {
        this.shell = shell;
    }

    void print(MonthSplit split, Dimension by) {
        String owner = by.name().toLowerCase(Locale.ROOT);
        shell.out()
                .println("Chargeback by " + owner + ", " + split.month().atDay(1) + " to " + split.to() + " UTC"
                        + closed(split.closedAt()));
        shell.out().println();
        boolean adjusts = split.by(by).stream().anyMatch(row -> row.adjusts() != null);
        Table table = new Table(columns(owner, adjusts));
        split.by(by).forEach(row -> table.row(row(row, adjusts)));
        String amount = Headline.usd(split.total(by));
        table.total(adjusts ? List.of("The bill and adjustments", "", amount) : List.of("The bill", amount));
        table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add("USD, exact: each line of the bill is split by tokens, what can't be divided goes to the largest"
                + " remainder, and the rows sum to the bill" + (adjusts ? " and the adjustments." : "."));
        if (adjusts) {
            BigDecimal adjusted = split.total(by).subtract(split.billed());
            notes.add("The bill of " + split.month() + " is " + Headline.usd(split.billed())
                    + "; adjustments of months closed before it are " + Headline.signed(adjusted) + ".");
        }
        split.notes().forEach(notes::add);
        notes.print(shell);
    }

    private static List<Column> columns(String owner, boolean adjusts) {
        Column title = Column.text(owner.substring(0, 1).toUpperCase(Locale.ROOT) + owner.substring(1), OWNER_LEAST);
        Column amount = Column.number("Billed\u00a0(USD)");
        return adjusts ? List.of(title, Column.text("Adjusts", "2026-10".length()), amount) : List.of(title, amount);
    }

    private static List<String> row(Owed row, boolean adjusts) {
        YearMonth month = row.adjusts();
        String amount = Headline.usd(row.amount());
        return adjusts
                ? List.of(OwedWords.owner(row), month == null ? "" : month.toString(), amount)
                : List.of(OwedWords.owner(row), amount);
    }

    private static String closed(@Nullable Instant at) {
        return at == null ? "" : ", closed " + at.truncatedTo(ChronoUnit.SECONDS);
    }
}
