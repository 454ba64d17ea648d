package dev.reckoner.ledger.rating;

import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One inference behind a response: the whole message, or one entry of {@code usage.iterations}.
 *
 * @param index 0, or the position in {@code usage.iterations}
 * @param model id as stated or concluded, null where neither was possible
 * @param writes its cache writes by lifetime
 * @param known whether the entry's type is one that is known how to bill
 * @param executor whether the message itself was worked on here, not an advisor's answer or a compaction
 * @param summed whether the counts may be the sum over several prompts (api-facts §3.3)
 * @param waiver why the vendor doesn't bill this attempt, null where it does
 */
record Attempt(
        int index,
        @Nullable String model,
        TokenCounts tokens,
        CacheWrites writes,
        boolean known,
        boolean executor,
        boolean summed,
        @Nullable String waiver) {

    /** Everything that was read in: the prompt size that selects a tier; output never does (api-facts §3.3). */
    long promptTokens() {
        return CacheWrites.orZero(tokens.inputTokens())
                + writes.fiveMinutes()
                + writes.oneHour()
                + CacheWrites.orZero(tokens.cacheReadInputTokens());
    }

    /** Tokens per class, in the order of an invoice, without classes of zero. */
    Map<TokenType, Long> quantities() {
        Map<TokenType, Long> quantities = new EnumMap<>(TokenType.class);
        quantities.put(TokenType.INPUT, CacheWrites.orZero(tokens.inputTokens()));
        quantities.put(TokenType.CACHE_WRITE_5M, writes.fiveMinutes());
        quantities.put(TokenType.CACHE_WRITE_1H, writes.oneHour());
        quantities.put(TokenType.CACHE_READ, CacheWrites.orZero(tokens.cacheReadInputTokens()));
        quantities.put(TokenType.OUTPUT, CacheWrites.orZero(tokens.outputTokens()));
        quantities.values().removeIf(quantity -> quantity == 0);
        return quantities;
    }
}
