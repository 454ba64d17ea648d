package dev.reckoner.app.command;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a printed report: a bucket and a group with its figures, and the models they are made of.
 *
 * @param keys values of the dimensions asked for, in their order
 * @param models by falling cost; empty where models were not asked
 */
record Group(@Nullable Instant start, List<String> keys, Figures figures, Instant last, List<ModelPart> models) {

    /** The part of one model. */
    record ModelPart(String model, Figures figures) {}

    /** Rows as they are, without models. */
    static List<Group> plain(List<ReportRow> rows) {
        return rows.stream()
                .map(row -> new Group(row.start(), row.group(), new Figures(row.sums()), row.last(), List.of()))
                .toList();
    }

    /**
     * Folds rows whose last dimension is the model into one group per bucket and other dimensions.
     *
     * @param by the dimensions of the groups; where the model is one of them it is kept
     */
    static List<Group> overModels(List<ReportRow> rows, List<Dimension> by) {
        Map<List<Object>, List<ReportRow>> folded = new LinkedHashMap<>();
        for (ReportRow row : rows) {
            List<Object> key = new ArrayList<>(row.group().subList(0, by.size()));
            key.add(row.start() == null ? "" : row.start());
            folded.computeIfAbsent(key, first -> new ArrayList<>()).add(row);
        }
        return folded.values().stream().map(part -> fold(part, by.size())).toList();
    }

    private static Group fold(List<ReportRow> rows, int width) {
        ReportRow first = rows.get(0);
        Figures figures = Figures.NONE;
        Instant last = first.last();
        List<ModelPart> models = new ArrayList<>();
        for (ReportRow row : rows) {
            Figures part = new Figures(row.sums());
            figures = figures.plus(part);
            last = row.last().isAfter(last) ? row.last() : last;
            models.add(new ModelPart(row.group().get(row.group().size() - 1), part));
        }
        models.sort(Comparator.comparing((ModelPart part) -> part.figures().cost())
                .thenComparing(part -> part.figures().totalTokens())
                .reversed());
        return new Group(first.start(), first.group().subList(0, width), figures, last, models);
    }

    /** The sum of all groups. */
    static Figures total(List<Group> groups) {
        Figures total = Figures.NONE;
        for (Group group : groups) {
            total = total.plus(group.figures());
        }
        return total;
    }
}
