package dev.reckoner.app.command;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.ledger.SessionRow;
import dev.reckoner.ledger.SessionRow.ModelPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sessions for programs: JSON in ccusage's shape with more fields, or CSV with a record per session and model. */
final class SessionData {
    private static final List<String> LABELS = List.of(
            "session", "user", "team", "project", "first", "last", "api_duration_ms", "wall_duration_ms", "model");

    private final SessionReport report;
    private final Shell shell;

    SessionData(SessionReport report, Shell shell) {
        this.report = report;
        this.shell = shell;
    }

    void json() {
        Json.print(shell.out(), false, json -> {
            json.array("sessions", rows -> {
                for (SessionRow row : report.rows()) {
                    rows.object(object -> session(object, row));
                }
            });
            json.object("totals", totals -> ReportData.figures(totals, report.total(), "totalCost"));
            json.object("period", period -> {
                period.field("from", report.period().from());
                period.field("until", report.period().until());
            });
            json.field("more", report.more());
            json.field("source", report.source());
            json.field("recordsNotCountedYet", report.lag().frames());
        });
    }

    private static void session(Json json, SessionRow row) throws IOException {
        json.field("sessionId", row.session());
        json.field("user", row.user());
        json.field("team", row.team());
        json.field("project", row.project());
        ReportData.figures(json, new Figures(row.sums()), "totalCost");
        json.field("firstActivity", row.first());
        json.field("lastActivity", row.last());
        json.field("apiDurationMs", row.apiDuration().toMillis());
        json.field("wallDurationMs", row.wallDuration().toMillis());
        json.array("modelsUsed", models -> {
            for (ModelPart part : row.models()) {
                models.item(part.model());
            }
        });
        json.array("modelBreakdowns", models -> {
            for (ModelPart part : row.models()) {
                models.object(model -> {
                    model.field("modelName", part.model());
                    ReportData.figures(model, new Figures(part.sums()), "cost");
                });
            }
        });
    }

    void csv() {
        List<List<String>> records = new ArrayList<>();
        List<String> header = new ArrayList<>(LABELS);
        header.addAll(ReportData.figureNames());
        records.add(header);
        for (SessionRow row : report.rows()) {
            for (ModelPart part : row.models()) {
                List<String> labels = List.of(
                        Csv.text(row.session()),
                        Csv.text(row.user()),
                        Csv.text(row.team()),
                        Csv.text(row.project()),
                        row.first().toString(),
                        row.last().toString(),
                        String.valueOf(row.apiDuration().toMillis()),
                        String.valueOf(row.wallDuration().toMillis()),
                        Csv.text(part.model()));
                records.add(ReportData.cells(labels, new Figures(part.sums())));
            }
        }
        Csv.write(shell.out(), records);
    }
}
