package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Table;
import dev.reckoner.config.RateTable;
import java.util.List;

/** What another rate table changes, as a table on a terminal. */
public final class RateDiffText {
    private static final int MODEL_LEAST = 12;

    private RateDiffText() {}

    /** Prints what changes from one table to the other, and what looks wrong with the other and didn't before. */
    public static void print(Shell shell, RateTable before, RateTable after) {
        List<RateChange> changes = new RateDiff(before, after).changes();
        shell.out().println("Rate table " + before.version() + " to " + after.version() + ", USD per million tokens");
        if (changes.isEmpty()) {
            shell.out().println("No price, factor or discount changes at any time.");
            return;
        }
        shell.out().println();
        Table table = new Table(List.of(
                Column.text("Model", MODEL_LEAST),
                Column.text("Terms", MODEL_LEAST - 2),
                Column.text("Class", Integer.MAX_VALUE),
                Column.text("From", Integer.MAX_VALUE),
                Column.text("To", Integer.MAX_VALUE),
                Column.number("Before"),
                Column.number("After")));
        for (RateChange change : changes) {
            table.row(List.of(
                    Names.model(change.subject()),
                    change.terms(),
                    change.what(),
                    RateWords.from(change.from()),
                    RateWords.to(change.to()),
                    RateWords.price(change.before()),
                    RateWords.price(change.after())));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
        after.warnings().stream()
                .filter(warning -> !before.warnings().contains(warning))
                .forEach(warning -> shell.err().println("reckoner: warning: " + warning));
    }
}
