package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One content block in both of its forms.
 *
 * @param whole as it stands in a JSON body
 * @param start as it opens in a stream
 * @param deltas what a stream adds to the start
 */
record Block(ObjectNode whole, ObjectNode start, List<ObjectNode> deltas) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static Block text(List<String> pieces) {
        List<ObjectNode> deltas = new ArrayList<>();
        for (String piece : pieces) {
            deltas.add(delta("text_delta", "text", piece));
        }
        return new Block(text(String.join("", pieces)), text(""), deltas);
    }

    static Block thinking(List<String> pieces, String signature) {
        List<ObjectNode> deltas = new ArrayList<>();
        for (String piece : pieces) {
            deltas.add(delta("thinking_delta", "thinking", piece));
        }
        deltas.add(delta("signature_delta", "signature", signature));
        return new Block(thinking(String.join("", pieces), signature), thinking("", ""), deltas);
    }

    /** A call of the client's tool (tool_use) or of the vendor's own (server_tool_use). */
    static Block call(String type, String id, String name, ObjectNode input, int pieceChars) {
        ObjectNode start = NODES.objectNode().put("type", type).put("id", id).put("name", name);
        start.putObject("caller").put("type", "direct");
        ObjectNode whole = start.deepCopy();
        start.putObject("input");
        whole.set("input", input);
        List<ObjectNode> deltas = new ArrayList<>();
        deltas.add(delta("input_json_delta", "partial_json", ""));
        String json = input.toString();
        for (int from = 0; from < json.length(); from += pieceChars) {
            String piece = json.substring(from, Math.min(json.length(), from + pieceChars));
            deltas.add(delta("input_json_delta", "partial_json", piece));
        }
        return new Block(whole, start, deltas);
    }

    /** The results of the vendor's own search; they come whole, without deltas. */
    static Block searchResult(String callId, String topic, String sealed) {
        ObjectNode whole =
                NODES.objectNode().put("type", "web_search_tool_result").put("tool_use_id", callId);
        whole.putObject("caller").put("type", "direct");
        whole.putArray("content")
                .addObject()
                .put("type", "web_search_result")
                .put("title", "About " + topic)
                .put("url", "https://example.org/" + topic)
                .put("encrypted_content", sealed)
                .putNull("page_age");
        return new Block(whole, whole, List.of());
    }

    private static ObjectNode text(String text) {
        return NODES.objectNode().put("type", "text").put("text", text);
    }

    private static ObjectNode thinking(String thinking, String signature) {
        return NODES.objectNode()
                .put("type", "thinking")
                .put("thinking", thinking)
                .put("signature", signature);
    }

    private static ObjectNode delta(String type, String field, String value) {
        return NODES.objectNode().put("type", type).put(field, value);
    }
}
