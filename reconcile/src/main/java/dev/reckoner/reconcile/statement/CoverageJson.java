package dev.reckoner.reconcile.statement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.reconcile.Coverage;
import dev.reckoner.reconcile.Passed;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Coverage as JSON: {@code tokens} and {@code amount} are shares, beside what they are shares of. */
final class CoverageJson {

    static final String KEY = "api_key_id";
    static final String WORKSPACE = "workspace_id";
    static final String MODEL = "model";
    static final String DAY = "day";

    private CoverageJson() {}

    static ObjectNode of(Coverage coverage) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        figures(json, coverage.whole());
        parts(json.putArray("by_key"), KEY, coverage.byKey());
        parts(json.putArray("by_workspace"), WORKSPACE, coverage.byWorkspace());
        parts(json.putArray("by_model"), MODEL, coverage.byModel());
        parts(json.putArray("by_day"), DAY, coverage.byDay());
        ArrayNode bypassing = json.putArray("bypassing");
        for (Coverage.Bypass key : coverage.bypassing()) {
            bypassing
                    .addObject()
                    .put(KEY, key.apiKeyId())
                    .put("name", key.name())
                    .put("tokens", key.tokens())
                    .put("amount", ReconciliationJson.plain(key.amount()))
                    .put("first_day", key.firstDay().toString())
                    .put("new", key.news());
        }
        return json;
    }

    private static void parts(ArrayNode json, String what, List<Passed> parts) {
        for (Passed part : parts) {
            ObjectNode item = json.addObject().put(what, part.id());
            if (what.equals(KEY) || what.equals(WORKSPACE)) {
                item.put("name", part.name());
            }
            figures(item, part);
        }
    }

    private static void figures(ObjectNode json, Passed part) {
        json.put("tokens", share(part.tokenShare()));
        json.put("amount", share(part.amountShare()));
        json.put("passed_tokens", part.tokens());
        json.put("billed_tokens", part.billedTokens());
        json.put("passed_amount", ReconciliationJson.plain(part.amount()));
        json.put("billed_amount", ReconciliationJson.plain(part.billedAmount()));
    }

    private static @Nullable String share(@Nullable BigDecimal share) {
        return share == null ? null : share.toPlainString();
    }
}
