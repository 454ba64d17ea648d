package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Labels;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.output.Text;
import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.ToolPrice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code rates show}: every row of one model or server tool, with where each comes from. */
@Command(
        name = "show",
        sortOptions = false,
        description = "Show every dated row of a model or server tool, and where each comes from.")
final class RatesShowCommand implements Callable<Integer> {
    private static final String USUAL_PREFIX = "claude-";

    private final Shell shell;

    @Parameters(
            paramLabel = "MODEL",
            description = "Exact id or alias of a model, with or without claude-, or a server tool such as web_search.")
    private @Nullable String name;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    RatesShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RateTable table = RateTables.load(
                settings.load(shell, Map.of()).settings().rating().ratesFiles());
        String wanted = canonical(table, name == null ? "" : name);
        RateRows rows = new RateRows(
                table.version(),
                table.rates().stream()
                        .filter(rate -> rate.model().equals(wanted))
                        .toList(),
                table.discounts().stream()
                        .filter(discount -> discount.target().equals(wanted)
                                || discount.target().equals(Discount.EVERYTHING))
                        .toList(),
                table.toolPrices().stream()
                        .filter(price -> price.tool().equals(wanted))
                        .toList());
        if (format.json()) {
            rows.json(shell.out());
        } else if (format.csv()) {
            rows.csv(shell.out());
        } else {
            print(table, wanted, rows);
        }
        return ExitCodes.FINE;
    }

    private static String canonical(RateTable table, String asked) {
        if (RateTable.SERVER_TOOLS.contains(asked)) {
            return asked;
        }
        return table.canonicalModel(asked)
                .or(() -> table.canonicalModel(USUAL_PREFIX + asked))
                .orElseThrow(() -> new CommandFailure("no model " + Text.harmless(asked)
                        + " in the rate table; expected an exact id or alias, see: reckoner rates list --all"));
    }

    private void print(RateTable table, String wanted, RateRows rows) {
        List<String> aliases = rows.rates().stream()
                .flatMap(rate -> rate.aliases().stream())
                .distinct()
                .toList();
        shell.out().println(wanted + (aliases.isEmpty() ? "" : ", also " + String.join(", ", aliases)));
        shell.out().println();
        if (!rows.rates().isEmpty()) {
            rates(rows.rates());
        }
        List<String> versions = new ArrayList<>();
        rows.tools().forEach(price -> tool(price, versions));
        rows.discounts().forEach(discount -> versions.add(discount.version()));
        rows.rates().forEach(rate -> versions.add(rate.version()));
        Labels labels = new Labels(shell.out(), shell.columns());
        RateOrigins origins = new RateOrigins(table);
        versions.forEach(version -> labels.say("Row", origins.of(version)));
    }

    private void rates(List<Rate> rates) {
        Table table = new Table(List.of(
                Column.text("Terms", Integer.MAX_VALUE),
                Column.text("From", Integer.MAX_VALUE),
                Column.text("To", Integer.MAX_VALUE),
                Column.number("Input"),
                Column.number("Write 5m"),
                Column.number("Write 1h"),
                Column.number("Read"),
                Column.number("Output"),
                Column.number("× US")));
        List<Rate> inTime = rates.stream()
                .sorted(Comparator.comparing(Rate::speed)
                        .thenComparing(Rate::promptTier)
                        .thenComparing(rate -> RateWords.from(rate.from())))
                .toList();
        for (Rate rate : inTime) {
            String from = RateWords.from(rate.from());
            String to = RateWords.to(rate.to());
            table.row(cells(RateWords.terms(rate), from, to, rate.prices(), rate.usMultiplier()));
            if (rate.batch() != null) {
                table.detail(cells("  batch", "", "", rate.batch(), rate.usMultiplier()));
            }
        }
        table.print(shell.out(), shell.columns(), shell.colours());
        shell.out().println();
    }

    private static List<String> cells(
            String terms, String from, String to, @Nullable Prices prices, BigDecimal usMultiplier) {
        List<String> cells = new ArrayList<>(List.of(terms, from, to));
        cells.addAll(prices == null ? List.of("?", "?", "?", "?", "?") : RateWords.prices(prices));
        cells.add(RateWords.price(usMultiplier));
        return cells;
    }

    private void tool(ToolPrice price, List<String> versions) {
        String amount = price.perThousand() == null
                ? "no price by the request"
                : RateWords.price(price.perThousand()) + " USD per 1,000 requests";
        shell.out().println("  " + RateWords.from(price.from()) + " to " + RateWords.to(price.to()) + ": " + amount);
        versions.add(price.version());
    }
}
