package dev.reckoner.app.command;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.ToolPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares two rate tables by what they answer, not by what their files say: for each model, speed, prompt size and class
 * the stretches of time in which the answers differ.
 */
final class RateDiff {
    private static final List<Price> PRICES = List.of(
            new Price("input", rate -> price(rate.prices(), Prices::input)),
            new Price("cache write 5m", rate -> price(rate.prices(), Prices::cacheWrite5m)),
            new Price("cache write 1h", rate -> price(rate.prices(), Prices::cacheWrite1h)),
            new Price("cache read", rate -> price(rate.prices(), Prices::cacheRead)),
            new Price("output", rate -> price(rate.prices(), Prices::output)),
            new Price("batch input", rate -> price(rate.batch(), Prices::input)),
            new Price("batch write 5m", rate -> price(rate.batch(), Prices::cacheWrite5m)),
            new Price("batch write 1h", rate -> price(rate.batch(), Prices::cacheWrite1h)),
            new Price("batch read", rate -> price(rate.batch(), Prices::cacheRead)),
            new Price("batch output", rate -> price(rate.batch(), Prices::output)),
            new Price("× us", rate -> rate.prices() == null ? null : rate.usMultiplier()));

    private final RateTable before;
    private final RateTable after;
    private final List<Instant> edges;
    private final List<RateChange> changes = new ArrayList<>();

    private record Price(String name, Function<Rate, @Nullable BigDecimal> of) {}

    RateDiff(RateTable before, RateTable after) {
        this.before = before;
        this.after = after;
        this.edges = List.copyOf(edges());
    }

    /** Every difference, models in file order, then tools, then discounts. */
    List<RateChange> changes() {
        Set<String> models = new LinkedHashSet<>();
        both(RateTable::rates).forEach(rate -> models.add(rate.model()));
        for (String model : models) {
            for (Rate.Speed speed : Rate.Speed.values()) {
                sizes(model, speed).forEach(size -> rows(model, speed, size));
            }
        }
        for (String tool : RateTable.SERVER_TOOLS) {
            compare(
                    tool,
                    "",
                    "per 1,000",
                    (table, at) -> table.toolPrice(tool, at)
                            .map(ToolPrice::perThousand)
                            .orElse(null));
        }
        Set<String> targets = new LinkedHashSet<>();
        both(RateTable::discounts).forEach(discount -> targets.add(discount.target()));
        for (String target : targets) {
            compare(
                    target,
                    "",
                    "discount",
                    (table, at) ->
                            table.discount(target, at).map(Discount::factor).orElse(null));
        }
        return List.copyOf(changes);
    }

    private <T> Stream<T> both(Function<RateTable, List<T>> rows) {
        return Stream.concat(rows.apply(before).stream(), rows.apply(after).stream());
    }

    /** Every instant at which an answer of either table can change; the first one stands for ever. */
    private Set<Instant> edges() {
        Set<Instant> all = new TreeSet<>();
        all.add(Instant.MIN);
        both(RateTable::rates).forEach(rate -> add(all, rate.from(), rate.to()));
        both(RateTable::toolPrices).forEach(price -> add(all, price.from(), price.to()));
        both(RateTable::discounts).forEach(discount -> add(all, discount.from(), discount.to()));
        return all;
    }

    private static void add(Set<Instant> all, @Nullable Instant from, @Nullable Instant to) {
        Stream.of(from, to).filter(Objects::nonNull).forEach(all::add);
    }

    /** The prompt sizes that either table tells apart; ALL only where none is. */
    private Set<Rate.PromptTier> sizes(String model, Rate.Speed speed) {
        Set<Rate.PromptTier> sizes = EnumSet.noneOf(Rate.PromptTier.class);
        both(RateTable::rates)
                .filter(rate -> rate.model().equals(model) && rate.speed() == speed)
                .forEach(rate -> sizes.add(rate.promptTier()));
        if (sizes.size() > 1) {
            sizes.remove(Rate.PromptTier.ALL);
        }
        return sizes;
    }

    private void rows(String model, Rate.Speed speed, Rate.PromptTier size) {
        for (Price price : PRICES) {
            compare(model, RateWords.terms(speed, size), price.name(), (table, at) -> {
                Rate row = row(table.find(model, speed, at), size);
                return row == null ? null : price.of().apply(row);
            });
        }
    }

    /** The row that prices prompts of that size. */
    private static @Nullable Rate row(List<Rate> rows, Rate.PromptTier size) {
        return rows.stream()
                .filter(row -> row.promptTier() == size
                        || row.promptTier() == Rate.PromptTier.ALL
                        || size == Rate.PromptTier.ALL)
                .findFirst()
                .orElse(null);
    }

    private void compare(
            String subject, String terms, String what, BiFunction<RateTable, Instant, @Nullable BigDecimal> answer) {
        RateChange open = null;
        for (Instant edge : edges) {
            BigDecimal old = answer.apply(before, edge);
            BigDecimal now = answer.apply(after, edge);
            boolean goesOn = open != null && same(open.before(), old) && same(open.after(), now);
            if (open != null && !goesOn) {
                changes.add(until(open, edge));
                open = null;
            }
            if (open == null && !same(old, now)) {
                open = new RateChange(subject, terms, what, edge.equals(Instant.MIN) ? null : edge, null, old, now);
            }
        }
        if (open != null) {
            changes.add(open);
        }
    }

    private static RateChange until(RateChange open, Instant end) {
        return new RateChange(open.subject(), open.terms(), open.what(), open.from(), end, open.before(), open.after());
    }

    private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.compareTo(other) == 0;
    }

    private static @Nullable BigDecimal price(@Nullable Prices prices, Function<Prices, @Nullable BigDecimal> ofClass) {
        return prices == null ? null : ofClass.apply(prices);
    }
}
