package dev.reckoner.ledger.rating;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RatingRules;
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
    private final RatingRules rules;
    private final boolean longContextAsked;

    RowChoice(RateTable rates, Instant at, RatingRules rules, @Nullable String betas) {
        this.rates = rates;
        this.at = at;
        this.rules = rules;
        this.longContextAsked = betas != null && asked(betas);
    }

    /**
     * The candidates.
     *
     * @param ownSpeed whether the stated speed is this attempt's own; an attempt of another model states none, so that
     *     under fast both speeds can be meant unless {@code rating.speed_of_attempts} decides
     * @param requestPrompt prompt tokens of all of the request's attempts that a tier per request would count
     */
    List<Rate> candidates(String model, Rate.Speed speed, boolean ownSpeed, Attempt attempt, long requestPrompt) {
        List<Rate> candidates = new ArrayList<>();
        for (Rate.Speed possible : speeds(speed, ownSpeed)) {
            candidates.addAll(tiers(rates.find(model, possible, at), attempt, requestPrompt));
        }
        return candidates;
    }

    /** The operator's discount on a model, null where there is none. */
    @Nullable
    Discount discount(String model) {
        return rates.discount(model, at).orElse(null);
    }

    private List<Rate.Speed> speeds(Rate.Speed stated, boolean own) {
        if (own || stated == Rate.Speed.STANDARD) {
            return List.of(stated);
        }
        return switch (rules.speedOfAttempts()) {
            case MESSAGE -> List.of(stated);
            case STANDARD -> List.of(Rate.Speed.STANDARD);
            case UNDECIDED -> List.of(stated, Rate.Speed.STANDARD);
        };
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
        boolean sumDecides = base.promptTier() == Rate.PromptTier.LE_100K
                && rules.promptTierCounts() == RatingRules.PromptTierCounts.REQUEST;
        return attempt.summed() && !sumDecides ? List.of(base, upper) : List.of(upper);
    }

    private List<Rate> below(Rate base, Rate upper, Attempt attempt, long requestPrompt) {
        boolean perRequestAbove = attempt.executor() && !base.promptTier().holds(requestPrompt);
        if (!perRequestAbove || base.promptTier() != Rate.PromptTier.LE_100K) {
            return List.of(base);
        }
        // whether the tier of 100,000 counts a request or an iteration of it is not established (§3.3, §8)
        return switch (rules.promptTierCounts()) {
            case ITERATION -> List.of(base);
            case REQUEST -> List.of(upper);
            case UNDECIDED -> List.of(base, upper);
        };
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
