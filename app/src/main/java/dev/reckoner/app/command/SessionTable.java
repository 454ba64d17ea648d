package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.SessionRow;
import dev.reckoner.ledger.SessionRow.ModelPart;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sessions as a table: what each cost, how long the API took and how long it lasted, and its tokens. */
final class SessionTable {
    /** A UUID, which tells nothing when it is cut. */
    private static final int SESSION_LEAST = 36;

    private static final int USER_LEAST = 6;
    private static final int MODELS_LEAST = 14;
    private static final String BRANCH = "└─ ";
    private static final DateTimeFormatter SEEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SessionReport report;
    private final Shell shell;
    private final boolean breakdown;
    private final Figures total;
    private final int places;

    SessionTable(SessionReport report, Shell shell, boolean breakdown) {
        this.report = report;
        this.shell = shell;
        this.breakdown = breakdown;
        this.total = report.total();
        this.places = Numbers.places(total.cost());
    }

    void print() {
        String where = report.where().entrySet().stream()
                .map(filter -> Names.of(filter.getKey()) + "=" + String.join("|", filter.getValue()))
                .collect(Collectors.joining(", "));
        shell.out()
                .println(Text.harmless("Sessions" + (where.isEmpty() ? "" : " where " + where) + ", "
                        + report.period().words()));
        if (report.rows().isEmpty()) {
            shell.out().println("No sessions.");
            footnotes(List.of());
            return;
        }
        shell.out().println();
        footnotes(table());
    }

    private List<String> table() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("Session", SESSION_LEAST),
                Column.text("User", USER_LEAST, 2),
                Column.text("Models", MODELS_LEAST, 3)));
        columns.addAll(List.of(
                Column.number("Input", 6),
                Column.number("Output", 5),
                Column.number("Cache Create", 8),
                Column.number("Cache Read", 7),
                Column.number("Total Tokens", 4),
                Column.number("API"),
                Column.number("Wall", 1),
                Column.number("Cost (USD)"),
                Column.text("Last Activity", Integer.MAX_VALUE, 9)));
        Table table = new Table(columns);
        for (SessionRow row : report.rows()) {
            table.row(cells(row));
            if (breakdown && row.models().size() > 1) {
                row.models().forEach(part -> table.detail(cells(part)));
            }
        }
        if (report.rows().size() > 1) {
            List<String> cells = new ArrayList<>(List.of("Total", "", ""));
            cells.addAll(figures(total));
            cells.addAll(8, List.of(duration(report.rows()), ""));
            cells.add("");
            table.total(cells);
        }
        return table.print(shell.out(), shell.columns(), shell.colours());
    }

    private List<String> cells(SessionRow row) {
        List<String> cells = new ArrayList<>(List.of(row.session(), Names.group(row.user()), models(row)));
        cells.addAll(figures(new Figures(row.sums())));
        cells.addAll(8, List.of(Numbers.duration(row.apiDuration()), Numbers.duration(row.wallDuration())));
        cells.add(SEEN.format(row.last()));
        return cells;
    }

    private List<String> cells(ModelPart part) {
        String name = BRANCH + Names.model(part.model());
        // without the column of models, the row still says which one it is about
        List<String> cells = new ArrayList<>(List.of(name, "", name));
        cells.addAll(figures(new Figures(part.sums())));
        cells.addAll(8, Collections.nCopies(2, ""));
        cells.add("");
        return cells;
    }

    private List<String> figures(Figures figures) {
        return Figure.of(Figure.View.BOTH).stream()
                .map(figure -> figure.cell(figures, places))
                .toList();
    }

    private static String duration(List<SessionRow> rows) {
        return Numbers.duration(rows.stream().map(SessionRow::apiDuration).reduce(Duration.ZERO, Duration::plus));
    }

    private String models(SessionRow row) {
        return breakdown && row.models().size() > 1
                ? row.models().size() + " models"
                : row.models().stream().map(part -> Names.model(part.model())).collect(Collectors.joining(", "));
    }

    private void footnotes(List<String> leftOut) {
        Footnotes notes = new Footnotes();
        if (!report.rows().isEmpty()) {
            notes.add("API: the time that the exchanges took together; Wall: from the start of the first to the end of"
                    + " the last. USD, each rounded once, half-even, to " + places + " places from its exact sum.");
        }
        Figures whole = report.whole();
        if (whole != null && whole.sums().exchanges() > total.sums().exchanges()) {
            notes.add(Numbers.count(whole.sums().exchanges() - total.sums().exchanges())
                    + " exchanges of no stated session are not listed: "
                    + Numbers.usd(whole.cost().subtract(total.cost()), places) + ".");
        }
        if (report.more()) {
            notes.add("There are more sessions: --limit.");
        }
        notes.estimated(total.sums().estimated());
        notes.pending(total.sums().pending());
        if (!leftOut.isEmpty()) {
            notes.add("Left out to fit " + shell.columns() + " columns: " + String.join(", ", leftOut)
                    + "; a wider terminal, --json and --csv have them.");
        }
        notes.lag(report.lag());
        notes.print(shell);
    }
}
