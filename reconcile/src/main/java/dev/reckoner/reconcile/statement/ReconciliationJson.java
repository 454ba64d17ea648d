package dev.reckoner.reconcile.statement;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Restated;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;

/** A reconciliation as JSON; amounts are decimal strings in USD, exact. */
public final class ReconciliationJson {

    private ReconciliationJson() {}

    /** The whole of it. */
    public static ObjectNode of(Reconciliation reconciliation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", reconciliation.id());
        json.put("from", reconciliation.from().toString());
        json.put("to", reconciliation.to().toString());
        json.put("made_at", reconciliation.madeAt().toString());
        json.put("matched", reconciliation.matched());
        json.put("tolerance", plain(reconciliation.tolerance()));
        json.put("ledger_amount", plain(reconciliation.result().ledger()));
        json.put("billed_amount", plain(reconciliation.result().billed()));
        json.put("difference", plain(reconciliation.result().difference()));
        json.set("coverage", CoverageJson.of(reconciliation.result().coverage()));
        for (Reconciliation.CauseSum sum : reconciliation.causes()) {
            json.withArray("causes")
                    .addObject()
                    .put("cause", sum.cause().word())
                    .put("amount", plain(sum.amount()))
                    .put("count", sum.count());
        }
        json.withArray("causes");
        json.withArray("variances");
        for (Variance variance : reconciliation.result().variances()) {
            json.withArray("variances").add(variance(variance));
        }
        json.put("other_instant", reconciliation.result().otherInstant());
        json.withArray("restated");
        for (Restated day : reconciliation.restated()) {
            json.withArray("restated")
                    .addObject()
                    .put("day", day.day().toString())
                    .put("since", day.since().toString())
                    .put("before", plain(day.before()))
                    .put("now", plain(day.now()));
        }
        json.withArray("notes");
        reconciliation.notes().forEach(note -> json.withArray("notes").add(note));
        json.put("inputs_sha256", reconciliation.inputsSha256());
        return json;
    }

    private static ObjectNode variance(Variance variance) {
        Cell cell = variance.cell();
        return JsonNodeFactory.instance
                .objectNode()
                .put("starting_at", cell.day() + "T00:00:00Z")
                .put("ending_at", cell.day().plusDays(1) + "T00:00:00Z")
                .put("workspace_id", cell.workspaceId())
                .put("api_key_id", variance.apiKeyId())
                .put("cost_type", cell.costType())
                .put("model", cell.model())
                .put("token_type", cell.tokenType())
                .put("service_tier", cell.serviceTier())
                .put("context_window", cell.contextWindow())
                .put("inference_geo", cell.inferenceGeo())
                .put("speed", cell.speed())
                .put("ledger_tokens", variance.ledgerTokens())
                .put("billed_tokens", variance.billedTokens())
                .put("ledger_amount", plain(variance.ledgerAmount()))
                .put("billed_amount", plain(variance.billedAmount()))
                .put("difference", plain(variance.difference()))
                .put("cause", variance.cause().word())
                .put("evidence", variance.evidence());
    }

    /** An amount without trailing zeros and without an exponent. */
    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
