package dev.reckoner.reconcile.chargeback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.MemoryArchive;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Reconciler;
import dev.reckoner.reconcile.TierPrices;
import dev.reckoner.reconcile.chargeback.Owed.Kind;
import dev.reckoner.reconcile.vendor.ApiKey;
import dev.reckoner.reconcile.vendor.HourlyReports;
import dev.reckoner.reconcile.vendor.Pulled;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months that are closed, and what is left to adjust when their bills move afterwards. */
final class MonthsTest {

    private static final YearMonth JULY = YearMonth.parse("2026-07");
    private static final YearMonth AUGUST = JULY.plusMonths(1);
    private static final YearMonth SEPTEMBER = JULY.plusMonths(2);
    private static final String KEY = "apikey_01";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2027-06-01T00:00:00Z"), ZoneOffset.UTC);

    private final MemoryArchive archive = new MemoryArchive();
    private final BookedReports books = new BookedReports();
    private final List<BilledCost> costs = new ArrayList<>();
    private final List<BilledUsage> usage = new ArrayList<>();
    private final Months months =
            new Months(books, archive, new Reconciler(books, TierPrices.NONE, Duration.ofHours(6), CLOCK), this::pull);

    private Pulled pull(ReconcileRequest request) {
        return new Pulled(
                costs.stream().filter(cost -> request.within(cost.cell().day())).toList(),
                usage.stream().filter(used -> request.within(used.cell().day())).toList(),
                true,
                List.of(new ApiKey(KEY, "one", BookedReports.HINT, null)),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                HourlyReports.NONE);
    }

    private static Cell cell(LocalDate day, String model) {
        return Cell.ofTokens(
                day, null, "output_tokens", new Cell.Terms(model, "standard", "0-200k", "global", "standard"));
    }

    /** Books tokens of someone at a price of one for a million, and bills them. */
    private void use(LocalDate day, String user, long tokens) {
        BigDecimal amount = BigDecimal.valueOf(tokens, 6);
        books.book(new BookedReports.Used(day, "opus", user, "t", "p", tokens, amount));
        costs.add(new BilledCost(cell(day, "opus"), amount));
        usage.add(new BilledUsage(cell(day, "opus"), KEY, tokens));
    }

    private MonthSplit close(YearMonth month) {
        return months.close(month, CLOCK.instant()).orElseThrow();
    }

    private static List<String> rows(MonthSplit split) {
        return split.by(Dimension.USER).stream()
                .map(row -> row.kind() + " " + row.owner() + " "
                        + (row.adjusts() == null ? "" : "for " + row.adjusts() + " ")
                        + row.amount().stripTrailingZeros().toPlainString())
                .toList();
    }

    @Test
    void closedMonth_staysAsItWas_whateverTheBillSaysLater() {
        use(JULY.atDay(3), "ada", 3_000_000);
        use(JULY.atDay(4), "grace", 1_000_000);
        MonthSplit closed = close(JULY);
        use(JULY.atDay(5), "grace", 5_000_000);

        MonthSplit again = months.split(JULY, JULY.atEndOfMonth(), Months.OWNERS);

        assertEquals(closed, again);
        assertEquals(List.of("OWNER ada 3", "OWNER grace 1"), rows(again));
        assertEquals(CLOCK.instant(), months.closedAt(JULY).orElseThrow());
        assertTrue(months.closedAt(AUGUST).isEmpty());
    }

    @Test
    void restatedBill_isAdjustedInTheNextMonth_andOnlyOnce() {
        use(JULY.atDay(3), "ada", 3_000_000);
        close(JULY);
        use(JULY.atDay(3), "grace", 1_000_000);
        use(AUGUST.atDay(1), "ada", 2_000_000);

        assertEquals(
                List.of("OWNER ada 2", "OWNER grace for 2026-07 1"),
                rows(months.split(AUGUST, AUGUST.atEndOfMonth(), Months.OWNERS)));
        close(AUGUST);
        use(SEPTEMBER.atDay(1), "ada", 1_000_000);
        assertEquals(List.of("OWNER ada 1"), rows(months.split(SEPTEMBER, SEPTEMBER.atDay(2), Months.OWNERS)));
    }

    @Test
    void ownerWhoVanished_getsBackWhatWasCharged() {
        use(JULY.atDay(3), "typo", 3_000_000);
        close(JULY);
        books.reattribute("typo", "ada");

        MonthSplit august = months.split(AUGUST, AUGUST.atEndOfMonth(), Months.OWNERS);

        assertEquals(List.of("OWNER ada for 2026-07 3", "OWNER typo for 2026-07 -3"), rows(august));
        assertEquals(0, august.total(Dimension.USER).signum());
    }

    @Test
    void monthBeyondTheBound_isAdjustedNoMore() {
        use(JULY.atDay(3), "ada", 3_000_000);
        close(JULY);
        use(JULY.atDay(3), "grace", 1_000_000);
        YearMonth last = JULY.plusMonths(Months.ADJUSTED_MAX);

        assertNotEquals(List.of(), rows(months.split(last, last.atEndOfMonth(), Months.OWNERS)));
        assertEquals(
                List.of(),
                rows(months.split(last.plusMonths(1), last.plusMonths(1).atEndOfMonth(), Months.OWNERS)));
    }

