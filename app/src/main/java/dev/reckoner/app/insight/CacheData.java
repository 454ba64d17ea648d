package dev.reckoner.app.insight;

import dev.reckoner.app.command.Names;
import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.insight.CacheReport;
import dev.reckoner.ledger.insight.CacheRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Whether caching pays, for programs: JSON and CSV with every column. */
final class CacheData {
    private static final List<String> FIGURES = List.of(
            "verdict",
            "exchanges",
            "input",
            "written_5m",
            "written_1h",
            "read",
            "cache_rate",
            "premium_5m",
            "premium_1h",
            "saved",
            "net",
            "unpriced");

    private CacheData() {}

    static void json(PrintWriter out, CacheReport report) {
        Json.print(
                out,
                /* oneLine= */ false,
                object -> {
                    object.field("from", report.from());
                    object.field("until", report.until());
                    object.field("rates", report.rates());
                    object.array("apps", list -> {
                        for (CacheRow row : report.rows()) {
                            list.object(one -> write(one, row));
                        }
                    });
                    object.object("totals", one -> write(one, report.total()));
                });
    }

    private static void write(Json json, CacheRow row) throws IOException {
        InsightData.group(json, row.group());
        json.field("verdict", row.verdict());
        json.field("exchanges", row.exchanges());
        json.field("input", row.input());
        json.field("written5m", row.written5m());
        json.field("written1h", row.written1h());
        json.field("read", row.read());
        json.field("cacheRate", row.cacheRate());
        json.field("premium5m", row.premium5m());
        json.field("premium1h", row.premium1h());
        json.field("saved", row.saved());
        json.field("net", row.net());
        json.field("unpriced", row.unpriced());
    }

    static void csv(PrintWriter out, CacheReport report) {
        List<List<String>> records = new ArrayList<>();
        List<String> header =
                new ArrayList<>(report.by().stream().map(Names::of).toList());
        header.addAll(FIGURES);
        records.add(header);
        for (CacheRow row : report.rows()) {
            List<String> cells = new ArrayList<>();
            for (Dimension dimension : report.by()) {
                cells.add(Csv.text(row.group().getOrDefault(dimension, "")));
            }
            cells.add(Names.of(row.verdict()));
            cells.add(String.valueOf(row.exchanges()));
            cells.add(String.valueOf(row.input()));
            cells.add(String.valueOf(row.written5m()));
            cells.add(String.valueOf(row.written1h()));
            cells.add(String.valueOf(row.read()));
            cells.add(row.cacheRate() == null ? "" : row.cacheRate().toPlainString());
            cells.add(Numbers.exact(row.premium5m()));
            cells.add(Numbers.exact(row.premium1h()));
            cells.add(Numbers.exact(row.saved()));
            cells.add(Numbers.exact(row.net()));
            cells.add(String.valueOf(row.unpriced()));
            records.add(cells);
        }
        Csv.write(out, records);
    }
}
