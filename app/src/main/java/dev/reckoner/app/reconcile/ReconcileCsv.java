package dev.reckoner.app.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.app.output.Csv;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.statement.ReconciliationJson;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The variances of a reconciliation as comma-separated values, the fields of its JSON as columns. */
final class ReconcileCsv {

    private static final List<String> COLUMNS = List.of(
            "starting_at",
            "ending_at",
            "workspace_id",
            "api_key_id",
            "cost_type",
            "model",
            "token_type",
            "service_tier",
            "context_window",
            "inference_geo",
            "speed",
            "ledger_tokens",
            "billed_tokens",
            "ledger_amount",
            "billed_amount",
            "difference",
            "cause",
            "evidence");

    private static final Set<String> NUMBERS =
            Set.of("ledger_tokens", "billed_tokens", "ledger_amount", "billed_amount", "difference");

    private ReconcileCsv() {}

    static String of(Reconciliation reconciliation) {
        List<List<String>> records = new ArrayList<>();
        records.add(COLUMNS);
        for (JsonNode variance : ReconciliationJson.of(reconciliation).path("variances")) {
            List<String> record = new ArrayList<>();
            for (String column : COLUMNS) {
                JsonNode value = variance.path(column);
                String text = value.isNull() ? "" : value.asText();
                record.add(NUMBERS.contains(column) ? text : Csv.text(text));
            }
            records.add(record);
        }
        StringWriter out = new StringWriter();
        Csv.write(out, records);
        return out.toString();
    }
}
