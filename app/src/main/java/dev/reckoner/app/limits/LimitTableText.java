package dev.reckoner.app.limits;

import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.ledger.limit.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Limits as a table: one line for each subject of each limit. */
final class LimitTableText {
    private static final int RULE_LEAST = 18;
    private static final int WHOM_LEAST = 8;
    private static final int CENTS = 2;
    private static final int PLACES = 4;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<Column> COLUMNS = List.of(
            Column.text("Limit", RULE_LEAST),
            Column.text("Whom", WHOM_LEAST),
            Column.number("Spent"),
            Column.number("Reserved"),
            Column.number("Left"),
            Column.text("Resets\u00a0(UTC)", Integer.MAX_VALUE),
            Column.text("Id", Integer.MAX_VALUE, 1));

    private final Shell shell;

    LimitTableText(Shell shell) {
        this.shell = shell;
    }

    void print(List<Standing> standings) {
        if (standings.isEmpty()) {
            shell.out().println("No limits. Set one: reckoner limits set user=* 50/day");
            return;
        }
        Table table = new Table(COLUMNS);
        standings.forEach(standing -> table.row(cells(standing)));
        List<String> leftOut = table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add("USD for budgets, rounded half-even for display, else tokens, requests or exchanges. Reserved is"
                + " held by what is in flight.");
        if (standings.stream().anyMatch(LimitTableText::pending)) {
            notes.add("? with exchanges that have no rate yet, counted at limits.unknown_model_rate.");
        }
        if (!leftOut.isEmpty()) {
            notes.add("Left out to fit " + shell.columns() + " columns: " + String.join(", ", leftOut)
                    + "; a wider terminal, --json and --csv have them.");
        }
        notes.print(shell);
    }

    private static List<String> cells(Standing standing) {
        boolean money = standing.limit().rule().cap() instanceof Cap.Budget;
        BigDecimal spent = standing.spent();
        BigDecimal pending = standing.pending();
        boolean guessed = pending(standing);
        BigDecimal sum = spent == null || pending == null ? spent : spent.add(pending);
        Instant resets = standing.resetsAt();
        return List.of(
                standing.limit().rule().toString(),
                whom(standing.subject()),
                (guessed ? "?" : "") + cell(sum, money),
                cell(standing.reserved(), money),
                cell(standing.left(), money),
                resets == null ? "-" : TIME.format(resets),
                standing.limit().id());
    }

    private static boolean pending(Standing standing) {
        BigDecimal pending = standing.pending();
        return pending != null && pending.signum() != 0;
    }

    private static String whom(Subject subject) {
        if (subject.kind() == Subject.Kind.ALL) {
            return "all";
        }
        if (subject.each()) {
            return "nobody yet";
        }
        return subject.value().isEmpty() ? "(none)" : subject.value();
    }

    private static String cell(@Nullable BigDecimal quantity, boolean money) {
        if (quantity == null) {
            return "-";
        }
        if (!money) {
            return Numbers.count(quantity.longValue());
        }
        boolean cents = quantity.stripTrailingZeros().scale() <= CENTS;
        return Numbers.usd(quantity, cents ? CENTS : PLACES);
    }
}
