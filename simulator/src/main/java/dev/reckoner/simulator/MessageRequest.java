package dev.reckoner.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A validated body of {@code POST /v1/messages} or of {@code count_tokens}. */
record MessageRequest(Model model, JsonNode body, int outputTokensMax, boolean stream, String speed) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SAMPLING = List.of("temperature", "top_p", "top_k");

    static MessageRequest parse(byte[] bytes, Catalogue catalogue, String version, boolean counting) {
        JsonNode body = tree(bytes);
        Model model = model(body, catalogue);
        messages(body);
        int outputTokensMax = counting ? 0 : outputTokensMax(body);
        boolean stream = flag(body, "stream");
        if (version.compareTo("2026-10-21") >= 0) {
            refuseSampling(body);
        }
        String geo = body.path("inference_geo").asText("");
        if (!geo.isEmpty() && !model.geo()) {
            throw Problem.invalid("inference_geo: not supported by " + model.id());
        }
        if (!geo.isEmpty() && !geo.equals("us") && !geo.equals("global")) {
            throw Problem.invalid("inference_geo: expected 'us' or 'global'");
        }
        return new MessageRequest(model, body, outputTokensMax, stream, speed(body, model));
    }

    boolean preWarm() {
        return outputTokensMax == 0;
    }

    String geo() {
        return model.geo() ? body.path("inference_geo").asText("global") : "not_available";
    }

    boolean thinks() {
        String type = body.path("thinking").path("type").asText();
        return type.equals("enabled") || type.equals("adaptive");
    }

    boolean searches() {
        for (JsonNode tool : body.path("tools")) {
            if (tool.path("type").asText().startsWith("web_search_")) {
                return true;
            }
        }
        return false;
    }

    /** A tool of the client's own that may be called now: none when the last turn already answers a call. */
    @Nullable
    JsonNode callableTool() {
        JsonNode messages = body.path("messages");
        for (JsonNode block : messages.path(messages.size() - 1).path("content")) {
            if (block.path("type").asText().equals("tool_result")) {
                return null;
            }
        }
        for (JsonNode tool : body.path("tools")) {
            if (tool.has("input_schema")) {
                return tool;
            }
        }
        return null;
    }

    boolean mustCallTool() {
        String choice = body.path("tool_choice").path("type").asText();
        return choice.equals("any") || choice.equals("tool");
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw Problem.invalid("The request body is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Problem.invalid("The request body is not valid JSON.");
        }
        throw Problem.invalid("The request body is not a JSON object.");
    }

    private static Model model(JsonNode body, Catalogue catalogue) {
        if (!body.path("model").isTextual()) {
            throw Problem.invalid("model: Field required");
        }
        String name = body.path("model").asText();
        return catalogue.find(name).orElseThrow(() -> Problem.notFound("model: " + name));
    }

    private static void messages(JsonNode body) {
        if (!body.path("messages").isArray()) {
            throw Problem.invalid("messages: Field required");
        }
        if (body.path("messages").isEmpty()) {
            throw Problem.invalid("messages: at least one message is required");
        }
        int index = 0;
        for (JsonNode message : body.path("messages")) {
            String role = message.path("role").asText();
            if (!role.equals("user") && !role.equals("assistant")) {
                throw Problem.invalid("messages." + index + ".role: expected 'user' or 'assistant'");
            }
            if (!message.path("content").isTextual() && !message.path("content").isArray()) {
                throw Problem.invalid("messages." + index + ".content: Field required");
            }
            index++;
        }
    }

    private static int outputTokensMax(JsonNode body) {
        JsonNode value = body.path("max_tokens");
        if (value.isMissingNode() || value.isNull()) {
            throw Problem.invalid("max_tokens: Field required");
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 0) {
            throw Problem.invalid("max_tokens: expected a whole number of at least 0");
        }
        return value.intValue();
    }

    private static boolean flag(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw Problem.invalid(name + ": expected a boolean");
        }
        return value.asBoolean(false);
    }

    private static void refuseSampling(JsonNode body) {
        for (String name : SAMPLING) {
            if (body.has(name)) {
                throw Problem.invalid(name + ": not accepted by this version of the API");
            }
        }
    }

    private static String speed(JsonNode body, Model model) {
        String speed = body.path("speed").asText("standard");
        if (speed.equals("fast") && model.fast() == null) {
            throw Problem.invalid("speed: 'fast' is not supported by " + model.id());
        }
        if (!speed.equals("fast") && !speed.equals("standard")) {
            throw Problem.invalid("speed: expected 'standard' or 'fast'");
        }
        return speed;
    }
}
