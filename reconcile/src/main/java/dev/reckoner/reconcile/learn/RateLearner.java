package dev.reckoner.reconcile.learn;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.ToolPrice;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.booked.CellPrices;
import dev.reckoner.reconcile.match.Matcher;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Learns rates from a bill: what was charged in a cell, divided by what was used in it, is the price, to the last decimal,
 * for the vendor doesn't round (api-facts §6). Prices that aren't the rate table's become rows; a factor that all prices
 * share from a day on becomes a discount. What can't be a price is said instead.
 */
public final class RateLearner {

    private final RateTable table;
    private final CellPrices prices;
    private final String sources;
    private final Set<String> notes = new TreeSet<>();

    /** What was billed of models whose prompt tiers the bill doesn't tell apart, by each of their rows. */
    private final List<List<Observed>> tiered = new ArrayList<>();

    private RateLearner(RateTable table, String sources) {
        this.table = table;
        this.prices = new CellPrices(table);
        this.sources = sources;
    }

    /**
     * Learns.
     *
     * @param table the rates that hold
     * @param sources what the rows name as their source
     */
    public static Learned learn(List<BilledCost> costs, List<BilledUsage> usage, RateTable table, String sources) {
        RateLearner learner = new RateLearner(table, sources);
        List<Observed> observed = learner.observed(costs, usage);
        SharedFactor shared = SharedFactor.of(observed);
        learner.checkTiers(shared);
        List<Rate> rates = learner.rates(observed, shared);
        List<ToolPrice> tools = learner.tools(observed, shared);
        List<Discount> discounts = learner.discounts(observed, shared);
        LocalDate first = Stream.of(
                        rates.stream().map(Rate::from),
                        tools.stream().map(ToolPrice::from),
                        discounts.stream().map(Discount::from))
                .flatMap(part -> part)
                .map(from -> LocalDate.ofInstant(from, ZoneOffset.UTC))
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new Learned(rates, discounts, tools, List.copyOf(learner.notes), first);
    }

    private List<Observed> observed(List<BilledCost> costs, List<BilledUsage> usage) {
        UnaryOperator<Cell> grain = Matcher.grain(costs);
        Map<Cell, BigDecimal> amounts = new LinkedHashMap<>();
        Map<Cell, Long> quantities = new HashMap<>();
        costs.forEach(cost -> amounts.merge(grain.apply(cost.cell()), cost.amount(), BigDecimal::add));
        usage.forEach(used -> quantities.merge(grain.apply(used.cell()), used.quantity(), Math::addExact));
        List<Observed> observed = new ArrayList<>();
        amounts.forEach((cell, amount) -> {
            long quantity = quantities.getOrDefault(cell, 0L);
            if (quantity > 0 && amount.signum() > 0) {
                observe(cell, amount, quantity, observed);
            }
        });
        observed.sort(Comparator.comparing(one -> one.cell().day()));
        return observed;
    }

    private void observe(Cell cell, BigDecimal amount, long quantity, List<Observed> observed) {
        if (cell.costType().equals(Cell.WEB_SEARCH)) {
            BigDecimal list = table.toolPrice(RateTable.WEB_SEARCH, start(cell.day()))
                    .map(ToolPrice::perThousand)
                    .orElse(null);
            BigDecimal discount = prices.discount(RateTable.WEB_SEARCH, cell);
            observed.add(new Observed(cell, amount, quantity, null, list, discount));
            return;
        }
        String model = cell.model();
        if (model == null || CellPrices.type(cell) == null) {
            notes.add(
                    "The bill has an amount without a model or a token class that is known; nothing is learned of it.");
            return;
        }
        List<Rate> rows = prices.rows(cell);
        if (rows.size() > 1) {
            tiered.add(rows.stream()
                    .map(row -> observed(cell, amount, quantity, row))
                    .toList());
            return;
        }
        observed.add(observed(cell, amount, quantity, rows.isEmpty() ? null : rows.get(0)));
    }

    private Observed observed(Cell cell, BigDecimal amount, long quantity, @Nullable Rate row) {
        BigDecimal geography = row == null ? BigDecimal.ONE : CellPrices.geography(row, cell);
        BigDecimal discount = prices.discount(String.valueOf(cell.model()), cell);
        BigDecimal list = row == null ? null : CellPrices.list(row, cell);
        return new Observed(cell, amount, quantity, row, list, geography.multiply(discount));
    }

