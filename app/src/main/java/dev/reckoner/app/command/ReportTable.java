package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report as a table: its labels, the figures that its command is about, a total, and footnotes. */
final class ReportTable {
    private static final int LABEL_LEAST = 12;

    /** A UUID, which tells nothing when it is cut. */
    private static final int SESSION_LEAST = 36;

    private static final int MODELS_LEAST = 14;
    private static final String BRANCH = "└─ ";
    private static final DateTimeFormatter SEEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Report report;
    private final Shell shell;
    private final Figure.View view;
    private final int places;
    private final boolean breakdown;

    /** A column with what its cell says for a group, for a model of the group, and in the row of totals. */
    private record Part(
            Column column,
            Function<Group, String> group,
            Function<Group.ModelPart, String> model,
            Function<Figures, String> total) {

        static Part label(Column column, Function<Group, String> group) {
            return new Part(column, group, model -> "", total -> "");
        }
    }

    ReportTable(Report report, Shell shell, Figure.View view) {
        this.report = report;
        this.shell = shell;
        this.view = view;
        this.places = Numbers.places(report.total().cost());
        this.breakdown = report.question().breakdown()
                && report.groups().stream().anyMatch(group -> group.models().size() > 1);
    }

    void print() {
        shell.out().println(heading());
        if (report.groups().isEmpty()) {
            shell.out().println("No metered exchanges.");
            footnotes(List.of());
            return;
        }
        shell.out().println();
        footnotes(table());
    }

    private String heading() {
        Report.Question question = report.question();
        String name = question.name();
        String by = question.by().stream().map(Names::of).collect(Collectors.joining(", "));
        String where = question.where().entrySet().stream()
                .map(filter -> Names.of(filter.getKey()) + "=" + String.join("|", filter.getValue()))
                .collect(Collectors.joining(", "));
        return Text.harmless(name.substring(0, 1).toUpperCase(Locale.ROOT)
                + name.substring(1)
                + (by.isEmpty() ? "" : " by " + by)
                + (where.isEmpty() ? "" : " where " + where)
                + ", "
                + question.period().words());
    }

    private List<String> table() {
        List<Part> parts = parts();
        Table table = new Table(parts.stream().map(Part::column).toList());
        for (Group group : report.groups()) {
            table.row(parts.stream().map(part -> part.group().apply(group)).toList());
            if (breakdown) {
                for (Group.ModelPart model : group.models()) {
                    table.detail(parts.stream()
                            .map(part -> part.model().apply(model))
                            .toList());
                }
            }
        }
        if (report.groups().size() > 1) {
            List<String> total = new ArrayList<>(parts.stream()
                    .map(part -> part.total().apply(report.total()))
                    .toList());
            total.set(0, "Total");
            table.total(total);
        }
        return table.print(shell.out(), shell.columns(), shell.colours());
    }

    private List<Part> parts() {
        Report.Question question = report.question();
        List<Part> parts = new ArrayList<>();
        if (question.bucket() != Bucket.ALL) {
            Column column = new Column(BucketLabel.title(question.bucket()), false, 0, Integer.MAX_VALUE);
            parts.add(Part.label(column, group -> BucketLabel.of(question.bucket(), group.start())));
        }
        for (int i = 0; i < question.by().size(); i++) {
            int place = i;
            boolean session = question.by().get(i) == Dimension.SESSION;
            Column column = Column.text(Names.title(question.by().get(i)), session ? SESSION_LEAST : LABEL_LEAST);
            boolean model = question.by().get(i) == Dimension.MODEL;
            parts.add(Part.label(column, group -> {
                String key = group.keys().get(place);
                return model ? Names.model(key) : Names.group(key);
            }));
        }
        if (question.models()) {
            parts.add(new Part(
                    Column.text("Models", MODELS_LEAST),
                    this::models,
                    model -> BRANCH + Names.model(model.model()),
                    total -> ""));
        }
        if (parts.isEmpty()) {
            parts.add(Part.label(Column.text("", 0), group -> "Total"));
        }
        for (Figure figure : Figure.of(view)) {
            Function<Figures, String> cell = row -> figure.cell(row, places);
            parts.add(new Part(
                    figure.column(), group -> cell.apply(group.figures()), model -> cell.apply(model.figures()), cell));
        }
        if (question.by().contains(Dimension.SESSION)) {
            parts.add(
                    Part.label(Column.text("Last Activity", Integer.MAX_VALUE, 1), group -> SEEN.format(group.last())));
        }
        return parts;
    }

    private String models(Group group) {
        List<Group.ModelPart> used = group.models().stream()
                .filter(part -> part.figures().totalTokens() > 0)
                .toList();
        return breakdown && group.models().size() > 1
                ? group.models().size() + " models"
                : used.stream().map(part -> Names.model(part.model())).collect(Collectors.joining(", "));
    }

    private void footnotes(List<String> leftOut) {
        Footnotes notes = new Footnotes();
        if (view != Figure.View.TOKENS && !report.groups().isEmpty()) {
            notes.add("USD, each rounded once, half-even, to " + places + " places from its exact sum.");
        }
        notes.estimated(report.total().sums().estimated());
        notes.pending(report.total().sums().pending());
        if (!leftOut.isEmpty()) {
            notes.add("Left out to fit " + shell.columns() + " columns: " + String.join(", ", leftOut)
                    + "; a wider terminal, --json and --csv have them.");
        }
        notes.lag(report.lag());
        notes.print(shell);
    }
}
