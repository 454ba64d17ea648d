package dev.reckoner.app.command;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A report for programs: JSON in ccusage's shape with more fields, or CSV. Nothing is rounded. */
final class ReportData {
    private final Report report;
    private final Shell shell;

    ReportData(Report report, Shell shell) {
        this.report = report;
        this.shell = shell;
    }

    void json() {
        Report.Question question = report.question();
        Json.print(shell.out(), false, json -> {
            json.array(question.name(), rows -> {
                for (Group group : report.groups()) {
                    rows.object(row -> group(row, group));
                }
            });
            json.object("totals", totals -> figures(totals, report.total(), "totalCost"));
            json.object("period", period -> {
                period.field("from", question.period().from());
                period.field("until", question.period().until());
            });
            json.field("source", report.source());
            json.field("recordsNotCountedYet", report.lag().frames());
        });
    }

    private void group(Json row, Group group) throws IOException {
        Report.Question question = report.question();
        if (question.bucket() != Bucket.ALL) {
            row.field(dateField(question.bucket()), date(group));
        }
        for (int i = 0; i < question.by().size(); i++) {
            row.field(field(question.by().get(i)), group.keys().get(i));
        }
        figures(row, group.figures(), "totalCost");
        row.field("lastActivity", group.last());
        if (question.models()) {
            row.array("modelsUsed", models -> {
                for (Group.ModelPart part : group.models()) {
                    models.item(part.model());
                }
            });
            row.array("modelBreakdowns", models -> {
                for (Group.ModelPart part : group.models()) {
                    models.object(model -> {
                        model.field("modelName", part.model());
                        figures(model, part.figures(), "cost");
                    });
                }
            });
        }
    }

    private static String dateField(Bucket bucket) {
        return switch (bucket) {
            case MONTH -> "month";
            case WEEK -> "week";
            case DAY -> "date";
            case MINUTE, HOUR, ALL -> "time";
        };
    }

    /** Hours and minutes in RFC 3339, longer buckets as people write them. */
    private String date(Group group) {
        Bucket bucket = report.question().bucket();
        boolean instant = bucket == Bucket.HOUR || bucket == Bucket.MINUTE;
        return instant && group.start() != null ? group.start().toString() : BucketLabel.of(bucket, group.start());
    }

    private static String field(Dimension dimension) {
        return switch (dimension) {
            case SESSION -> "sessionId";
            case VIRTUAL_KEY -> "virtualKey";
            case SERVICE_TIER -> "serviceTier";
            case INFERENCE_GEO -> "inferenceGeo";
            case CONTEXT_WINDOW -> "contextWindow";
            default -> Names.of(dimension);
        };
    }

    static void figures(Json json, Figures figures, String cost) throws IOException {
        json.field("inputTokens", figures.input());
        json.field("outputTokens", figures.output());
        json.field("cacheCreationTokens", figures.cacheCreate());
        json.field("cacheCreation5mTokens", figures.sums().quantity(TokenType.CACHE_WRITE_5M));
        json.field("cacheCreation1hTokens", figures.sums().quantity(TokenType.CACHE_WRITE_1H));
        json.field("cacheReadTokens", figures.cacheRead());
        json.field("totalTokens", figures.totalTokens());
        json.field("webSearchRequests", figures.sums().quantity(TokenType.WEB_SEARCH));
        json.field(cost, figures.cost());
        json.field("requests", figures.sums().exchanges());
        json.field("failed", figures.sums().failed());
        json.field("pending", figures.sums().pending());
        json.field("estimated", figures.sums().estimated());
    }

    void csv() {
        Report.Question question = report.question();
        List<String> header = new ArrayList<>();
        if (question.bucket() != Bucket.ALL) {
            header.add(dateField(question.bucket()));
        }
        question.by().forEach(dimension -> header.add(Names.of(dimension)));
        if (question.models()) {
            header.add("model");
        }
        header.addAll(figureNames());
        List<List<String>> records = rows();
        records.add(0, header);
        Csv.write(shell.out(), records);
    }

    /** The names of the cells of {@link #cells}. */
    static List<String> figureNames() {
        List<String> names = new ArrayList<>(List.of("requests", "failed", "pending", "estimated"));
        Stream.of(TokenType.values()).forEach(type -> names.add(type.vendorName()));
        Stream.of(TokenType.values()).forEach(type -> names.add(type.vendorName() + "_usd"));
        names.add("total_usd");
        return names;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Group group : report.groups()) {
            List<String> labels = new ArrayList<>();
            if (report.question().bucket() != Bucket.ALL) {
                labels.add(date(group));
            }
            group.keys().forEach(key -> labels.add(Csv.text(key)));
            if (!report.question().models()) {
                rows.add(cells(labels, group.figures()));
                continue;
            }
            for (Group.ModelPart part : group.models()) {
                List<String> withModel = new ArrayList<>(labels);
                withModel.add(Csv.text(part.model()));
                rows.add(cells(withModel, part.figures()));
            }
        }
        return rows;
    }

    /** A record of labels and figures. */
    static List<String> cells(List<String> labels, Figures figures) {
        List<String> cells = new ArrayList<>(labels);
        cells.add(String.valueOf(figures.sums().exchanges()));
        cells.add(String.valueOf(figures.sums().failed()));
        cells.add(String.valueOf(figures.sums().pending()));
        cells.add(String.valueOf(figures.sums().estimated()));
        for (TokenType type : TokenType.values()) {
            cells.add(String.valueOf(figures.sums().quantity(type)));
        }
        for (TokenType type : TokenType.values()) {
            cells.add(Numbers.exact(figures.sums().amount(type)));
        }
        cells.add(Numbers.exact(figures.cost()));
        return cells;
    }
}
