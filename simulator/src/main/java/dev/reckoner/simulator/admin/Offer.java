package dev.reckoner.simulator.admin;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A model on offer with its published prices in USD per million tokens; an empty map stands for no price.
 *
 * @param regional whether it takes inference_geo, and charges 1.1 times for {@code us} (api-facts §3.2)
 * @param fast prices at speed fast
 * @param above100k prices of a request whose prompt is above 100,000 tokens, where these differ
 */
public record Offer(
        String model,
        List<String> aliases,
        boolean regional,
        Map<TokenKind, BigDecimal> standard,
        Map<TokenKind, BigDecimal> fast,
        Map<TokenKind, BigDecimal> above100k) {

    /** The prices that hold for these terms. */
    Map<TokenKind, BigDecimal> prices(Terms terms) {
        if (Terms.FAST.equals(terms.speed())) {
            return fast;
        }
        boolean large = terms.prompt() != PromptSize.UP_TO_100K && !above100k.isEmpty();
        return large ? above100k : standard;
    }

    void expectServes(Terms terms) {
        boolean isFast = Terms.FAST.equals(terms.speed());
        if (isFast && (fast.isEmpty() || Terms.BATCH.equals(terms.tier()))) {
            throw new IllegalArgumentException("fast is not on offer for " + terms);
        }
        if (terms.geo() != null && regional == Terms.NOT_AVAILABLE.equals(terms.geo())) {
            throw new IllegalArgumentException("inference_geo doesn't fit the model of " + terms);
        }
    }

    /** The name of a model that people read: {@code Claude Opus 5.5}. */
    static String displayName(String model) {
        StringBuilder name = new StringBuilder();
        for (String part : model.split("-", -1)) {
            boolean digits = Character.isDigit(part.charAt(0));
            if (digits && part.length() > 2) {
                break;
            }
            boolean second = digits && Character.isDigit(name.charAt(name.length() - 1));
            name.append(second ? "." : name.isEmpty() ? "" : " ");
            name.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
        }
        return name.toString();
    }
}
