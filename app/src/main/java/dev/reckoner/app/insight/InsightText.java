package dev.reckoner.app.insight;

import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.Names;
import dev.reckoner.app.command.Period;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.insight.Insight;
import dev.reckoner.ledger.insight.InsightReport;
import dev.reckoner.ledger.insight.Kind;
import dev.reckoner.ledger.insight.ReadWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Insights for people: each with its saving, what it assumes, its arithmetic and whose it is. */
final class InsightText {
    private static final int STEPS_MAX = 8;
    private static final int OWNERS_MAX = 3;
    private static final int WHAT_LEAST = 16;
    private static final String RULE_OF_OUTCOMES = "FAILED_";

    private final Shell shell;

    InsightText(Shell shell) {
        this.shell = shell;
    }

    void print(InsightReport report, Period asked) {
        shell.out().println("What would have been cheaper, " + asked.words());
        shell.out()
                .println("Spent " + Numbers.usd(report.spent(), Numbers.places(report.spent())) + " in "
                        + counted(report.exchanges(), "exchange"));
        if (report.insights().isEmpty()) {
            shell.out().println();
            shell.out().println("Nothing found that would have cost less.");
        }
        report.insights().forEach(this::print);
        Footnotes notes = new Footnotes();
        if (!report.insights().isEmpty()) {
            notes.add("The same exchange may count under several of these: savings don't add up. Rates are USD per"
                    + " million tokens from the present table, as of the time of the exchanges.");
        }
        window(notes, report.read());
        notes.print(shell);
    }

    private static void window(Footnotes notes, ReadWindow read) {
        if (!read.whole()) {
            notes.add("* Looked at exchange by exchange since " + read.from() + " only, "
                    + counted(read.exchanges(), "exchange") + ": at most the last "
                    + Numbers.count(ReadWindow.EXCHANGES_MAX) + " and " + ReadWindow.DAYS_MAX + " days.");
        }
    }

    private void print(Insight insight) {
        int places = Numbers.places(insight.saving());
        shell.out().println();
        Footnotes words = new Footnotes();
        words.add(insight.title() + (insight.basis() == Insight.Basis.EXCHANGES ? "*: " : ": ")
                + Numbers.usd(insight.saving(), places) + " of " + Numbers.usd(insight.paid(), places) + ", "
                + Names.of(insight.certainty()));
        words.add(insight.assumption());
        String longest = longest(insight);
        if (!longest.isEmpty()) {
            words.add(longest);
        }
        words.printAlone(shell);
        boolean tokens = insight.steps().stream().anyMatch(step -> step.type() != null);
        Table table = new Table(tokens ? tokenColumns() : outcomeColumns());
        insight.steps().stream()
                .sorted(Comparator.comparing(
                                (Insight.Step step) -> step.saving().abs())
                        .reversed())
                .limit(STEPS_MAX)
                .forEach(step -> table.row(tokens ? tokenCells(step, places) : outcomeCells(step, places)));
        table.print(shell.out(), shell.columns(), shell.colours());
        owners(insight, places);
    }

    private void owners(Insight insight, int places) {
        Footnotes notes = new Footnotes();
        int more = insight.steps().size() - STEPS_MAX;
        if (more > 0) {
            notes.add("and " + counted(more, "more line") + "; --json and --csv have them.");
        }
        int others = insight.owners().size() - OWNERS_MAX + insight.moreOwners();
        notes.add(insight.owners().stream()
                        .limit(OWNERS_MAX)
                        .map(owner -> named(owner.group()) + " " + Numbers.usd(owner.saving(), places))
                        .collect(Collectors.joining("; "))
                + (others > 0 ? "; and " + Numbers.count(others) + " more" : ""));
        if (insight.leftOut() > 0) {
            notes.add(counted(insight.leftOut(), "exchange")
                    + " left out: what they cost isn't their usage at one rate of the present table.");
        }
        notes.printAlone(shell);
    }

    private static List<Column> tokenColumns() {
        return List.of(
                Column.text("Model", WHAT_LEAST),
                Column.text("Type", Integer.MAX_VALUE),
                Column.number("Tokens"),
                Column.number("Rate"),
                Column.number("instead"),
                Column.number("Saving"));
    }

    private static List<String> tokenCells(Insight.Step step, int places) {
        return List.of(
                Stream.of(step.what().split(" ", -1)).map(Names::model).collect(Collectors.joining(" ")),
                step.type() == null ? "" : Names.of(step.type()),
                Numbers.count(step.quantity()),
                rate(step.rate()),
                rate(step.insteadRate()),
                Numbers.usd(step.saving(), places));
    }

    private static List<Column> outcomeColumns() {
        return List.of(Column.text("Outcome", WHAT_LEAST), Column.number("Exchanges"), Column.number("Paid"));
    }

    private static List<String> outcomeCells(Insight.Step step, int places) {
        String outcome = step.what().startsWith(RULE_OF_OUTCOMES)
                ? step.what().substring(RULE_OF_OUTCOMES.length())
                : step.what();
        return List.of(
                outcome.toLowerCase(Locale.ROOT).replace('_', ' '),
                Numbers.count(step.quantity()),
                Numbers.usd(step.paid(), places));
    }

    private static String longest(Insight insight) {
        String share = insight.facts().get("share_of_cost");
        if (insight.kind() != Kind.LONG_OUTPUTS || share == null) {
            return "";
        }
        String tokens = insight.facts().getOrDefault("next_longest_tokens", "0");
        String percent = Numbers.exact(new BigDecimal(share).movePointRight(2).setScale(1, RoundingMode.HALF_EVEN));
        return "These exchanges, of more than " + Numbers.count(Long.parseLong(tokens)) + " tokens of output, cost "
                + percent + " % of the money.";
    }

    private static String rate(@Nullable BigDecimal rate) {
        return rate == null ? "mixed" : Numbers.exact(rate);
    }

    private static String counted(long count, String what) {
        return Numbers.count(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String named(Map<Dimension, String> group) {
        return Stream.of(Dimension.values())
                .filter(group::containsKey)
                .map(dimension -> dimension == Dimension.MODEL
                        ? Names.model(group.getOrDefault(dimension, ""))
                        : Names.of(dimension) + " " + Names.group(group.getOrDefault(dimension, "")))
                .map(Text::harmless)
                .collect(Collectors.joining(", "));
    }
}
