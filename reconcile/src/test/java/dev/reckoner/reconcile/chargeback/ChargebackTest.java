package dev.reckoner.reconcile.chargeback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Facts;
import dev.reckoner.reconcile.LedgerLine;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.Stated;
import dev.reckoner.reconcile.TierPrices;
import dev.reckoner.reconcile.chargeback.Owed.Kind;
import dev.reckoner.reconcile.match.Matcher;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bill split over its owners. */
final class ChargebackTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-02");
    private static final Cell CELL = cell("claude-opus-5-5", 0);
    private static final List<LedgerLine.Kind> KINDS = List.of(LedgerLine.Kind.values());

    private static Cell cell(String model, int day) {
        return Cell.ofTokens(
                DAY.plusDays(day),
                null,
                "output_tokens",
                new Cell.Terms(model, "standard", "0-200k", "global", "standard"));
    }

    private static String row(Owed row) {
        assertEquals(
                row.amount(),
                row.parts().stream().map(Owed.Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add),
                "the parts of " + row);
        return row.kind() + " " + row.owner() + " " + row.amount();
    }

    private static BigDecimal sum(List<Owed> rows) {
        return rows.stream().map(Owed::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Matched match(List<BilledCost> costs, List<BilledUsage> usage, List<LedgerLine> ledger) {
        Facts facts = new Facts(
                DAY,
                DAY.plusDays(30),
                costs,
                usage,
                true,
                ledger,
                Set.of("apikey_01"),
                List.of(),
                Set.of(),
                Set.of(),
                DAY.plusDays(60),
                Stated.NOTHING);
        return Matcher.match(facts, TierPrices.NONE);
    }

    @Test
    void bill_isSplitByTokens_withRowsForWhatNobodyCaused() {
        Cell time = Cell.ofOther(DAY, null, Cell.CODE_EXECUTION);
        Cell lost = cell("claude-fable-5-2", 0);
        List<BilledCost> costs = List.of(
                new BilledCost(CELL, new BigDecimal("0.04")),
                new BilledCost(time, new BigDecimal("1.25")),
                new BilledCost(lost, new BigDecimal("0.5")));
        List<BilledUsage> usage = List.of(
                new BilledUsage(CELL, "apikey_01", 1_500),
                new BilledUsage(CELL, "apikey_02", 500),
                new BilledUsage(lost, "apikey_01", 10));
        List<LedgerLine> ledger =
                List.of(new LedgerLine(CELL, "apikey_01", LedgerLine.Kind.EXACT, 1_500, new BigDecimal("0.03")));
        List<Share> shares =
                List.of(new Share(CELL, "ada", 1_000), new Share(CELL, "grace", 400), new Share(CELL, "", 100));

        List<Owed> rows = Chargeback.split(costs, match(costs, usage, ledger).variances(), shares);

        assertEquals(
                List.of("OWNER ada 0.02000000", "OWNER grace 0.00800000", "NOT_STATED  0.00200000"),
                rows.subList(0, 3).stream().map(ChargebackTest::row).toList());
        assertEquals(
                List.of(new Owed.Part("claude-opus-5-5", "output_tokens", 1_000, new BigDecimal("0.02000000"))),
                rows.get(0).parts());
        assertEquals(Kind.OUTSIDE, rows.get(3).kind());
        assertEquals(0, new BigDecimal("0.51").compareTo(rows.get(3).amount()));
        assertEquals("TOOLS_AND_TIME  1.25000000", row(rows.get(4)));
        assertEquals(
                510, rows.get(3).parts().stream().mapToLong(Owed.Part::quantity).sum());
        assertEquals(0, new BigDecimal("1.79").compareTo(sum(rows)));
    }

    @Test
    void cellWithoutShares_isNotAttributable() {
        List<BilledCost> costs = List.of(new BilledCost(CELL, new BigDecimal("-0.5")));

        List<Owed> rows = Chargeback.split(costs, List.of(), List.of());

        assertEquals(
                List.of("NOT_ATTRIBUTABLE  -0.50000000"),
                rows.stream().map(ChargebackTest::row).toList());
    }

    @Test
    void anyBillAndLedger_sumToTheBill() {
        long seed = 20_261_122;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<BilledCost> costs = new ArrayList<>();
            List<BilledUsage> usage = new ArrayList<>();
            List<LedgerLine> ledger = new ArrayList<>();
            List<Share> shares = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                Cell cell = cell("model-" + random.nextInt(4), random.nextInt(4));
                BigDecimal billed = new BigDecimal(BigInteger.valueOf(random.nextInt(2_000_000_000) - 100_000_000), 8);
                costs.add(new BilledCost(cell, billed));
                usage.add(new BilledUsage(cell, "apikey_0" + random.nextInt(3), random.nextInt(1_000_000)));
                if (random.nextInt(3) > 0) {
                    long quantity = random.nextInt(1_000_000);
                    ledger.add(new LedgerLine(
                            cell,
                            "apikey_01",
                            KINDS.get(random.nextInt(KINDS.size())),
                            quantity,
                            BigDecimal.valueOf(quantity, 5)));
                    shares.add(new Share(cell, random.nextBoolean() ? "" : "user-" + random.nextInt(5), quantity));
                }
            }

            Matched matched = match(costs, usage, ledger);
            List<Owed> rows = Chargeback.split(costs, matched.variances(), shares);

            assertEquals(0, matched.billed().compareTo(sum(rows)), "round " + round);
            rows.forEach(ChargebackTest::row);
            BigDecimal explained = matched.variances().stream()
                    .map(variance -> variance.difference())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertEquals(0, matched.difference().compareTo(explained), "round " + round);
        }
    }
}
