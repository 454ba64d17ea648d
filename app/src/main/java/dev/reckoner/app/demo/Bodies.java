package dev.reckoner.app.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Request bodies of the sample traffic, in the shapes that real clients send. */
final class Bodies {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int OUTPUT_TOKENS_MAX = 32_000;
    private static final int PROMPT_LINES = 90;

    private Bodies() {}

    /** One question, answered as JSON. */
    static ObjectNode question(String model, String text) {
        ObjectNode body = NODES.objectNode().put("model", model).put("max_tokens", 1024);
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return body;
    }

    /**
     * The turn of a coding session: tools, a long cached system prompt, and all turns so far with a breakpoint at the
     * end, so that every turn reads what the one before wrote.
     */
    static ObjectNode codingTurn(String model, String session, int turn) {
        ObjectNode body = NODES.objectNode()
                .put("model", model)
                .put("max_tokens", OUTPUT_TOKENS_MAX)
                .put("stream", true);
        body.putObject("thinking").put("type", "adaptive");
        ArrayNode system = body.putArray("system");
        text(system, "You are a coding assistant. Session " + session + ".");
        cached(text(system, prompt("Rules of the repository, for session " + session)), "1h");
        tool(body.putArray("tools"));
        ArrayNode messages = body.putArray("messages");
        for (int i = 0; i <= turn; i++) {
            ObjectNode asked = text(user(messages), "Step " + i + ": " + prompt("what changed in file " + i));
            if (i == turn) {
                cached(asked, "5m");
            } else {
                messages.addObject().put("role", "assistant").put("content", "Step " + i + " is done.");
            }
        }
        ObjectNode id = NODES.objectNode()
                .put("device_id", "d".repeat(64))
                .put("account_uuid", "")
                .put("session_id", session);
        body.putObject("metadata").put("user_id", id.toString());
        return body;
    }

    /** A question about a long document that many questions share. */
    static ObjectNode aboutDocument(String model, String question) {
        ObjectNode body = question(model, question);
        cached(text(body.putArray("system"), prompt("The annual report, page by page")), "1h");
        return body;
    }

    /** A question that the vendor answers with its own web search. */
    static ObjectNode searching(String model, String question) {
        ObjectNode body = question(model, question);
        body.putArray("tools").addObject().put("type", "web_search_20250305").put("name", "web_search");
        return body;
    }

    private static ArrayNode user(ArrayNode messages) {
        return messages.addObject().put("role", "user").putArray("content");
    }

    private static ObjectNode text(ArrayNode blocks, String text) {
        return blocks.addObject().put("type", "text").put("text", text);
    }

    private static void cached(ObjectNode block, String lifetime) {
        block.putObject("cache_control").put("type", "ephemeral").put("ttl", lifetime);
    }

    private static void tool(ArrayNode tools) {
        ObjectNode schema = tools.addObject()
                .put("name", "Read")
                .put("description", "Reads a file")
                .putObject("input_schema")
                .put("type", "object");
        schema.putObject("properties").putObject("file_path").put("type", "string");
    }

    private static String prompt(String subject) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < PROMPT_LINES; i++) {
            out.append(subject).append(", line ").append(i).append(": keep the books exact.\n");
        }
        return out.toString();
    }
}
