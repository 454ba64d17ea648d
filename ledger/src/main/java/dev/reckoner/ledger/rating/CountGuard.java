package dev.reckoner.ledger.rating;

import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last guard before counts become money: no count may be negative or beyond anything one exchange can use. Such a
 * count is never put on a line, where it would spoil sums; it stays in the usage and the raw usage.
 */
final class CountGuard {
    /** A million times the largest context window there is. */
    static final long COUNT_MAX = 1_000_000_000_000L;

    static final String IMPOSSIBLE_COUNT = "impossible_count";

    private CountGuard() {}

    /** The first impossible count as {@code name=value}, null where all are possible. */
    static @Nullable String fault(Usage usage) {
        String found = fault(usage.tokens());
        if (found != null) {
            return found;
        }
        if (impossible(usage.webSearchRequests())) {
            return "web_search_requests=" + usage.webSearchRequests();
        }
        if (impossible(usage.codeExecutionRequests())) {
            return "code_execution_requests=" + usage.codeExecutionRequests();
        }
        for (Iteration iteration : usage.iterations()) {
            found = fault(iteration.tokens());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String fault(TokenCounts tokens) {
        Map<String, @Nullable Long> counts = new LinkedHashMap<>();
        counts.put("input_tokens", tokens.inputTokens());
        counts.put("output_tokens", tokens.outputTokens());
        counts.put("cache_creation_input_tokens", tokens.cacheCreationInputTokens());
        counts.put("cache_read_input_tokens", tokens.cacheReadInputTokens());
        counts.put("ephemeral_5m_input_tokens", tokens.ephemeral5mInputTokens());
        counts.put("ephemeral_1h_input_tokens", tokens.ephemeral1hInputTokens());
        for (Map.Entry<String, @Nullable Long> count : counts.entrySet()) {
            if (impossible(count.getValue())) {
                return count.getKey() + "=" + count.getValue();
            }
        }
        return null;
    }

    private static boolean impossible(@Nullable Long count) {
        return count != null && (count < 0 || count > COUNT_MAX);
    }
}
