package dev.reckoner.reconcile.statement;

import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Restated;
import dev.reckoner.reconcile.Variance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A reconciliation as one HTML file to read and to archive: totals, causes, evidence, method, hash of the inputs. */
public final class ReconciliationHtml {

    private ReconciliationHtml() {}

    /** The page. */
    public static String of(Reconciliation reconciliation) {
        Matched result = reconciliation.result();
        Html html = new Html("Reconciliation " + reconciliation.from() + " to " + reconciliation.to())
                .answer(Headline.of(reconciliation), reconciliation.matched())
                .section("Totals")
                .table(
                        List.of("", "#USD"),
                        List.of(
                                List.of("Billed by the vendor", Headline.usd(result.billed())),
                                List.of("In the ledger", Headline.usd(result.ledger())),
                                List.of("Difference", Headline.signed(result.difference()))),
                        true);
        if (!result.variances().isEmpty()) {
            html.section("Causes")
                    .table(List.of("Cause", "#USD", "#Variances", "What it means"), causes(reconciliation), true);
        }
        CoverageHtml.writeSummary(html, result.coverage());
        if (!result.variances().isEmpty()) {
            html.section("Variances")
                    .table(
                            List.of(
                                    "Day",
                                    "Workspace",
                                    "Key",
                                    "What",
                                    "#Ledger tokens",
                                    "#Billed tokens",
                                    "#Ledger USD",
                                    "#Billed USD",
                                    "#Difference USD",
                                    "Cause",
                                    "Evidence"),
                            result.variances().stream()
                                    .map(ReconciliationHtml::variance)
                                    .toList(),
                            false);
        }
        restated(html, reconciliation);
        CoverageHtml.writeParts(html, result.coverage());
        if (!reconciliation.notes().isEmpty()) {
            html.section("Notes");
            reconciliation.notes().forEach(html::paragraph);
        }
        return html.section("Method")
                .paragraph("The vendor's cost report and usage report were compared with the ledger for each UTC day,"
                        + " workspace, model, token class, service tier, context window, geography and speed, in exact"
                        + " decimals. A difference in tokens is valued at the billed unit price; what is left on tokens that"
                        + " agree is their price. The variances sum to the difference. Tolerance: "
                        + Headline.usd(reconciliation.tolerance()) + ".")
                .paragraph("Reconciliation " + reconciliation.id() + ", made " + reconciliation.madeAt() + ".")
                .code("SHA-256 of the inputs:", reconciliation.inputsSha256())
                .page();
    }

    private static void restated(Html html, Reconciliation reconciliation) {
        if (reconciliation.restated().isEmpty()) {
            return;
        }
        html.section("Restated days")
                .paragraph("The vendor has changed the bill of these days after they were pulled as complete.")
                .table(
                        List.of("Day", "Last pulled unchanged", "#USD before", "#USD now", "#Difference USD"),
                        reconciliation.restated().stream()
                                .map(ReconciliationHtml::restated)
                                .toList(),
                        false);
    }

    private static List<List<String>> causes(Reconciliation reconciliation) {
        List<List<String>> rows = new ArrayList<>();
        int variances = 0;
        for (Reconciliation.CauseSum sum : reconciliation.causes()) {
            rows.add(List.of(
                    sum.cause().word(),
                    Headline.signed(sum.amount()),
                    Integer.toString(sum.count()),
                    CauseWords.of(sum.cause())));
            variances += sum.count();
        }
        rows.add(
                List.of("Sum", Headline.signed(reconciliation.result().difference()), Integer.toString(variances), ""));
        return rows;
    }

    private static List<String> variance(Variance variance) {
        Cell cell = variance.cell();
        return List.of(
                cell.day().toString(),
                or(cell.workspaceId(), "default"),
                or(variance.apiKeyId(), ""),
                what(cell),
                tokens(variance.ledgerTokens()),
                tokens(variance.billedTokens()),
                Headline.usd(variance.ledgerAmount()),
                Headline.usd(variance.billedAmount()),
                Headline.signed(variance.difference()),
                variance.cause().word(),
                variance.evidence());
    }

    private static List<String> restated(Restated day) {
        return List.of(
                day.day().toString(),
                day.since().toString(),
                Headline.usd(day.before()),
                Headline.usd(day.now()),
                Headline.signed(day.difference()));
    }

    private static String what(Cell cell) {
        return Stream.of(
                        cell.model(),
                        cell.tokenType() == null ? cell.costType() : cell.tokenType(),
                        cell.serviceTier(),
                        cell.contextWindow(),
                        cell.inferenceGeo(),
                        cell.speed())
                .filter(term -> term != null)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    private static String tokens(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
