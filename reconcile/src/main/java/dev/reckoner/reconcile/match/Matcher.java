package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Coverage;
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
        Prices prices = Prices.of(cells, tiers);
        List<Variance> variances = new ArrayList<>();
        BigDecimal billed = BigDecimal.ZERO;
        BigDecimal booked = BigDecimal.ZERO;
        long billedTokens = 0;
        for (CellFacts cell : cells) {
            billed = billed.add(cell.billed());
            booked = booked.add(cell.booked());
            billedTokens += cell.cell.costType().equals(Cell.TOKENS) ? cell.used() : 0;
            List<Quantities.Gap> gaps = facts.usageKnown() ? quantities.of(cell) : List.of();
            variances.addAll(prices.named(cell, CellSplit.of(cell, gaps, facts)));
        }
        return new Matched(booked, billed, variances, coverage(billed, billedTokens, variances), otherInstant);
    }

    /** The grain that a bill is compared at: takes a cell to the one that it is part of. */
    public static UnaryOperator<Cell> grain(List<BilledCost> costs) {
        return Grain.of(costs)::of;
    }

    private static Coverage coverage(BigDecimal billed, long billedTokens, List<Variance> variances) {
        BigDecimal outside = BigDecimal.ZERO;
        long outsideTokens = 0;
        for (Variance variance : variances) {
            if (Coverage.outside(variance.cause())) {
                outside = outside.add(variance.difference());
            }
            if (variance.cause() == Cause.BYPASSED && variance.cell().costType().equals(Cell.TOKENS)) {
                outsideTokens += variance.billedTokens() - variance.ledgerTokens();
            }
        }
        return new Coverage(billedTokens - outsideTokens, billedTokens, billed.subtract(outside), billed);
    }
}
