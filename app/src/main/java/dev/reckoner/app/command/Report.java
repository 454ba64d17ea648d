package dev.reckoner.app.command;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.Reports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A report as asked and answered, ready to be written.
 *
 * @param source where the books were read from
 * @param lag how far the store was behind when it was asked
 */
record Report(Question question, List<Group> groups, Figures total, String source, Lag lag) {

    /**
     * What was asked.
     *
     * @param name of the command, "usage" or "daily" for instance
     * @param models whether each row shall name its models
     * @param breakdown whether a table shall have a row for each of them
     */
    record Question(
            String name,
            Period period,
            Bucket bucket,
            List<Dimension> by,
            Map<Dimension, List<String>> where,
            boolean models,
            boolean breakdown) {}

    static Report ask(Question question, Reports reports, String source) {
        List<Dimension> by = new ArrayList<>(question.by());
        if (question.models()) {
            by.add(Dimension.MODEL);
        }
        var rows = reports.report(query(question, question.bucket(), by));
        List<Group> groups = question.models() ? Group.overModels(rows, question.by()) : Group.plain(rows);
        // an exchange with two tags stands in two groups, so that their sum is more than the whole
        boolean overlapping = question.by().contains(Dimension.TAG);
        Figures total = overlapping
                ? Group.total(Group.plain(reports.report(query(question, question.bucket(), List.of()))))
                : Group.total(groups);
        return new Report(question, groups, total, source, reports.lag());
    }

    private static ReportQuery query(Question question, Bucket bucket, List<Dimension> by) {
        Period period = question.period();
        return new ReportQuery(period.from(), period.until(), bucket, by, question.where());
    }
}
