package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes the answer to one request: content and output tokens follow from the random source alone. */
final class Composer {
    private static final String[] WORDS = {
        "ledger", "river", "amber", "count", "seven", "quiet", "harbor", "copper", "line", "paper", "orbit", "lantern",
        "willow", "sum", "granite", "meadow", "signal", "thread", "compass", "violet", "ember", "naïve", "日記", "café"
    };
    private static final int TOOL_TOKENS_MIN = 24;
    private static final int CHARS_PER_TOKEN = 4;

    private final MessageRequest request;
    private final SplittableRandom random;
    private final String tier;
    private final List<Block> content = new ArrayList<>();
    private int budget;
    private long thinking;
    private long searches;
    private long output;
    private String stopReason = "end_turn";

    Composer(MessageRequest request, SplittableRandom random, int outputTokensMax, String tier) {
        this.request = request;
        this.random = random;
        this.tier = tier;
        int wanted = 1 + random.nextInt(outputTokensMax);
        budget = Math.min(wanted, request.outputTokensMax());
        if (wanted > request.outputTokensMax()) {
            stopReason = "max_tokens";
        }
    }

    /** The whole message; {@code prompt} holds what the first sampling read and wrote. */
    Message compose(String id, Counts prompt) {
        if (!request.preWarm()) {
            think();
            search();
            say();
            call();
        }
        String speed = request.model().fast() == null ? null : request.speed();
        boolean older = !request.model().geo();
        Counts start = prompt.withOutput(request.preWarm() ? 0 : Math.min(output, 1 + random.nextInt(8)));
        return new Message(
                id,
                request.model(),
                List.copyOf(content),
                stopReason,
                start,
                end(prompt),
                request.thinks() ? thinking : null,
                request.geo(),
                tier,
                speed,
                !older || searches > 0);
    }

    /** Searches feed their results back as input, and cache them for five minutes where the prompt is cached. */
    private Counts end(Counts prompt) {
        long fedBack = searches * (400 + random.nextInt(4000));
        boolean caches = prompt.cacheWrite5m() + prompt.cacheWrite1h() + prompt.cacheRead() > 0;
        long cached = caches ? fedBack / 4 : 0;
        return new Counts(
                prompt.input() + fedBack,
                prompt.cacheWrite5m() + cached,
                prompt.cacheWrite1h(),
                prompt.cacheRead() * (1 + searches),
                output,
                searches);
    }

    private void think() {
        if (!request.thinks() || budget < 4) {
            return;
        }
        int tokens = 1 + random.nextInt(budget / 2);
        thinking = tokens;
        content.add(Block.thinking(words(tokens), seal()));
    }

    private void search() {
        if (!request.searches() || budget < 4) {
            return;
        }
        searches = 1L + random.nextInt(3);
        for (int i = 0; i < searches; i++) {
            String callId = id("srvtoolu_");
            String topic = WORDS[random.nextInt(8)];
            ObjectNode input = JsonNodeFactory.instance.objectNode().put("query", topic);
            content.add(Block.call("server_tool_use", callId, "web_search", input, 7));
            content.add(Block.searchResult(callId, topic, seal()));
        }
    }

    private void say() {
        if (budget > 0) {
            content.add(Block.text(words(budget)));
        }
    }

    private void call() {
        JsonNode tool = request.callableTool();
        boolean asked = tool != null && (request.mustCallTool() || random.nextBoolean());
        if (tool == null || !asked || (budget < TOOL_TOKENS_MIN && !request.mustCallTool())) {
            return;
        }
        ObjectNode input = input(tool.path("input_schema"));
        output += (input.toString().length() + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
        content.add(Block.call("tool_use", id("toolu_"), tool.path("name").asText("tool"), input, 6));
        stopReason = "tool_use";
    }

    private ObjectNode input(JsonNode schema) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            switch (field.getValue().path("type").asText()) {
                case "integer", "number" -> input.put(field.getKey(), random.nextInt(1000));
                case "boolean" -> input.put(field.getKey(), random.nextBoolean());
                case "array" -> input.putArray(field.getKey());
                case "object" -> input.putObject(field.getKey());
                default -> input.put(field.getKey(), WORDS[random.nextInt(WORDS.length)]);
            }
        }
        return input;
    }

    /** So many tokens of text, one to four to a piece; takes them off the budget. */
    private List<String> words(int tokens) {
        List<String> pieces = new ArrayList<>();
        int left = tokens;
        while (left > 0) {
            int group = Math.min(left, 1 + random.nextInt(4));
            StringBuilder piece = new StringBuilder();
            for (int i = 0; i < group; i++) {
                piece.append(pieces.isEmpty() && i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
            }
            pieces.add(piece.toString());
            left -= group;
        }
        budget -= tokens;
        output += tokens;
        return pieces;
    }

    private String seal() {
        return id("") + id("") + "==";
    }

    private String id(String prefix) {
        return prefix + "01" + Ids.base62(random, 22);
    }
}