    @Test
    void billThatHasNothingOfADayAnyMore_isNotTakenForARefund() {
        use(JULY.atDay(3), "ada", 3_000_000);
        use(JULY.atDay(4), "ada", 1_000_000);
        close(JULY);
        costs.removeIf(cost -> cost.cell().day().equals(JULY.atDay(4)));

        MonthSplit august = months.split(AUGUST, AUGUST.atEndOfMonth(), Months.OWNERS);

        assertEquals(List.of(), rows(august));
        assertTrue(
                august.notes().get(0).startsWith("No adjustment of 2026-07: it was closed with a bill of 2026-07-04"));
    }

    @Test
    void closedMonth_thatCannotBeRead_isSaidAndNotGuessed() {
        archive.keep(ClosedMonths.KIND, "2026-07", "{\"month\":\"2026-07\"}");

        LedgerException damaged =
                assertThrows(LedgerException.class, () -> months.split(JULY, JULY.atEndOfMonth(), Months.OWNERS));

        assertTrue(String.valueOf(damaged.getMessage()).startsWith("the closed month 2026-07 can't be read"));
    }

    @Test
    void closedMonth_keepsEverythingOfEachRow() {
        use(JULY.atDay(3), "ada", 3_000_001);
        costs.add(new BilledCost(Cell.ofOther(JULY.atDay(9), null, Cell.SESSION_USAGE), new BigDecimal("0.125")));

        MonthSplit closed = close(JULY);

        assertEquals(closed, months.split(JULY, JULY.atDay(1), Months.OWNERS));
        Owed ada = closed.by(Dimension.USER).get(0);
        assertEquals(
                new Owed.Part("opus", "output_tokens", 3_000_001, new BigDecimal("3.00000100")),
                ada.parts().get(0));
        assertEquals(Kind.TOOLS_AND_TIME, closed.by(Dimension.TEAM).get(1).kind());
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35})
    void anyBillsLedgersAndRestatements_sumToWhatIsBilled(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<YearMonth, BigDecimal> charged = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            YearMonth month = JULY.plusMonths(i);
            traffic(random, month);
            for (int back = 1; back <= Months.ADJUSTED_MAX && back <= i; back++) {
                restate(random, month.minusMonths(back));
            }

            MonthSplit closed = close(month);

            for (Dimension by : Months.OWNERS) {
                BigDecimal own = MonthSplit.sum(closed.by(by).stream()
                        .filter(row -> row.adjusts() == null)
                        .toList());
                assertEquals(0, closed.billed().compareTo(own), month + " by " + by);
                assertEquals(0, billed(month).compareTo(own), month + " by " + by);
            }
            charged.merge(month, closed.billed(), BigDecimal::add);
            for (Owed row : closed.by(Dimension.USER)) {
                if (row.adjusts() != null) {
                    charged.merge(row.adjusts(), row.amount(), BigDecimal::add);
                }
            }
            for (int back = 0; back <= Months.ADJUSTED_MAX && back <= i; back++) {
                YearMonth earlier = month.minusMonths(back);
                assertEquals(0, billed(earlier).compareTo(charged.get(earlier)), earlier + " after " + month);
            }
            assertEquals(0, closed.total(Dimension.USER).compareTo(closed.total(Dimension.TEAM)));
            assertEquals(0, closed.total(Dimension.USER).compareTo(closed.total(Dimension.PROJECT)));
        }
    }

    private BigDecimal billed(YearMonth month) {
        return costs.stream()
                .filter(cost -> YearMonth.from(cost.cell().day()).equals(month))
                .map(BilledCost::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void traffic(Random random, YearMonth month) {
        for (int i = 0; i < 30; i++) {
            LocalDate day = month.atDay(1 + random.nextInt(28));
            String model = "model-" + random.nextInt(3);
            long tokens = 1L + random.nextInt(1_000_000);
            books.book(new BookedReports.Used(
                    day,
                    model,
                    random.nextInt(5) == 0 ? "" : "user-" + random.nextInt(6),
                    "team-" + random.nextInt(2),
                    random.nextInt(3) == 0 ? "" : "project-" + random.nextInt(3),
                    tokens,
                    BigDecimal.valueOf(tokens, 5)));
            costs.add(new BilledCost(cell(day, model), BigDecimal.valueOf(random.nextInt(900_000_000), 8)));
            usage.add(new BilledUsage(
                    cell(day, model), random.nextInt(6) == 0 ? "apikey_99" : KEY, tokens + random.nextInt(3)));
        }
        costs.add(new BilledCost(
                Cell.ofOther(month.atDay(9), null, Cell.CODE_EXECUTION), BigDecimal.valueOf(random.nextInt(1_000), 3)));
    }

    /** Lines that appear, also negative ones, amounts that change, and entries that turn out to be someone else's. */
    private void restate(Random random, YearMonth month) {
        Stream.of(1, 2)
                .forEach(i -> costs.add(new BilledCost(
                        cell(month.atDay(1 + random.nextInt(28)), "model-" + random.nextInt(4)),
                        BigDecimal.valueOf(random.nextInt(200_000_000) - 100_000_000, 8 + random.nextInt(3)))));
        int at = random.nextInt(costs.size());
        BilledCost cost = costs.get(at);
        if (YearMonth.from(cost.cell().day()).equals(month)) {
            costs.set(at, new BilledCost(cost.cell(), cost.amount().multiply(new BigDecimal("0.97"))));
        }
        if (random.nextInt(3) == 0) {
            books.reattribute("user-" + random.nextInt(6), "user-" + random.nextInt(6));
        }
    }
}
