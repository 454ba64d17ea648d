package dev.reckoner.ledger.rating;

import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the rate table can be meant for an attempt: one where the facts decide, several where they don't
 * (api-facts §3.2, §3.3), none where the table has no price.
 */
final class RowChoice {
    /** The beta that the dearer prices above 200,000 tokens needed while they existed. */
    static final String LONG_CONTEXT_BETA = "context-1m-2025-08-07";

    private final RateTable rates;
    private final Instant at;
    private final boolean longContextAsked;

    RowChoice(RateTable rates, Instant at, @Nullable String betas) {
        this.rates = rates;
        this.at = at;
        this.longContextAsked = betas != null && asked(betas);
    }

    /**
     * The candidates.
     *
     * @param ownSpeed whether the stated speed is this attempt's own; an attempt of another model states none, so that
     *     under fast both speeds can be meant
     * @param requestPrompt prompt tokens of all of the request's attempts that a tier per request would count
     */
    List<Rate> candidates(String model, Rate.Speed speed, boolean ownSpeed, Attempt attempt, long requestPrompt) {
        List<Rate> candidates = new ArrayList<>(tiers(rates.find(model, speed, at), attempt, requestPrompt));
        if (speed == Rate.Speed.FAST && !ownSpeed) {
            candidates.addAll(tiers(rates.find(model, Rate.Speed.STANDARD, at), attempt, requestPrompt));
        }
        return candidates;
    }

    private List<Rate> tiers(List<Rate> rows, Attempt attempt, long requestPrompt) {
        if (rows.size() == 1) {
            // above its tier only a sum of smaller prompts can be meant
            boolean holds = rows.get(0).promptTier().holds(attempt.promptTokens());
            return holds || attempt.summed() ? rows : List.of();
        }
        if (rows.isEmpty()) {
            return rows;
        }
        Rate base = row(rows, 0);
        Rate upper = row(rows, Long.MAX_VALUE);
        if (base.promptTier().holds(attempt.promptTokens())) {
            return below(base, upper, attempt, requestPrompt);
        }
        if (samePrices(base.prices(), upper.prices())) {
            return List.of(upper);
        }
        if (upper.promptTier() == Rate.PromptTier.GT_200K && !longContextAsked) {
            return List.of(base);
        }
        return attempt.summed() ? List.of(base, upper) : List.of(upper);
    }

    private static List<Rate> below(Rate base, Rate upper, Attempt attempt, long requestPrompt) {
        boolean perRequestAbove = attempt.executor() && !base.promptTier().holds(requestPrompt);
        // whether the tier of 100,000 counts a request or an iteration of it is not established (§3.3, §8)
        return perRequestAbove && base.promptTier() == Rate.PromptTier.LE_100K ? List.of(base, upper) : List.of(base);
    }

    private static Rate row(List<Rate> rows, long promptTokens) {
        return rows.stream()
                .filter(row -> row.promptTier().holds(promptTokens))
                .findFirst()
                .orElse(rows.get(0));
    }

    private static boolean asked(String betas) {
        for (String beta : betas.split(",", -1)) {
            if (beta.strip().equals(LONG_CONTEXT_BETA)) {
                return true;
            }
        }
        return false;
    }

    private static boolean samePrices(@Nullable Prices one, @Nullable Prices other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return same(one.input(), other.input())
                && same(one.cacheWrite5m(), other.cacheWrite5m())
                && same(one.cacheWrite1h(), other.cacheWrite1h())
                && same(one.cacheRead(), other.cacheRead())
                && same(one.output(), other.output());
    }

    private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.compareTo(other) == 0;
    }
}
