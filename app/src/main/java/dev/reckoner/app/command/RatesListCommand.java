package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Table;
import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.ToolPrice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rates list}: the rows that hold now, on a day, or all there are. */
@Command(name = "list", sortOptions = false, description = "List the rates that hold, or all dated rows.")
final class RatesListCommand implements Callable<Integer> {
    private static final int MODEL_LEAST = 20;
    private static final int ORIGIN_LEAST = 20;

    private final Shell shell;

    @Option(
            names = "--at",
            paramLabel = "DAY",
            converter = Converters.Day.class,
            description = "Rows that hold at the start of that UTC day. Without it: now.")
    private @Nullable LocalDate day;

    @Option(names = "--all", description = "Every row of every date, also those that another file replaces.")
    private boolean all;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    RatesListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RateTable table = RateTables.load(
                settings.load(shell, Map.of()).settings().rating().ratesFiles());
        Instant at = day == null
                ? shell.clock().instant()
                : day.atStartOfDay(ZoneOffset.UTC).toInstant();
        RateRows rows = all
                ? new RateRows(table.version(), table.rates(), table.discounts(), table.toolPrices())
                : holding(table, at);
        if (format.json()) {
            rows.json(shell.out());
        } else if (format.csv()) {
            rows.csv(shell.out());
        } else {
            print(rows, at);
        }
        return ExitCodes.FINE;
    }

    /** What holds at an instant, in the table's order. */
    private static RateRows holding(RateTable table, Instant at) {
        Set<Rate> rates = new LinkedHashSet<>();
        for (Rate rate : table.rates()) {
            rates.addAll(table.find(rate.model(), rate.speed(), at));
        }
        Set<Discount> discounts = new LinkedHashSet<>();
        table.discounts()
                .forEach(discount -> table.discount(discount.target(), at).ifPresent(discounts::add));
        Set<ToolPrice> tools = new LinkedHashSet<>();
        table.toolPrices().forEach(price -> table.toolPrice(price.tool(), at).ifPresent(tools::add));
        return new RateRows(table.version(), List.copyOf(rates), List.copyOf(discounts), List.copyOf(tools));
    }

    private void print(RateRows rows, Instant at) {
        String which = all ? ", every row" : " at " + RateWords.instant(at);
        shell.out().println("Rate table " + rows.version() + which + ", list prices in USD per million");
        shell.out().println();
        List<String> leftOut = rates(rows.rates());
        if (!rows.discounts().isEmpty()) {
            shell.out().println();
            discounts(rows.discounts());
        }
        shell.out().println();
        tools(rows.tools());
        Footnotes notes = new Footnotes();
        if (!leftOut.isEmpty()) {
            notes.add("Not shown here: " + String.join(", ", leftOut) + ". A wider terminal shows them, and so do"
                    + " reckoner rates show MODEL, --json and --csv.");
        }
        if (rows.rates().stream().anyMatch(rate -> rate.prices() == null)) {
            notes.add("? The model is known, its price isn't: exchanges stay pending until a row has one.");
        }
        notes.print(shell);
    }

    private List<String> rates(List<Rate> rates) {
        Table table = new Table(List.of(
                Column.text("Model", MODEL_LEAST),
                Column.text("Terms", Integer.MAX_VALUE),
                Column.text("From", Integer.MAX_VALUE),
                Column.text("To", Integer.MAX_VALUE),
                Column.number("Input"),
                Column.number("Write 5m", 2),
                Column.number("Write 1h", 3),
                Column.number("Read"),
                Column.number("Output"),
                Column.text("Origin", ORIGIN_LEAST, 4),
                Column.text("Sources", ORIGIN_LEAST, 5)));
        for (Rate rate : rates) {
            List<String> cells = new ArrayList<>(List.of(
                    Names.model(rate.model()),
                    RateWords.terms(rate),
                    RateWords.from(rate.from()),
                    RateWords.to(rate.to())));
            Prices prices = rate.prices();
            cells.addAll(prices == null ? List.of("?", "?", "?", "?", "?") : RateWords.prices(prices));
            cells.add(rate.origin());
            cells.add(rate.sources());
            table.row(cells);
        }
        return table.print(shell.out(), shell.columns(), shell.colours());
    }

    private void discounts(List<Discount> discounts) {
        Table table = new Table(List.of(
                Column.text("Discount on", MODEL_LEAST),
                Column.number("Factor"),
                Column.text("From", Integer.MAX_VALUE),
                Column.text("To", Integer.MAX_VALUE),
                Column.text("Origin", ORIGIN_LEAST)));
        for (Discount discount : discounts) {
            table.row(List.of(
                    discount.target().equals(Discount.EVERYTHING) ? "everything" : Names.model(discount.target()),
                    RateWords.price(discount.factor()),
                    RateWords.from(discount.from()),
                    RateWords.to(discount.to()),
                    discount.origin()));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
    }

    private void tools(List<ToolPrice> tools) {
        Table table = new Table(List.of(
                Column.text("Server tool", MODEL_LEAST),
                Column.number("Per 1,000"),
                Column.text("From", Integer.MAX_VALUE),
                Column.text("To", Integer.MAX_VALUE),
                Column.text("Origin", ORIGIN_LEAST)));
        for (ToolPrice tool : tools) {
            table.row(List.of(
                    tool.tool(),
                    RateWords.price(tool.perThousand()),
                    RateWords.from(tool.from()),
                    RateWords.to(tool.to()),
                    tool.origin()));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
    }
}
