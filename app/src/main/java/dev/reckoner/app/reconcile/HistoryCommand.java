package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.LimitOption;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Reconciliation.CauseSum;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import dev.reckoner.reconcile.statement.CoverageHtml;
import dev.reckoner.reconcile.statement.Headline;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code reconcile history}: the reconciliations that were made, the latest first. */
@Command(
        name = "history",
        sortOptions = false,
        description = "List the reconciliations that were made, the latest first; asks the vendor nothing.")
final class HistoryCommand implements Callable<Integer> {

    /** As much of an id as tells the second it was made in; the rest of it is seldom needed. */
    private static final int ID_SHOWN = "rec_20261121T163849".length();

    private static final int CAUSE_LEAST = 12;

    private final Shell shell;
    private final Door door;

    @Mixin
    private final LimitOption limit = new LimitOption();

    @Option(names = "--format", paramLabel = "FORM", description = "table, json or csv. Default: table.")
    private Form form = Form.table;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    HistoryCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            List<Reconciliation> made = new KeptReconciliations(books.archive()).latest(limit.limit());
            switch (form) {
                case table -> table(made);
                case json -> json(made);
                case csv -> csv(made);
            }
        }
        return ExitCodes.FINE;
    }

    private void table(List<Reconciliation> made) {
        if (made.isEmpty()) {
            shell.out().println("No reconciliation was made yet; reckoner reconcile makes one.");
            return;
        }
        Table table = new Table(List.of(
                Column.text("Id", ID_SHOWN),
                Column.text("From", "2026-11-21".length()),
                Column.text("To", "2026-11-21".length()),
                Column.number("Ledger", 3),
                Column.number("Billed", 2),
                Column.number("Difference"),
                Column.number("Passed", 1),
                Column.text("Why", CAUSE_LEAST)));
        for (Reconciliation one : made) {
            table.row(List.of(
                    one.id().substring(0, Math.min(ID_SHOWN, one.id().length())),
                    one.from().toString(),
                    one.to().toString(),
                    Headline.usd(one.result().ledger()),
                    Headline.usd(one.result().billed()),
                    Headline.signed(one.result().difference()),
                    CoverageHtml.percent(one.result().coverage().whole().amountShare()),
                    why(one)));
        }
        List<String> leftOut = table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add(
                "USD, billed minus ledger, exact. Passed: the share of the billed money that passed through the proxy."
                        + " reckoner reconcile show ID shows one again.");
        if (!leftOut.isEmpty()) {
            notes.add("Left out for the width: " + String.join(", ", leftOut) + "; --format json has all.");
        }
        notes.print(shell);
    }

    private static String why(Reconciliation one) {
        CauseSum largest = largest(one);
        String matched = one.matched() ? "matched" : "";
        String cause = largest == null ? "" : largest.cause().word();
        return matched.isEmpty() || cause.isEmpty() ? matched + cause : matched + ", " + cause;
    }

    private static @Nullable CauseSum largest(Reconciliation one) {
        List<CauseSum> causes = one.causes();
        return causes.isEmpty() ? null : causes.get(0);
    }

    private void json(List<Reconciliation> made) {
        Json.print(
                shell.out(),
                false,
                object -> object.array("reconciliations", list -> {
                    for (Reconciliation one : made) {
                        list.object(json -> write(json, one));
                    }
                }));
    }

    private static void write(Json json, Reconciliation one) throws IOException {
        CauseSum largest = largest(one);
        json.field("id", one.id());
        json.field("made_at", one.madeAt());
        json.field("from", one.from().toString());
        json.field("to", one.to().toString());
        json.field("matched", one.matched());
        json.field("ledger_amount", one.result().ledger());
        json.field("billed_amount", one.result().billed());
        json.field("difference", one.result().difference());
        json.field("coverage_tokens", one.result().coverage().whole().tokenShare());
        json.field("coverage_amount", one.result().coverage().whole().amountShare());
        json.field("largest_cause", largest == null ? null : largest.cause().word());
        json.field("largest_amount", largest == null ? null : largest.amount());
        json.field("inputs_sha256", one.inputsSha256());
    }

    private void csv(List<Reconciliation> made) {
        List<List<String>> records = new ArrayList<>();
        records.add(List.of(
                "id",
                "made_at",
                "from",
                "to",
                "matched",
                "ledger_amount",
                "billed_amount",
                "difference",
                "coverage_tokens",
                "coverage_amount",
                "largest_cause",
                "largest_amount",
                "inputs_sha256"));
        made.forEach(one -> records.add(record(one)));
        Csv.write(shell.out(), records);
    }

    private static List<String> record(Reconciliation one) {
        CauseSum largest = largest(one);
        return List.of(
                Csv.text(one.id()),
                one.madeAt().toString(),
                one.from().toString(),
                one.to().toString(),
                Boolean.toString(one.matched()),
                Numbers.exact(one.result().ledger()),
                Numbers.exact(one.result().billed()),
                Numbers.exact(one.result().difference()),
                exact(one.result().coverage().whole().tokenShare()),
                exact(one.result().coverage().whole().amountShare()),
                largest == null ? "" : largest.cause().word(),
                largest == null ? "" : Numbers.exact(largest.amount()),
                one.inputsSha256());
    }

    private static String exact(@Nullable BigDecimal share) {
        return share == null ? "" : Numbers.exact(share);
    }
}
