package dev.reckoner.simulator;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simulator's own bill: what its receipts cost in USD, exact, by its own price list and arithmetic. */
public final class Bill {
    private static final BigDecimal PER_SEARCH = new BigDecimal("0.01");
    private static final BigDecimal GEO_US = new BigDecimal("1.1");
    private static final BigDecimal BATCH = new BigDecimal("0.5");
    private final Catalogue catalogue = new Catalogue();

    /** Makes the bill of today's price list. */
    public Bill() {}

    /** The charge of the usage as stated; empty where no message was made or its model has no price. */
    public Optional<BigDecimal> charge(Receipt receipt) {
        Model.Price price = price(receipt);
        if (price == null) {
            return Optional.empty();
        }
        BigDecimal factor = "us".equals(receipt.geo()) ? GEO_US : BigDecimal.ONE;
        return Optional.of(charge(receipt.stated(), price, factor));
    }

    /** The charge of an item of a batch: half for tokens, the whole for searches; empty like that of a receipt. */
    public Optional<BigDecimal> charge(ItemReceipt item) {
        if (item.model() == null) {
            return Optional.empty();
        }
        Model model = catalogue.find(item.model()).orElseThrow();
        Model.Price price = item.billed().prompt() > model.longPromptAbove() ? model.longPrompt() : model.prices();
        if (price == null) {
            return Optional.empty();
        }
        BigDecimal factor = "us".equals(item.geo()) ? BATCH.multiply(GEO_US) : BATCH;
        return Optional.of(charge(item.billed(), price, factor));
    }

    private static BigDecimal charge(Counts n, Model.Price price, BigDecimal factor) {
        BigDecimal tokens = times(n.input(), price.input())
                .add(times(n.cacheWrite5m(), price.write5m()))
                .add(times(n.cacheWrite1h(), price.write1h()))
                .add(times(n.cacheRead(), price.read()))
                .add(times(n.output(), price.output()))
                .movePointLeft(6);
        return tokens.multiply(factor).add(times(n.searches(), PER_SEARCH));
    }

    /** The charge of all receipts that have one. */
    public BigDecimal sum(Collection<Receipt> receipts) {
        return receipts.stream().flatMap(r -> charge(r).stream()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Model.@Nullable Price price(Receipt receipt) {
        if (receipt.model() == null) {
            return null;
        }
        Model model = catalogue.find(receipt.model()).orElseThrow();
        if ("fast".equals(receipt.speed())) {
            return model.fast();
        }
        return receipt.stated().prompt() > model.longPromptAbove() ? model.longPrompt() : model.prices();
    }

    private static BigDecimal times(long count, BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(count));
    }
}
