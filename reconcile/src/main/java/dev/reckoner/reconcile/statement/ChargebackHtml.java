package dev.reckoner.reconcile.statement;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.reconcile.chargeback.MonthSplit;
import dev.reckoner.reconcile.chargeback.Owed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A chargeback on paper: the whole of it as one page, or a statement for each owner and an index of them. Each page holds
 * all it needs and loads nothing; names come from the network and are escaped.
 */
public final class ChargebackHtml {

    private static final int SHARE_PLACES = 6;
    private static final String NONE = "";

    private final MonthSplit split;
    private final Dimension by;
    private final Instant madeAt;
    private final Map<Line, BigDecimal> billed = new HashMap<>();

    /**
     * The pages of a month.
     *
     * @param madeAt when they are made
     */
    public ChargebackHtml(MonthSplit split, Dimension by, Instant madeAt) {
        this.split = split;
        this.by = by;
        this.madeAt = madeAt;
        for (Owed row : split.by(by)) {
            row.parts().forEach(part -> billed.merge(Line.of(part), part.amount(), BigDecimal::add));
        }
    }

    /** All rows, and what each is made of. */
    public String whole() {
        Html html = page("Chargeback " + split.month() + " by " + word())
                .answer("The bill: " + Headline.usd(split.billed()), true);
        html.section("Rows").table(List.of(title(), "Adjusts", "#USD", "#Share of the bill"), rows(NONE), true);
        html.section("What they are made of")
                .table(
                        List.of(title(), "Model", "What", "#Quantity", "#USD", "#Share of its line"),
                        split.by(by).stream()
                                .flatMap(row -> row.parts().stream().map(part -> with(OwedWords.owner(row), part)))
                                .toList(),
                        false);
        return method(html);
    }

    /** The owners that a statement is made for, with the name of its file. */
    public SortedMap<String, String> owners() {
        SortedMap<String, String> owners = new TreeMap<>();
        for (Owed row : split.by(by)) {
            if (row.kind() == Owed.Kind.OWNER) {
                owners.put(row.owner(), FileNames.of(by, row.owner()));
            }
        }
        return owners;
    }

    /** The statement of one owner. */
    public String statement(String owner) {
        List<Owed> own = split.by(by).stream()
                .filter(row -> row.kind() == Owed.Kind.OWNER && row.owner().equals(owner))
                .toList();
        List<List<String>> parts = new ArrayList<>();
        List<List<String>> adjustments = new ArrayList<>();
        BigDecimal month = BigDecimal.ZERO;
        BigDecimal adjusted = BigDecimal.ZERO;
        for (Owed row : own) {
            YearMonth adjusts = row.adjusts();
            if (adjusts == null) {
                month = month.add(row.amount());
                row.parts().forEach(part -> parts.add(part(part)));
            } else {
                adjusted = adjusted.add(row.amount());
                adjustments.add(List.of(adjusts.toString(), Headline.signed(row.amount())));
            }
        }
        parts.add(List.of("Sum", NONE, NONE, Headline.usd(month), NONE));
        Html html = page("Statement " + split.month() + ": " + owner)
                .section("Sum")
                .table(
                        List.of("", "#USD"),
                        List.of(
                                List.of("Of the bill of " + split.month(), Headline.usd(month)),
                                List.of("Adjustments of earlier months", Headline.signed(adjusted)),
                                List.of("To be charged", Headline.usd(month.add(adjusted)))),
                        true);
        html.section("Of the bill of " + split.month())
                .table(List.of("Model", "What", "#Quantity", "#USD", "#Share of its line"), parts, true);
        if (!adjustments.isEmpty()) {
            html.section("Adjustments").table(List.of("Month that was closed", "#USD"), adjustments, false);
        }
        return method(html);
    }

    /** The page that lists all rows, with the file of each statement. */
    public String index() {
        Html html = page("Statements " + split.month() + " by " + word());
        html.section("Rows")
                .table(List.of(title(), "Adjusts", "#USD", "#Share of the bill", "File"), rows("File"), true);
        return method(html);
    }

    private Html page(String title) {
        Instant closed = split.closedAt();
        Html html = new Html(title);
        return html.paragraph(split.month().atDay(1) + " to " + split.to() + " UTC. "
                + (closed == null ? "Not closed; as of " + madeAt + "." : "Closed " + closed + "."));
    }

    private List<List<String>> rows(String file) {
        Map<String, String> files = owners();
        BigDecimal total = split.total(by);
        List<List<String>> rows = new ArrayList<>();
        for (Owed row : split.by(by)) {
            YearMonth adjusts = row.adjusts();
            List<String> cells = new ArrayList<>(List.of(
                    OwedWords.owner(row),
                    adjusts == null ? NONE : adjusts.toString(),
                    Headline.usd(row.amount()),
                    adjusts == null ? share(row.amount(), split.billed()) : NONE));
            if (!file.isEmpty()) {
                cells.add(row.kind() == Owed.Kind.OWNER ? files.getOrDefault(row.owner(), NONE) : NONE);
            }
            rows.add(cells);
        }
        List<String> sum = new ArrayList<>(List.of("Sum", NONE, Headline.usd(total), NONE));
        if (!file.isEmpty()) {
            sum.add(NONE);
        }
        rows.add(sum);
        return rows;
    }

    private List<String> part(Owed.Part part) {
        String model = part.model();
        BigDecimal line = billed.getOrDefault(Line.of(part), BigDecimal.ZERO);
        return List.of(
                model == null ? NONE : model,
                part.type().replace('_', ' '),
                String.format(Locale.ROOT, "%,d", part.quantity()),
                Headline.usd(part.amount()),
                share(part.amount(), line));
    }

    private List<String> with(String owner, Owed.Part part) {
        List<String> cells = new ArrayList<>(List.of(owner));
        cells.addAll(part(part));
        return cells;
    }

    private String method(Html html) {
        if (!split.notes().isEmpty()) {
            html.section("Notes");
            split.notes().forEach(html::paragraph);
        }
        return html.section("Method")
                .paragraph(
                        "Each line of the vendor's bill (day, workspace, model, token class, service tier, context window,"
                                + " geography, speed) is split by the tokens that the ledger has of each " + word()
                                + " there. What went past the proxy, time, and what nobody can be named for have rows of their own."
                                + " What can't be divided goes to the largest remainder, so that all rows sum to the bill of "
                                + Headline.usd(split.billed()) + " exactly.")
                .paragraph("An adjustment is what a closed month would be charged today, minus what was charged of it.")
                .code("SHA-256 of the inputs:", split.inputsSha256())
                .page();
    }

    private String word() {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private String title() {
        return word().substring(0, 1).toUpperCase(Locale.ROOT) + word().substring(1);
    }

    private static String share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? NONE
                : CoverageHtml.percent(part.divide(whole, SHARE_PLACES, RoundingMode.HALF_EVEN));
    }

    /** What stands on one line of the bill, over all days and terms. */
    private record Line(@Nullable String model, String type) {
        static Line of(Owed.Part part) {
            return new Line(part.model(), part.type());
        }
    }
}
