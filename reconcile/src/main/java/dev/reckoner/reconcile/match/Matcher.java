package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Facts;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.TierPrices;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Compares bill and ledger, cell by cell, to the last decimal, and names the cause of each difference. Nothing is
 * rounded, nothing tolerated: a cell without a variance agrees exactly, and the variances of a cell sum to its
 * difference. Pure, any thread.
 */
public final class Matcher {

    private Matcher() {}

    /** Matches everything that the facts hold. */
    public static Matched match(Facts facts, TierPrices tiers) {
        Collection<CellFacts> cells = CellTable.of(facts).cells();
        boolean otherInstant = Midnight.otherInstant(cells);
        Quantities quantities = new Quantities(facts, otherInstant);
        Prices prices = Prices.of(cells, tiers, facts.stated());
        List<Variance> variances = new ArrayList<>();
        BigDecimal billed = BigDecimal.ZERO;
        BigDecimal booked = BigDecimal.ZERO;
        CoverageTally coverage = new CoverageTally(facts.usageKnown());
        for (CellFacts cell : cells) {
            billed = billed.add(cell.billed());
            booked = booked.add(cell.booked());
            List<Quantities.Gap> gaps = facts.usageKnown() ? quantities.of(cell) : List.of();
            List<Variance> found = prices.named(cell, CellSplit.of(cell, gaps, facts));
            variances.addAll(found);
            coverage.add(cell, found);
        }
        return new Matched(booked, billed, variances, coverage.coverage(), otherInstant);
    }

    /** The grain that a bill is compared at: takes a cell to the one that it is part of. */
    public static UnaryOperator<Cell> grain(List<BilledCost> costs) {
        return Grain.of(costs)::of;
    }
}
