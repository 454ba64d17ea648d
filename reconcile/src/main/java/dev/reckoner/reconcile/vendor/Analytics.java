package dev.reckoner.reconcile.vendor;

import dev.reckoner.reconcile.Stated;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The usage and cost analytics of some days (api-facts §4.3).
 *
 * @param refreshedAt when the vendor last refreshed the oldest of it; null where it doesn't say
 */
public record Analytics(
        List<Cost> costs, List<Requests> requests, @Nullable Instant refreshedAt) {

    /** Places of a discount's factor, as many as one in a rate file may have. */
    private static final int FACTOR_PLACES = 4;

    /** USD by which an amount may miss its list price times the factor: the vendor's own rounding. */
    private static final BigDecimal ROUNDING = new BigDecimal("0.000001");

    public Analytics {
        costs = List.copyOf(costs);
        requests = List.copyOf(requests);
    }

    /**
     * A row of the cost analytics.
     *
     * @param model null for what has none, such as time
     * @param amount USD after discounts
     * @param listAmount USD before them
     */
    public record Cost(LocalDate day, @Nullable String model, BigDecimal amount, BigDecimal listAmount) {}

    /**
     * A row of the usage analytics.
     *
     * @param apiKeyId null without a key
     */
    public record Requests(
            LocalDate day,
            @Nullable String apiKeyId,
            @Nullable String model,
            long count) {}

    /** The sum of all amounts, USD. */
    public BigDecimal amount() {
        return costs.stream().map(Cost::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The factor between list price and amount, where all rows of a model on a day share one that isn't 1. */
    public Map<Stated.ModelDay, BigDecimal> discounts() {
        Map<Stated.ModelDay, Set<BigDecimal>> factors = new HashMap<>();
        for (Cost cost : costs) {
            String model = cost.model();
            if (model != null && cost.listAmount().signum() != 0) {
                factors.computeIfAbsent(new Stated.ModelDay(cost.day(), model), none -> new HashSet<>())
                        .add(factor(cost));
            }
        }
        Map<Stated.ModelDay, BigDecimal> discounts = new HashMap<>();
        factors.forEach((day, found) -> {
            BigDecimal factor = found.iterator().next();
            if (found.size() == 1 && factor.signum() > 0 && factor.compareTo(BigDecimal.ONE) != 0) {
                discounts.put(day, factor);
            }
        });
        return discounts;
    }

    /** Zero, which is no discount's, where the amount is no short factor of the list price. */
    private static BigDecimal factor(Cost cost) {
        BigDecimal factor = cost.amount().divide(cost.listAmount(), FACTOR_PLACES, RoundingMode.HALF_EVEN);
        BigDecimal off = cost.listAmount().multiply(factor).subtract(cost.amount());
        return off.abs().compareTo(ROUNDING) > 0 ? BigDecimal.ZERO : factor.stripTrailingZeros();
    }
}
