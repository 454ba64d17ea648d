package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.Names;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Coverage.Bypass;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Restated;
import dev.reckoner.reconcile.Variance;
import dev.reckoner.reconcile.statement.CauseWords;
import dev.reckoner.reconcile.statement.CoverageHtml;
import dev.reckoner.reconcile.statement.Headline;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A reconciliation on a terminal: the answer in the first line, then the causes, then the largest variances. */
public final class ReconcileText {

    private static final int VARIANCES_MAX = 12;
    private static final int KEYS_MAX = 20;
    private static final int RESTATED_MAX = 5;
    private static final int TEXT_LEAST = 12;
    private static final Set<Cause> SETTLED = Set.of(Cause.ESTIMATE, Cause.INTERRUPTED);

    private final Shell shell;

    public ReconcileText(Shell shell) {
        this.shell = shell;
    }

    /** Prints it. */
    public void print(Reconciliation result) {
        Footnotes lead = new Footnotes();
        lead.add(Headline.of(result));
        lead.add(result.from() + " to " + result.to() + " UTC. "
                + CoverageHtml.sentence(result.result().coverage()));
        lead.printAlone(shell);
        if (!result.result().variances().isEmpty()) {
            causes(result);
            bypassing(result.result().coverage().bypassing());
            variances(result);
        }
        Footnotes notes = new Footnotes();
        restated(result, notes);
        result.notes().forEach(notes::add);
        notes.add("USD, billed minus ledger, exact. " + result.id());
        notes.print(shell);
    }

    private void causes(Reconciliation result) {
        shell.out().println();
        Table table = new Table(
                List.of(Column.text("Cause", TEXT_LEAST), Column.number("Difference"), Column.number("Count")));
        for (Reconciliation.CauseSum sum : result.causes()) {
            table.row(List.of(sum.cause().word(), Headline.signed(sum.amount()), Numbers.count(sum.count())));
        }
        table.total(List.of(
                "Sum",
                Headline.signed(result.result().difference()),
                Numbers.count(result.result().variances().size())));
        table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes meanings = new Footnotes();
        for (Reconciliation.CauseSum sum : result.causes()) {
            meanings.add(sum.cause().word() + ": " + CauseWords.of(sum.cause()));
        }
        if (result.causes().stream().anyMatch(sum -> SETTLED.contains(sum.cause()))) {
            meanings.add("--settle corrects such entries where the hours of the bill leave one answer.");
        }
        meanings.print(shell);
    }

    private void bypassing(List<Bypass> keys) {
        if (keys.isEmpty()) {
            return;
        }
        shell.out().println();
        Table table = new Table(List.of(
                Column.text("Bypassing\u00a0key", TEXT_LEAST),
                Column.number("Tokens"),
                Column.number("Billed"),
                Column.text("Since", "2026-11-21".length()),
                Column.text("", "new".length())));
        for (Bypass key : keys.subList(0, Math.min(keys.size(), KEYS_MAX))) {
            table.row(List.of(
                    key.called(),
                    Numbers.count(key.tokens()),
                    Headline.usd(key.amount()),
                    key.firstDay().toString(),
                    key.news() ? "new" : ""));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
        if (keys.size() > KEYS_MAX) {
            shell.out()
                    .println("and " + Numbers.count(keys.size() - KEYS_MAX) + " more: --format json or html has all.");
        }
    }

    private void variances(Reconciliation result) {
        List<Variance> largest = result.result().variances().stream()
                .sorted(Comparator.comparing(
                                (Variance variance) -> variance.difference().abs())
                        .reversed())
                .limit(VARIANCES_MAX)
                .toList();
        shell.out().println();
        Table table = new Table(List.of(
                Column.text("Day", "2026-11-21".length()),
                Column.text("What", TEXT_LEAST),
                Column.number("Ledger", 3),
                Column.number("Billed", 3),
                Column.number("Difference"),
                Column.text("Cause", TEXT_LEAST)));
        for (Variance variance : largest) {
            table.row(List.of(
                    variance.cell().day().toString(),
                    what(variance.cell()),
                    Numbers.count(variance.ledgerTokens()),
                    Numbers.count(variance.billedTokens()),
                    Headline.signed(variance.difference()),
                    variance.cause().word()));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
        int more = result.result().variances().size() - largest.size();
        if (more > 0) {
            shell.out().println("and " + Numbers.count(more) + " smaller ones: --format json, csv or html has all.");
        }
        Footnotes evidence = new Footnotes();
        largest.stream()
                .map(variance -> variance.cause().word() + ": " + Text.harmless(variance.evidence()) + ".")
                .distinct()
                .forEach(evidence::add);
        evidence.print(shell);
    }

    private static void restated(Reconciliation result, Footnotes notes) {
        List<Restated> days = result.restated();
        for (Restated day : days.subList(0, Math.min(RESTATED_MAX, days.size()))) {
            String sums = day.difference().signum() == 0
                    ? Headline.usd(day.now()) + " before and now, on other lines"
                    : Headline.usd(day.before()) + " before, " + Headline.usd(day.now()) + " now";
            notes.add("The vendor has restated " + day.day() + " since "
                    + day.since().truncatedTo(ChronoUnit.MINUTES) + ": " + sums + ".");
        }
        if (days.size() > RESTATED_MAX) {
            notes.add(
                    "and " + Numbers.count(days.size() - RESTATED_MAX) + " more restated days: --format json or html.");
        }
    }

    private static String what(Cell cell) {
        String model = cell.model();
        String type = cell.tokenType();
        String words = Stream.of(TokenType.values())
                .filter(known -> known.vendorName().equals(type))
                .map(Names::of)
                .findFirst()
                .orElse(type == null ? cell.costType().replace('_', ' ') : type);
        return model == null ? words : Names.model(model) + " " + words;
    }
}
