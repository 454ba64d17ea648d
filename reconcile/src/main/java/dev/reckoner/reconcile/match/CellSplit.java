package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Facts;
import dev.reckoner.reconcile.LedgerLine.Kind;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the difference of one cell into variances: first what differs in tokens, each valued at the billed unit price,
 * then what is left on the tokens that agree, which can only be their price. The parts sum to the difference exactly:
 * the last one takes what rounding left.
 */
final class CellSplit {

    /** Places of a part's value; the vendor's own amounts have eight (api-facts §6). */
    private static final int PLACES = 12;

    private final CellFacts facts;
    private final List<Quantities.Gap> gaps;
    private final List<Variance> variances = new ArrayList<>();
    private BigDecimal left;

    private CellSplit(CellFacts facts, List<Quantities.Gap> gaps) {
        this.facts = facts;
        this.gaps = gaps;
        this.left = facts.billed().subtract(facts.booked());
    }

    /**
     * The variances of a cell.
     *
     * @param gaps its differences in tokens
     * @param all everything that is known
     */
    static List<Variance> of(CellFacts facts, List<Quantities.Gap> gaps, Facts all) {
        CellSplit split = new CellSplit(facts, gaps);
        boolean late = !facts.cell.day().isBefore(all.lateFrom());
        split.split(all.usageKnown(), late);
        return split.variances;
    }

    private void split(boolean usageKnown, boolean late) {
        switch (facts.cell.costType()) {
            case Cell.CODE_EXECUTION -> whole(Cause.CONTAINER, "container time is in no response");
            case Cell.SESSION_USAGE -> whole(Cause.SESSION_TIME, "session time is in no response");
            default -> {
                if ("priority".equals(facts.cell.serviceTier())) {
                    priority();
                } else if (usageKnown) {
                    byTokens();
                } else {
                    byMoney(late);
                }
            }
        }
    }

    private void whole(Cause cause, String evidence) {
        if (left.signum() != 0) {
            add("", new Sides(facts.counted(), facts.used(), facts.booked(), facts.billed()), cause, evidence);
        }
    }

    private void priority() {
        long counted = facts.counted() + facts.counted(Kind.WAIVED);
        if (facts.used() != 0 || counted != 0) {
            add(
                    "",
                    new Sides(counted, facts.used(), facts.booked(), facts.billed()),
                    Cause.PRIORITY,
                    "priority tier is a commitment and has no lines in the cost report");
        }
    }

    /** Without a usage report: what the ledger itself knows to be uncertain, or wholly lacks. */
    private void byMoney(boolean late) {
        if (left.signum() == 0) {
            return;
        }
        if (late) {
            whole(Cause.LATE, "the bucket is younger than the vendor's lag");
            return;
        }
        if (facts.lines().isEmpty()) {
            whole(Cause.BYPASSED, "the ledger has nothing of this model and token class here");
        } else if (facts.counted(Kind.INTERRUPTED) > 0) {
            whole(Cause.INTERRUPTED, "the cell has exchanges cut by a crash");
        } else if (facts.counted(Kind.ESTIMATED) > 0) {
            whole(Cause.ESTIMATE, "the cell has estimates");
        } else {
            whole(Cause.UNKNOWN, "no usage report was to be had; money alone tells no more");
        }
    }

    private void byTokens() {
        long waived = tokens(Cause.NOT_BILLED);
        boolean charged = waived != 0 && charged();
        long used = charged ? facts.used() : facts.used() - waived;
        long counted = facts.counted();
        List<Quantities.Gap> priced = priced(charged);
        if (used == 0 && counted == 0) {
            whole(Cause.UNKNOWN, "money without tokens");
            return;
        }
        boolean samePrice = counted == 0 || used == 0 || samePrice(used, counted);
        for (int i = 0; i < priced.size(); i++) {
            boolean last = samePrice && i == priced.size() - 1;
            price(priced.get(i), used, counted, last);
        }
        if (left.signum() != 0) {
            agreedTokens(used, counted);
        }
    }

    /** The differences in tokens that money stands behind; the others are named at once. */
    private List<Quantities.Gap> priced(boolean charged) {
        List<Quantities.Gap> priced = new ArrayList<>();
        for (Quantities.Gap gap : gaps) {
            if (gap.cause() != Cause.NOT_BILLED) {
                priced.add(gap);
            } else if (charged) {
                priced.add(
                        gap.because("the bill charges what the ledger holds for not billed: refusals before output"));
            } else {
                Sides sides = new Sides(0, gap.difference(), BigDecimal.ZERO, BigDecimal.ZERO);
                add(gap.key(), sides, gap.cause(), gap.evidence());
            }
        }
        return priced;
    }

    /** Whether the bill has money for tokens that the ledger waives: at the price of the others, or with no others there. */
    private boolean charged() {
        return facts.billed().signum() != 0 && (facts.counted() == 0 || samePrice(facts.used(), facts.counted()));
    }

    /** Whether billed and booked unit prices are one, by cross-multiplication: no quotient has to be rounded. */
    private boolean samePrice(long used, long counted) {
        BigDecimal billed = facts.billed().multiply(BigDecimal.valueOf(counted));
        return billed.compareTo(facts.booked().multiply(BigDecimal.valueOf(used))) == 0;
    }

    private void price(Quantities.Gap gap, long used, long counted, boolean last) {
        boolean byBill = used != 0;
        BigDecimal amount = byBill ? facts.billed() : facts.booked();
        BigDecimal value = last
                ? left
                : amount.multiply(BigDecimal.valueOf(gap.difference()))
                        .divide(BigDecimal.valueOf(byBill ? used : counted), PLACES, RoundingMode.HALF_EVEN);
        BigDecimal ledger = gap.ledger() == 0 || counted == 0
                ? BigDecimal.ZERO
                : facts.booked()
                        .multiply(BigDecimal.valueOf(gap.ledger()))
                        .divide(BigDecimal.valueOf(counted), PLACES, RoundingMode.HALF_EVEN);
        Sides sides = new Sides(gap.ledger(), gap.ledger() + gap.difference(), ledger, ledger.add(value));
        add(gap.key(), sides, gap.cause(), gap.evidence());
        left = left.subtract(value);
    }

    private void agreedTokens(long used, long counted) {
        long pending = facts.counted(Kind.PENDING);
        String evidence = pending > 0
                ? pending + " tokens of it have no rate in the ledger yet"
                : "the tokens agree; " + UnitPrice.of(facts.billed(), used) + " billed, "
                        + UnitPrice.of(facts.booked(), counted) + " in the ledger";
        Sides sides = new Sides(counted, counted, facts.booked(), facts.booked().add(left));
        add("", sides, Cause.RATE, evidence);
    }

    private long tokens(Cause cause) {
        return gaps.stream()
                .filter(gap -> gap.cause() == cause)
                .mapToLong(Quantities.Gap::difference)
                .sum();
    }

    private void add(String key, Sides sides, Cause cause, String evidence) {
        variances.add(new Variance(
                facts.cell,
                CellFacts.keyless(key) ? null : key,
                sides.ledgerTokens,
                sides.billedTokens,
                sides.ledger,
                sides.billed,
                cause,
                evidence));
    }

    /** The two sides of a variance. */
    private record Sides(long ledgerTokens, long billedTokens, BigDecimal ledger, BigDecimal billed) {}
}
