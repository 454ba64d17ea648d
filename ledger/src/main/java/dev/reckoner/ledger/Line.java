package dev.reckoner.ledger;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line of a charge: a model and a token type, tokens × rate × factors = amount, exactly.
 *
 * @param attempt which attempt of the exchange it belongs to: 0, or the position in {@code usage.iterations}
 * @param quantity tokens, or requests of a server tool; negative where the line reverses another
 * @param rate USD per million tokens, or per thousand web searches; null while pending
 * @param factor product of the factors on the rate (geography, discount); 1 where there is none, 0 where not billed
 * @param amount USD, exact; null while pending
 * @param rateVersion version of the row that priced it
 */
public record Line(
        int attempt,
        String model,
        TokenType type,
        long quantity,
        @Nullable BigDecimal rate,
        BigDecimal factor,
        @Nullable BigDecimal amount,
        @Nullable String serviceTier,
        @Nullable String speed,
        @Nullable String inferenceGeo,
        @Nullable String contextWindow,
        @Nullable String rateVersion) {}
