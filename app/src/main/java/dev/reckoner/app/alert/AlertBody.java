package dev.reckoner.app.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.StoredAlert;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An alert as JSON: {@code text} for Slack and whatever takes its messages, the rest for programs. */
final class AlertBody {

    private AlertBody() {}

    static byte[] of(StoredAlert stored) {
        Alert alert = stored.alert();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("text", "Reckoner: " + escaped(alert.message()));
        json.put("id", stored.id());
        json.put("kind", alert.kind().name().toLowerCase(Locale.ROOT));
        json.put("about", alert.about());
        json.put("raised_at", alert.at().toString());
        json.put("message", alert.message());
        json.put("repeats", stored.repeats());
        ObjectNode facts = json.putObject("facts");
        alert.facts().forEach(facts::put);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Names come from the network: none of them becomes a link or calls a whole channel. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
