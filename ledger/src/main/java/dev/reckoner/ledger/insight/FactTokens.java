package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tokens of an exchange by type; cache writes that no lifetime is stated of live 5 minutes (api-facts §1.1). */
final class FactTokens {

    private FactTokens() {}

    static Map<TokenType, Long> of(TokenCounts counts) {
        Map<TokenType, Long> tokens = new EnumMap<>(TokenType.class);
        put(tokens, TokenType.INPUT, or0(counts.inputTokens()));
        long hour = or0(counts.ephemeral1hInputTokens());
        put(tokens, TokenType.CACHE_WRITE_1H, hour);
        put(
                tokens,
                TokenType.CACHE_WRITE_5M,
                Math.max(or0(counts.ephemeral5mInputTokens()), or0(counts.cacheCreationInputTokens()) - hour));
        put(tokens, TokenType.CACHE_READ, or0(counts.cacheReadInputTokens()));
        put(tokens, TokenType.OUTPUT, or0(counts.outputTokens()));
        return tokens;
    }

    private static void put(Map<TokenType, Long> tokens, TokenType type, long count) {
        if (count > 0) {
            tokens.put(type, count);
        }
    }

    private static long or0(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
