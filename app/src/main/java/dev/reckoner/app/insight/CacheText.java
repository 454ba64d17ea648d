package dev.reckoner.app.insight;

import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.Names;
import dev.reckoner.app.command.Period;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.insight.CacheReport;
import dev.reckoner.ledger.insight.CacheRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether caching pays, as a table: the largest loss first. */
final class CacheText {
    private static final int GROUP_LEAST = 8;
    private static final int ROWS_MAX = 50;

    private final Shell shell;

    CacheText(Shell shell) {
        this.shell = shell;
    }

    void print(CacheReport report, Period asked) {
        shell.out().println("Whether caching pays, " + asked.words());
        shell.out().println();
        if (report.rows().isEmpty()) {
            shell.out().println("Nothing was written to the cache or read from it.");
            return;
        }
        int places = Numbers.places(report.total().net());
        Table table = new Table(columns(report));
        report.rows().stream().limit(ROWS_MAX).forEach(row -> table.row(cells(report, row, places, "")));
        table.total(cells(report, report.total(), places, "Total"));
        List<String> leftOut = table.print(shell.out(), shell.columns(), shell.colours());
        notes(report, leftOut);
    }

    private static List<Column> columns(CacheReport report) {
        List<Column> columns = new ArrayList<>();
        for (Dimension dimension : report.by()) {
            columns.add(
                    dimension == Dimension.KEY && report.by().size() > 1
                            ? Column.text(Names.title(dimension), GROUP_LEAST, 3)
                            : Column.text(Names.title(dimension), GROUP_LEAST));
        }
        columns.add(Column.number("Written", 2));
        columns.add(Column.number("Read", 2));
        columns.add(Column.number("Cache rate", 1));
        columns.add(Column.number("Premium"));
        columns.add(Column.number("Saved"));
        columns.add(Column.number("Net"));
        columns.add(Column.text("", Integer.MAX_VALUE));
        return columns;
    }

    private static List<String> cells(CacheReport report, CacheRow row, int places, String label) {
        List<String> cells = new ArrayList<>();
        for (Dimension dimension : report.by()) {
            cells.add(label.isEmpty() ? group(dimension, row) : cells.isEmpty() ? label : "");
        }
        cells.add(Numbers.count(row.written5m() + row.written1h()));
        cells.add(Numbers.count(row.read()));
        cells.add(percent(row.cacheRate()));
        cells.add(Numbers.usd(row.premium5m().add(row.premium1h()), places));
        cells.add(Numbers.usd(row.saved(), places));
        cells.add(Numbers.usd(row.net(), places));
        cells.add(Names.of(row.verdict()));
        return cells;
    }

    private static String group(Dimension dimension, CacheRow row) {
        String value = row.group().getOrDefault(dimension, "");
        return dimension == Dimension.MODEL ? Names.model(value) : Names.group(value);
    }

    private static String percent(@Nullable BigDecimal rate) {
        return rate == null
                ? "-"
                : rate.movePointRight(2).setScale(0, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }

    private void notes(CacheReport report, List<String> leftOut) {
        Footnotes notes = new Footnotes();
        notes.add(
                "Premium: what writes cost above plain input. Saved: what reads cost below it. Net: saved less premium;"
                        + " an app that loses would have paid less without cache_control.");
        int more = report.rows().size() - ROWS_MAX;
        if (more > 0) {
            notes.add("and " + Numbers.count(more) + " more; --json and --csv have them.");
        }
        if (report.total().unpriced() > 0) {
            notes.add(Numbers.count(report.total().unpriced())
                    + " tokens are left out: there is no rate of plain input to compare them with.");
        }
        if (!leftOut.isEmpty()) {
            notes.add("Left out to fit " + shell.columns() + " columns: " + String.join(", ", leftOut)
                    + "; a wider terminal, --json and --csv have them.");
        }
        notes.print(shell);
    }
}