    /** Of prompt tiers that the bill doesn't tell apart it can only be said that no mix of them gives its amount. */
    private void checkTiers(@Nullable SharedFactor shared) {
        for (List<Observed> rows : tiered) {
            boolean above = rows.stream().allMatch(row -> row.compare(SharedFactor.on(shared, row)) > 0);
            boolean below = rows.stream().allMatch(row -> row.compare(SharedFactor.on(shared, row)) < 0);
            if (above || below) {
                notes.add(named(rows.get(0)) + " was billed " + (above ? "above" : "below")
                        + " the prices of all its prompt sizes, which the bill doesn't tell apart; a row for each is yours"
                        + " to write.");
            }
        }
    }

    private List<Rate> rates(List<Observed> observed, @Nullable SharedFactor shared) {
        Map<Timeline.Terms, Timeline> timelines = new LinkedHashMap<>();
        Set<Timeline.Terms> contradictory = new HashSet<>();
        for (Observed one : observed) {
            TokenType type = CellPrices.type(one.cell());
            if (type == null || !one.cell().costType().equals(Cell.TOKENS)) {
                continue;
            }
            Timeline.Terms terms = terms(one);
            BigDecimal price = one.implied(SharedFactor.on(shared, one));
            if (price == null) {
                contradictory.add(terms);
                notes.add(named(one) + " was billed at an amount that no price of six decimals gives.");
                continue;
            }
            Timeline timeline = timelines.computeIfAbsent(terms, Timeline::new);
            Timeline.Column column = new Timeline.Column(type, one.batch());
            if (!timeline.add(one.cell().day(), one.row(), column, price)) {
                contradictory.add(terms);
                notes.add(named(one) + " was billed at two prices on one day.");
            }
        }
        timelines.keySet().removeAll(contradictory);
        List<Rate> rates = new ArrayList<>();
        timelines.forEach((terms, timeline) -> {
            List<Rate> rows = timeline.rows(sources);
            if (rows.isEmpty() && timeline.unknown()) {
                notes.add("The rate table has no prices of " + terms.model()
                        + ", and the bill has not both its input and its output.");
            }
            rates.addAll(rows);
        });
        return rates;
    }

    private Timeline.Terms terms(Observed one) {
        String model = String.valueOf(one.cell().model());
        Rate row = one.row();
        return new Timeline.Terms(
                table.canonicalModel(model).orElse(model),
                CellPrices.speed(one.cell()),
                row == null ? Rate.PromptTier.ALL : row.promptTier());
    }

    private List<ToolPrice> tools(List<Observed> observed, @Nullable SharedFactor shared) {
        List<ToolPrice> tools = new ArrayList<>();
        BigDecimal last = null;
        for (Observed one : observed) {
            if (!one.cell().costType().equals(Cell.WEB_SEARCH) || one.billedAt(BigDecimal.ONE)) {
                continue;
            }
            BigDecimal price = one.implied(SharedFactor.on(shared, one));
            if (price == null) {
                notes.add(named(one) + " was billed at an amount that no price of six decimals gives.");
            } else if ((last == null || price.compareTo(last) != 0) && !one.billedAt(SharedFactor.on(shared, one))) {
                last = price;
                tools.add(new ToolPrice(
                        RateTable.WEB_SEARCH, start(one.cell().day()), null, price, sources, "billed so", "", ""));
            }
        }
        return tools;
    }

    private List<Discount> discounts(List<Observed> observed, @Nullable SharedFactor shared) {
        if (shared == null) {
            return List.of();
        }
        List<Discount> discounts = new ArrayList<>();
        if (table.discounts().isEmpty()) {
            discounts.add(discount(Discount.EVERYTHING, shared));
            boolean exempt = observed.stream()
                    .anyMatch(one -> one.cell().costType().equals(Cell.WEB_SEARCH)
                            && !one.cell().day().isBefore(shared.from())
                            && one.billedAt(BigDecimal.ONE));
            if (exempt) {
                discounts.add(discount(RateTable.WEB_SEARCH, new SharedFactor(shared.from(), BigDecimal.ONE)));
            }
            return discounts;
        }
        notes.add("Every price of the bill is " + shared.factor().toPlainString() + " of the rate table's from "
                + shared.from()
                + " on, discounts included: change the discounts of the rate file, whose rows say for what"
                + " they were agreed.");
        return discounts;
    }

    private Discount discount(String target, SharedFactor shared) {
        return new Discount(
                target,
                start(shared.from()),
                null,
                shared.factor(),
                sources,
                "every price of the bill is this share of the list price",
                "",
                "");
    }

    private static String named(Observed one) {
        Cell cell = one.cell();
        String what = cell.tokenType() == null ? cell.costType() : cell.model() + " " + cell.tokenType();
        return what + " of " + cell.day();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
