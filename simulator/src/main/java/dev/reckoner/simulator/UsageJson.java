package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The usage objects of a message: which place states which fields (api-facts §1.1, §1.3). */
final class UsageJson {
    private UsageJson() {}

    /** The usage of message_start: the only place of a stream with split, tier, geography and speed. */
    static ObjectNode start(Message message) {
        return full(message, message.start());
    }

    /** The usage of a JSON body. */
    static ObjectNode whole(Message message) {
        ObjectNode usage = full(message, message.end());
        extras(usage, message, message.end());
        return usage;
    }

    /** The usage of a message_delta: cumulative, without split and tier. */
    static ObjectNode delta(Message message, Counts counts) {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        if (message.stateInputAtEnd()) {
            inputs(usage, counts);
        }
        usage.put("output_tokens", counts.output());
        extras(usage, message, counts);
        return usage;
    }

    private static ObjectNode full(Message message, Counts counts) {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        inputs(usage, counts);
        usage.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", counts.cacheWrite5m())
                .put("ephemeral_1h_input_tokens", counts.cacheWrite1h());
        usage.put("output_tokens", counts.output());
        usage.put("service_tier", message.tier());
        usage.put("inference_geo", message.geo());
        if (message.speed() != null) {
            usage.put("speed", message.speed());
        }
        return usage;
    }

    private static void inputs(ObjectNode usage, Counts counts) {
        usage.put("input_tokens", counts.input())
                .put("cache_creation_input_tokens", counts.cacheWrite5m() + counts.cacheWrite1h())
                .put("cache_read_input_tokens", counts.cacheRead());
    }

    private static void extras(ObjectNode usage, Message message, Counts counts) {
        if (message.thinkingTokens() != null) {
            long thinking = Math.min(message.thinkingTokens(), counts.output());
            usage.putObject("output_tokens_details").put("thinking_tokens", thinking);
        }
        if (counts.searches() > 0) {
            usage.putObject("server_tool_use")
                    .put("web_search_requests", counts.searches())
                    .put("web_fetch_requests", 0);
        }
    }
}
