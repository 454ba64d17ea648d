package dev.reckoner.simulator;

import dev.reckoner.simulator.admin.Offer;
import dev.reckoner.simulator.admin.TokenKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One model that the simulator serves.
 *
 * @param aliases other ids it answers to; the response always carries {@code id} (api-facts §1.5)
 * @param geo whether it takes inference_geo; such models charge 1.1 times for {@code us} (api-facts §3.2)
 * @param prices USD per million tokens, null for a model that no price list has
 * @param fast prices at speed fast, null where fast is not offered
 * @param longPrompt prices of the whole request above {@code longPromptAbove} prompt tokens, null for one tier
 */
record Model(
        String id,
        List<String> aliases,
        boolean geo,
        @Nullable Price prices,
        @Nullable Price fast,
        @Nullable Price longPrompt,
        long longPromptAbove) {

    /** USD per million tokens of each class. */
    record Price(BigDecimal input, BigDecimal write5m, BigDecimal write1h, BigDecimal read, BigDecimal output) {

        static Price of(String... usd) {
            return new Price(
                    new BigDecimal(usd[0]),
                    new BigDecimal(usd[1]),
                    new BigDecimal(usd[2]),
                    new BigDecimal(usd[3]),
                    new BigDecimal(usd[4]));
        }

        private static Map<TokenKind, BigDecimal> byKind(@Nullable Price price) {
            if (price == null) {
                return Map.of();
            }
            return Map.of(
                    TokenKind.INPUT, price.input,
                    TokenKind.CACHE_WRITE_5M, price.write5m,
                    TokenKind.CACHE_WRITE_1H, price.write1h,
                    TokenKind.CACHE_READ, price.read,
                    TokenKind.OUTPUT, price.output);
        }
    }

    static Model of(String id, boolean geo, Price prices) {
        return new Model(id, List.of(), geo, prices, null, null, Long.MAX_VALUE);
    }

    Model alias(String alias) {
        return new Model(id, List.of(alias), geo, prices, fast, longPrompt, longPromptAbove);
    }

    Model fast(Price price) {
        return new Model(id, aliases, geo, prices, price, longPrompt, longPromptAbove);
    }

    Model longPrompt(long above, Price price) {
        return new Model(id, aliases, geo, prices, fast, price, above);
    }

    Offer offer() {
        return new Offer(id, aliases, geo, Price.byKind(prices), Price.byKind(fast), Price.byKind(longPrompt));
    }
}
