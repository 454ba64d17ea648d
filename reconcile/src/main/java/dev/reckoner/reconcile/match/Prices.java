package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.LedgerLine.Kind;
import dev.reckoner.reconcile.Stated;
import dev.reckoner.reconcile.TierPrices;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of a difference in unit price what kind it is: another split over two prompt tiers, where a whole number of
 * tokens solves low × r1 + high × r2 = billed in every class that differs (api-facts §3.3); a discount, where the vendor
 * states one or every price of the bill is off by one factor over several models; else a rate.
 */
final class Prices {

    private static final MathContext RATIO = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final int MODELS_MIN = 2;
    private static final int CLASSES_MIN = 2;
    private static final int PLACES = 12;

    private final TierPrices tiers;
    private final Stated stated;
    private final @Nullable BigDecimal discount;

    /** How many token classes of a model differ in price, by the cell without its token class. */
    private final Map<Cell, Integer> differing;

    private Prices(TierPrices tiers, Stated stated, @Nullable BigDecimal discount, Map<Cell, Integer> differing) {
        this.tiers = tiers;
        this.stated = stated;
        this.discount = discount;
        this.differing = differing;
    }

    static Prices of(Collection<CellFacts> cells, TierPrices tiers, Stated stated) {
        Map<Cell, Integer> differing = new HashMap<>();
        for (CellFacts facts : cells) {
            BigDecimal billed = facts.billed().multiply(BigDecimal.valueOf(facts.counted()));
            BigDecimal booked = facts.booked().multiply(BigDecimal.valueOf(facts.used()));
            if (billed.compareTo(booked) != 0) {
                differing.merge(facts.cell.withoutTokenType(), 1, Integer::sum);
            }
        }
        return new Prices(tiers, stated, discount(cells), differing);
    }

    /** The variances of a cell, with those in price named by their kind. */
    List<Variance> named(CellFacts cell, List<Variance> variances) {
        List<Variance> named = new ArrayList<>(variances.size());
        for (Variance variance : variances) {
            if (variance.cause() == Cause.RATE && cell.counted(Kind.PENDING) == 0) {
                named.addAll(named(variance));
            } else {
                named.add(variance);
            }
        }
        return named;
    }

    private List<Variance> named(Variance rate) {
        BigDecimal own = discount(rate);
        String tier = own == null ? tier(rate) : null;
        if (tier != null) {
            return List.of(with(rate, rate.ledgerAmount(), rate.billedAmount(), Cause.TIER, tier));
        }
        BigDecimal factor = own == null ? discount : own;
        if (factor == null) {
            return List.of(rate);
        }
        BigDecimal list = rate.billedAmount().divide(factor, PLACES, RoundingMode.HALF_EVEN);
        String evidence = own == null
                ? "every price of the bill is " + factor.toPlainString() + " of the list price"
                : "the vendor states " + factor.toPlainString() + " of the list price";
        List<Variance> parts = new ArrayList<>(2);
        boolean listAgrees = UnitPrice.perMillion(list, Math.max(1, rate.billedTokens()))
                        .compareTo(UnitPrice.perMillion(rate.ledgerAmount(), Math.max(1, rate.ledgerTokens())))
                == 0;
        BigDecimal base = listAgrees ? rate.ledgerAmount() : list;
        if (!listAgrees) {
            parts.add(with(rate, rate.ledgerAmount(), base, Cause.RATE, beforeDiscount(rate, base)));
        }
        parts.add(with(rate, base, rate.billedAmount(), Cause.DISCOUNT, evidence));
        return parts;
    }

    /** The factor that the vendor states for a cell; for what has no model, one stated that day that gives the amount. */
    private @Nullable BigDecimal discount(Variance rate) {
        if (rate.cell().model() != null) {
            return stated.discount(rate.cell());
        }
        return stated.discounts(rate.cell().day()).stream()
                .filter(factor -> rate.ledgerAmount().multiply(factor).compareTo(rate.billedAmount()) == 0)
                .findFirst()
                .orElse(null);
    }

    private static String beforeDiscount(Variance rate, BigDecimal list) {
        return "the tokens agree; " + UnitPrice.of(list, rate.billedTokens()) + " billed before the discount, "
                + UnitPrice.of(rate.ledgerAmount(), rate.ledgerTokens()) + " in the ledger";
    }

    /** A long prompt moves every token class of its request, so a class that differs alone has another price. */
    private @Nullable String tier(Variance rate) {
        TierPrices.Pair pair = tiers.of(rate.cell());
        boolean alone = differing.getOrDefault(rate.cell().withoutTokenType(), 0) < CLASSES_MIN;
        if (alone || pair == null || pair.low().compareTo(pair.high()) == 0) {
            return null;
        }
        BigDecimal tokens = BigDecimal.valueOf(rate.billedTokens());
        BigDecimal step = pair.high().subtract(pair.low());
        BigDecimal[] above = rate.billedAmount()
                .movePointRight(6)
                .subtract(pair.low().multiply(tokens))
                .divideAndRemainder(step);
        boolean solves = above[1].signum() == 0 && above[0].signum() >= 0 && above[0].compareTo(tokens) <= 0;
        return solves
                ? above[0].toBigInteger() + " of " + tokens.toBigInteger()
                        + " tokens are billed at the long prompt's price"
                : null;
    }

    private static Variance with(
            Variance rate, BigDecimal ledgerAmount, BigDecimal billedAmount, Cause cause, String evidence) {
        return new Variance(
                rate.cell(),
                rate.apiKeyId(),
                rate.ledgerTokens(),
                rate.billedTokens(),
                ledgerAmount,
                billedAmount,
                cause,
                evidence);
    }

    /** The one factor, null where some price agrees or the factor is not shared. */
    private static @Nullable BigDecimal discount(Collection<CellFacts> cells) {
        Map<BigDecimal, Set<String>> models = new HashMap<>();
        for (CellFacts cell : cells) {
            long used = cell.used();
            boolean priced = used > 0
                    && cell.counted() > 0
                    && cell.booked().signum() > 0
                    && cell.billed().signum() > 0;
            if (priced && cell.counted(Kind.PENDING) == 0 && cell.counted(Kind.WAIVED) == 0) {
                BigDecimal ratio = cell.billed()
                        .multiply(BigDecimal.valueOf(cell.counted()))
                        .divide(cell.booked().multiply(BigDecimal.valueOf(used)), RATIO)
                        .stripTrailingZeros();
                models.computeIfAbsent(ratio, none -> new HashSet<>()).add(String.valueOf(cell.cell.model()));
            }
        }
        if (models.containsKey(BigDecimal.ONE)) {
            return null;
        }
        return models.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= MODELS_MIN)
                .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
