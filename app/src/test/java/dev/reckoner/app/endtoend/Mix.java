package dev.reckoner.app.endtoend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/** Request bodies of every kind, a pure function of seed and number: models, streams, caches, tools, speeds, places. */
final class Mix {
    private static final List<String> MODELS = List.of(
            "claude-fable-5-2",
            "claude-opus-5-5",
            "claude-sonnet-5-5",
            "claude-haiku-5-5",
            "claude-sonnet-4-6",
            "claude-opus-4-5",
            "claude-sonnet-4-5",
            "claude-haiku-4-5",
            "claude-unlisted-1");
    private static final int NEW_MODELS = 5;

    private final long seed;

    Mix(long seed) {
        this.seed = seed;
    }

    String body(long number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        int model = random.nextInt(MODELS.size());
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("model", MODELS.get(model))
                .put("max_tokens", 1 + random.nextInt(150))
                .put("stream", random.nextBoolean());
        if (model < NEW_MODELS && random.nextInt(4) == 0) {
            body.put("inference_geo", random.nextBoolean() ? "us" : "global");
        }
        if (model < 2 && random.nextInt(4) == 0) {
            body.put("speed", "fast");
        }
        if (random.nextInt(5) == 0) {
            body.putObject("thinking").put("type", "adaptive");
        }
        tools(body, random);
        cache(body, random);
        body.putObject("metadata").put("user_id", "user-" + random.nextInt(7));
        body.putArray("messages").addObject().put("role", "user").put("content", "question " + number);
        return body.toString();
    }

    private static void tools(ObjectNode body, SplittableRandom random) {
        if (random.nextInt(6) == 0) {
            ObjectNode tool = body.withArray("tools").addObject().put("name", "lookup");
            ObjectNode schema = tool.putObject("input_schema").put("type", "object");
            schema.putObject("properties").putObject("key").put("type", "string");
        }
        if (random.nextInt(10) == 0) {
            body.withArray("tools")
                    .addObject()
                    .put("type", "web_search_20250305")
                    .put("name", "web_search");
        }
    }

    private static void cache(ObjectNode body, SplittableRandom random) {
        if (random.nextInt(3) != 0) {
            return;
        }
        String ttl = random.nextBoolean() ? "5m" : "1h";
        ObjectNode block = body.putArray("system")
                .addObject()
                .put("type", "text")
                .put("text", ("rule " + random.nextInt(40) + " ").repeat(200));
        block.putObject("cache_control").put("type", "ephemeral").put("ttl", ttl);
    }
}
