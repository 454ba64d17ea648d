package dev.reckoner.app.insight;

import dev.reckoner.app.command.Names;
import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.insight.Insight;
import dev.reckoner.ledger.insight.InsightReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Insights for programs: JSON with everything, CSV with a record for each line of the arithmetic. */
final class InsightData {
    private static final List<String> COLUMNS = List.of(
            "insight",
            "certainty",
            "basis",
            "what",
            "type",
            "quantity",
            "rate",
            "instead_rate",
            "paid",
            "instead",
            "saving");

    private InsightData() {}

    static void json(PrintWriter out, InsightReport report) {
        Json.print(
                out,
                /* oneLine= */ false,
                object -> {
                    object.field("from", report.from());
                    object.field("until", report.until());
                    object.field("exchanges", report.exchanges());
                    object.field("spent", report.spent());
                    object.field("rates", report.rates());
                    object.object("read", read -> {
                        read.field("from", report.read().from());
                        read.field("until", report.read().until());
                        read.field("exchanges", report.read().exchanges());
                        read.field("whole", report.read().whole());
                    });
                    object.array("insights", list -> {
                        for (Insight insight : report.insights()) {
                            list.object(one -> write(one, insight));
                        }
                    });
                });
    }

    private static void write(Json json, Insight insight) throws IOException {
        json.field("kind", insight.kind());
        json.field("certainty", insight.certainty());
        json.field("basis", insight.basis());
        json.field("title", insight.title());
        json.field("assumption", insight.assumption());
        json.field("exchanges", insight.exchanges());
        json.field("leftOut", insight.leftOut());
        json.field("paid", insight.paid());
        json.field("instead", insight.instead());
        json.field("saving", insight.saving());
        json.array("steps", list -> {
            for (Insight.Step step : insight.steps()) {
                list.object(one -> {
                    one.field("what", step.what());
                    one.field("type", step.type() == null ? null : Names.of((Enum<?>) step.type()));
                    one.field("quantity", step.quantity());
                    one.field("rate", step.rate());
                    one.field("insteadRate", step.insteadRate());
                    one.field("paid", step.paid());
                    one.field("instead", step.instead());
                    one.field("saving", step.saving());
                });
            }
        });
        json.array("owners", list -> {
            for (Insight.Owner owner : insight.owners()) {
                list.object(one -> {
                    group(one, owner.group());
                    one.field("paid", owner.paid());
                    one.field("instead", owner.instead());
                    one.field("saving", owner.saving());
                });
            }
        });
        json.field("moreOwners", insight.moreOwners());
        json.object("facts", facts -> {
            for (Map.Entry<String, String> fact : insight.facts().entrySet()) {
                facts.field(fact.getKey(), fact.getValue());
            }
        });
    }

    static void group(Json json, Map<Dimension, String> group) throws IOException {
        for (Dimension dimension : Dimension.values()) {
            String value = group.get(dimension);
            if (value != null) {
                json.field(Names.of(dimension), value);
            }
        }
    }

    static void csv(PrintWriter out, InsightReport report) {
        List<List<String>> records = new ArrayList<>();
        records.add(COLUMNS);
        for (Insight insight : report.insights()) {
            for (Insight.Step step : insight.steps()) {
                records.add(List.of(
                        Names.of(insight.kind()),
                        Names.of(insight.certainty()),
                        Names.of(insight.basis()),
                        Csv.text(step.what()),
                        step.type() == null ? "" : Names.of((Enum<?>) step.type()),
                        String.valueOf(step.quantity()),
                        exact(step.rate()),
                        exact(step.insteadRate()),
                        Numbers.exact(step.paid()),
                        Numbers.exact(step.instead()),
                        Numbers.exact(step.saving())));
            }
        }
        Csv.write(out, records);
    }

    private static String exact(@Nullable BigDecimal amount) {
        return amount == null ? "" : Numbers.exact(amount);
    }
}
