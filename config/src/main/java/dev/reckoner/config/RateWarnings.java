package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what looks wrong with a table that can be used: time and prompt sizes that no row holds, rows that never hold,
 * prices that no vendor would ask, rows that don't say where they are from.
 */
final class RateWarnings {

    /** Prompts on both sides of every bound that a tier has. */
    private static final List<Long> PROMPTS = List.of(0L, 100_000L, 100_001L, 200_000L, 200_001L, Long.MAX_VALUE);

    private final DatedRates table;
    private final List<Problem> found = new ArrayList<>();

    RateWarnings(DatedRates table) {
        this.table = table;
    }

    List<Problem> all() {
        Set<Rate> holding = new HashSet<>();
        for (DatedRates.Stretches stretches : table.stretches()) {
            timeGaps(stretches);
            promptGaps(stretches);
            stretches.rows().forEach(holding::addAll);
        }
        for (Rate rate : table.rates()) {
            if (operators(rate) && !holding.contains(rate)) {
                warn(rate.origin(), RateColumn.MODEL_ID, rate.model(), "a row that no later file replaces for good");
            }
            prices(rate);
            sources(rate.origin(), rate.sources());
        }
        table.discounts().forEach(this::discount);
        table.toolPrices().forEach(tool -> sources(tool.origin(), tool.sources()));
        return List.copyOf(found);
    }

    /** A time without a row between two that have one: exchanges of it stay pending. */
    private void timeGaps(DatedRates.Stretches stretches) {
        Instant gap = null;
        boolean begun = false;
        for (int i = 0; i < stretches.starts().size(); i++) {
            List<Rate> rows = stretches.rows().get(i);
            if (!rows.isEmpty()) {
                timeGap(gap, rows.get(0));
                gap = null;
                begun = true;
            } else if (begun && gap == null) {
                gap = stretches.starts().get(i);
            }
        }
    }

    private void timeGap(@Nullable Instant gap, Rate next) {
        if (gap != null) {
            warn(
                    next.origin(),
                    RateColumn.EFFECTIVE_FROM_UTC,
                    String.valueOf(next.from()),
                    "no gap: from " + gap + " until then no row of " + next.model() + " at " + Kinds.word(next.speed())
                            + " speed holds");
        }
    }

    /** Prompt sizes without a row beside a row of the operator's; the built-in table has such sizes on purpose. */
    private void promptGaps(DatedRates.Stretches stretches) {
        Set<Rate> told = new HashSet<>();
        for (List<Rate> rows : stretches.rows()) {
            for (Rate rate : rows) {
                if (operators(rate) && !whole(rows) && told.add(rate)) {
                    warn(
                            rate.origin(),
                            RateColumn.PROMPT_TIER,
                            Kinds.word(rate.promptTier()),
                            "rows for the other prompt sizes of the same time too; those stay pending");
                }
            }
        }
    }

    private static boolean whole(List<Rate> rows) {
        return PROMPTS.stream()
                .allMatch(
                        prompt -> rows.stream().anyMatch(row -> row.promptTier().holds(prompt)));
    }

    private void prices(Rate rate) {
        Prices prices = rate.prices();
        if (prices == null) {
            return;
        }
        String origin = rate.origin();
        atLeast(origin, RateColumn.OUTPUT, prices.output(), "input", prices.input());
        atLeast(origin, RateColumn.INPUT, prices.input(), "cache_read", prices.cacheRead());
        atLeast(origin, RateColumn.CACHE_WRITE_1H, prices.cacheWrite1h(), "cache_write_5m", prices.cacheWrite5m());
        if (signum(prices.input()) == 0 && signum(prices.output()) > 0) {
            warn(origin, RateColumn.INPUT, "0", "a price above 0, since output has one");
        }
        if (rate.usMultiplier().compareTo(BigDecimal.ONE) < 0) {
            warn(origin, RateColumn.INFERENCE_GEO_US_MULTIPLIER, text(rate.usMultiplier()), "1 or more");
        }
        if (rate.batch() != null) {
            batch(rate, prices, rate.batch());
        }
    }

    private void batch(Rate rate, Prices prices, Prices batch) {
        String origin = rate.origin();
        if (rate.speed() == Rate.Speed.FAST) {
            warn(origin, RateColumn.BATCH_INPUT, text(batch.input()), "nothing, since batches aren't served fast");
        }
        atLeast(origin, RateColumn.INPUT, prices.input(), "batch_input", batch.input());
        atLeast(origin, RateColumn.CACHE_WRITE_5M, prices.cacheWrite5m(), "batch_cache_write_5m", batch.cacheWrite5m());
        atLeast(origin, RateColumn.CACHE_WRITE_1H, prices.cacheWrite1h(), "batch_cache_write_1h", batch.cacheWrite1h());
        atLeast(origin, RateColumn.CACHE_READ, prices.cacheRead(), "batch_cache_read", batch.cacheRead());
        atLeast(origin, RateColumn.OUTPUT, prices.output(), "batch_output", batch.output());
    }

    private void discount(Discount discount) {
        if (discount.factor().compareTo(BigDecimal.ONE) > 0) {
            warn(discount.origin(), RateColumn.DISCOUNT_FACTOR, text(discount.factor()), "at most 1");
        }
        sources(discount.origin(), discount.sources());
    }

    private void atLeast(
            String origin, RateColumn column, @Nullable BigDecimal price, String other, @Nullable BigDecimal least) {
        if (price != null && least != null && price.compareTo(least) < 0) {
            warn(origin, column, text(price), "at least the " + other + " price of " + text(least));
        }
    }

    private void sources(String origin, String sources) {
        if (sources.isEmpty()) {
            warn(origin, RateColumn.SOURCES, null, "where the row is from, such as a contract's number and page");
        }
    }

    private void warn(String origin, RateColumn column, @Nullable String value, String expected) {
        found.add(new Problem(origin, column.header(), value, expected));
    }

    private static boolean operators(Rate rate) {
        return !rate.origin().startsWith(RateTables.BUILT_IN);
    }

    private static int signum(@Nullable BigDecimal price) {
        return price == null ? 0 : price.signum();
    }

    private static String text(@Nullable BigDecimal price) {
        return RowFields.plain(price);
    }
}
