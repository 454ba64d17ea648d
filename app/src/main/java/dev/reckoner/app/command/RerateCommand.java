package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.RerateQuery;
import dev.reckoner.ledger.RerateResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code rerate}: what entries cost by the rates that hold now, and the corrections that book it. */
@Command(
        name = "rerate",
        sortOptions = false,
        description = "Rate entries again after a change of rates; books nothing without --apply.")
final class RerateCommand implements Callable<Integer> {
    private static final int MODEL_LEAST = 12;
    private static final Span WEEK = new Span(7, "d");

    private final Shell shell;
    private final Door door;

    @Option(names = "--apply", description = "Book the corrections.")
    private boolean apply;

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(
            names = {"-j", "--json"},
            description = "JSON; amounts are exact decimals in strings.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    RerateCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        if (spec != null && !period.given()) {
            throw new ParameterException(
                    spec.commandLine(), "Missing period: expected --since DAY, such as the day the rates changed");
        }
        Period asked = period.period(shell.clock(), WEEK);
        try (OpenBooks books = read.open(shell, door)) {
            RerateResult result =
                    books.corrections().rerate(new RerateQuery(asked.from(), asked.until(), filter.where(), apply));
            if (json) {
                printJson(asked, result, books.source());
            } else {
                print(asked, result);
            }
        }
        return ExitCodes.FINE;
    }

    private void print(Period asked, RerateResult result) {
        shell.out().println("Rated again by rate table " + Text.harmless(result.ratesVersion()) + ", " + asked.words());
        if (result.changed() == 0) {
            shell.out().println("Nothing changes in " + counted(result.entries(), "entry", "entries") + ".");
            return;
        }
        shell.out().println();
        table(result);
        Footnotes notes = new Footnotes();
        notes.add("USD, each rounded once, half-even, from its exact sum; --json has them exact.");
        if (result.pendingBefore() > 0) {
            notes.add("? " + counted(result.pendingBefore(), "entry was", "entries were") + " pending, "
                    + Numbers.count(result.pendingAfter()) + " of them still.");
        }
        notes.add(counted(result.changed(), "entry", "entries") + " of " + Numbers.count(result.entries())
                + (result.booked()
                        ? " changed; the corrections are booked, reckoner explain shows both amounts."
                        : " would change. Nothing is booked yet: --apply books it."));
        notes.print(shell);
    }

    private void table(RerateResult result) {
        Table table = new Table(List.of(
                Column.text("Model", MODEL_LEAST),
                Column.number("Exchanges"),
                Column.number("Old\u00a0(USD)"),
                Column.number("New\u00a0(USD)"),
                Column.number("Difference")));
        int places = Numbers.places(result.before().max(result.after()));
        for (RerateResult.OfModel model : result.models()) {
            table.row(List.of(
                    Names.model(model.model()),
                    Numbers.count(model.exchanges()),
                    cell(model.before(), model.pendingBefore(), places),
                    cell(model.after(), model.pendingAfter(), places),
                    Numbers.usd(model.after().subtract(model.before()), places)));
        }
        table.total(List.of(
                "Total",
                Numbers.count(result.changed()),
                cell(result.before(), result.pendingBefore(), places),
                cell(result.after(), result.pendingAfter(), places),
                Numbers.usd(result.after().subtract(result.before()), places)));
        table.print(shell.out(), shell.columns(), shell.colours());
    }

    /** What is pending isn't zero, so it is never shown as zero. */
    private static String cell(BigDecimal amount, long pending, int places) {
        String mark = pending > 0 ? "?" : "";
        return pending > 0 && amount.signum() == 0 ? mark : mark + Numbers.usd(amount, places);
    }

    private static String counted(long count, String one, String several) {
        return Numbers.count(count) + " " + (count == 1 ? one : several);
    }

    private void printJson(Period asked, RerateResult result, String source) {
        Json.print(shell.out(), false, object -> {
            object.field("from", asked.from());
            object.field("until", asked.until());
            object.field("ratesVersion", result.ratesVersion());
            object.field("entries", result.entries());
            object.field("changed", result.changed());
            object.field("booked", result.booked());
            amounts(object, result.before(), result.after());
            object.field("pendingBefore", result.pendingBefore());
            object.field("pendingAfter", result.pendingAfter());
            object.array("models", models -> {
                for (RerateResult.OfModel model : result.models()) {
                    models.object(part -> {
                        part.field("model", model.model());
                        part.field("exchanges", model.exchanges());
                        amounts(part, model.before(), model.after());
                        part.field("pendingBefore", model.pendingBefore());
                        part.field("pendingAfter", model.pendingAfter());
                    });
                }
            });
            object.field("source", source);
        });
    }

    private static void amounts(Json json, BigDecimal before, BigDecimal after) throws IOException {
        json.field("before", before);
        json.field("after", after);
    }
}
