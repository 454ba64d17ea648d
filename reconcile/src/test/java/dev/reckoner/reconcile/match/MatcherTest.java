package dev.reckoner.reconcile.match;

import static dev.reckoner.reconcile.match.Scene.DAY;
import static dev.reckoner.reconcile.match.Scene.KEY;
import static dev.reckoner.reconcile.match.Scene.NEXT;
import static dev.reckoner.reconcile.match.Scene.byCause;
import static dev.reckoner.reconcile.match.Scene.output;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Facts;
import dev.reckoner.reconcile.LedgerLine.Kind;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.Stated;
import dev.reckoner.reconcile.TierPrices;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each cause by itself, against amounts computed by hand. */
final class MatcherTest {

    private static final Cell OPUS = output("claude-opus-5-5");
    private static final Cell SONNET = output("claude-sonnet-5-5");
    private static final Cell HAIKU = output("claude-haiku-5-5");

    private final Scene scene = new Scene();

    private void expect(Map<Cause, String> sums) {
        Matched matched = scene.match();
        Map<Cause, BigDecimal> found = byCause(matched);
        assertEquals(sums.keySet(), found.keySet(), matched.variances().toString());
        sums.forEach((cause, sum) ->
                assertEquals(0, new BigDecimal(sum).compareTo(found.get(cause)), cause + ": " + matched.variances()));
        BigDecimal explained = found.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, matched.difference().compareTo(explained));
    }

    @Test
    void equalBooks_noVariance() {
        scene.agreed(OPUS, 1_000_003, "20").agreed(SONNET, 7, "10");
        expect(Map.of());
        assertEquals(0, scene.match().difference().signum());
        assertEquals(
                new BigDecimal("1.000000"), scene.match().coverage().whole().tokenShare());
    }

    @Test
    void keyNeverSeen_isBypassedByItsTokens() {
        scene.agreed(OPUS, 1_000, "20").billed(OPUS, "apikey_02", 500, "20");
        expect(Map.of(Cause.BYPASSED, "0.01"));
        Matched matched = scene.match();
        assertEquals("apikey_02", matched.variances().get(0).apiKeyId());
        assertEquals(new BigDecimal("0.666667"), matched.coverage().whole().tokenShare());
        assertEquals(new BigDecimal("0.666667"), matched.coverage().whole().amountShare());
    }

    @Test
    void trafficWithoutKey_isTheConsoles() {
        scene.agreed(OPUS, 1_000, "20").billed(OPUS, null, 250, "20");
        expect(Map.of(Cause.BYPASSED, "0.005"));
        assertNull(scene.match().variances().get(0).apiKeyId());
    }

    @Test
    void trafficWithoutKey_isSplitByAccount_toTheCellsAmount() {
        scene.agreed(OPUS, 1_000, "20").keyless(OPUS, "ada@example.org (user_1)", 7, "20");
        scene.keyless(OPUS, null, 11, "20").keyless(OPUS, "user_2", 13, "20");
        expect(Map.of(Cause.BYPASSED, "0.00062"));
        assertEquals(
                Map.of(
                        "billed without a key: the vendor's Console, or a login", 11L,
                        "billed without a key, by ada@example.org (user_1)", 7L,
                        "billed without a key, by user_2", 13L),
                scene.match().variances().stream()
                        .collect(Collectors.toMap(Variance::evidence, Variance::billedTokens)));
    }

    @Test
    void trafficWithoutKeyBeyondWhatPassed_namesWhoeverItMayBe() {
        scene.keyless(OPUS, "user_1", 700, "20").keyless(OPUS, "user_2", 400, "20");
        scene.booked(OPUS, null, Kind.EXACT, 1_000, "20");
        expect(Map.of(Cause.BYPASSED, "0.002"));
        assertEquals(
                "billed without a key, by user_1, user_2, beyond what passed through the proxy",
                scene.match().variances().get(0).evidence());
    }

    @Test
    void knownKeyBilledForMore_isBypassedByTheExcess() {
        scene.billed(OPUS, KEY, 1_500, "20").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        expect(Map.of(Cause.BYPASSED, "0.01"));
    }

    @Test
    void priceChanged_isARateWithTheImpliedPrice() {
        scene.agreed(SONNET, 10, "10").billed(OPUS, KEY, 1_000, "24").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        expect(Map.of(Cause.RATE, "0.004"));
        assertTrue(
                scene.match().variances().get(0).evidence().contains("$24/M billed, $20/M in the ledger"),
                scene.match().variances().toString());
    }

    @Test
    void withoutRateInTheLedger_isARateThatIsMissing() {
        scene.agreed(SONNET, 10, "10").billed(OPUS, KEY, 1_000, "24").booked(OPUS, KEY, Kind.PENDING, 1_000, "0");
        expect(Map.of(Cause.RATE, "0.024"));
    }

    @Test
    void everyPriceOffByOneFactor_isADiscount() {
        scene.billed(OPUS, KEY, 1_000, "17").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.billed(SONNET, KEY, 2_000, "8.5").booked(SONNET, KEY, Kind.EXACT, 2_000, "10");
        expect(Map.of(Cause.DISCOUNT, "-0.006"));
    }

    @Test
    void discountAndOneChangedPrice_areToldApart() {
        scene.billed(OPUS, KEY, 1_000, "17").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.billed(SONNET, KEY, 2_000, "8.5").booked(SONNET, KEY, Kind.EXACT, 2_000, "10");
        scene.billed(HAIKU, KEY, 1_000_000, "1.7").booked(HAIKU, KEY, Kind.EXACT, 1_000_000, "0.5");
        expect(Map.of(Cause.DISCOUNT, "-0.306", Cause.RATE, "1.5"));
    }

    @Test
    void oneModelsPricesOff_areRatesNotADiscount() {
        scene.billed(OPUS, KEY, 1_000, "17").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        expect(Map.of(Cause.RATE, "-0.003"));
    }

    @Test
    void statedDiscount_isOneEvenOnASingleModel() {
        scene.agreed(SONNET, 10, "10").billed(OPUS, KEY, 1_000, "17").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.stated =
                new Stated(Map.of(new Stated.ModelDay(DAY, "claude-opus-5-5"), new BigDecimal("0.85")), Map.of());
        expect(Map.of(Cause.DISCOUNT, "-0.003"));
        assertEquals(
                "the vendor states 0.85 of the list price",
                scene.match().variances().get(0).evidence());
    }

    @Test
    void statedDiscountOnAChangedPrice_leavesTheChangeToTheRate() {
        scene.agreed(SONNET, 10, "10").billed(OPUS, KEY, 1_000, "20.4").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.stated =
                new Stated(Map.of(new Stated.ModelDay(DAY, "claude-opus-5-5"), new BigDecimal("0.85")), Map.of());
        expect(Map.of(Cause.DISCOUNT, "-0.0036", Cause.RATE, "0.004"));
    }

    @Test
    void statedDiscountOfAnotherDay_isNoEvidence() {
        scene.agreed(SONNET, 10, "10").billed(OPUS, KEY, 1_000, "17").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.stated =
                new Stated(Map.of(new Stated.ModelDay(NEXT, "claude-opus-5-5"), new BigDecimal("0.85")), Map.of());
        expect(Map.of(Cause.RATE, "-0.003"));
    }

    @Test
    void statedRequests_standBesideADifferenceInTokens() {
        scene.billed(OPUS, KEY, 1_500, "20").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.agreed(SONNET, 10, "10").keyless(SONNET, "user_1", 5, "10");
        scene.stated = new Stated(
                Map.of(),
                Map.of(
                        new Stated.KeyModelDay(DAY, KEY, "claude-opus-5-5"), new Stated.Requests(4, 3),
                        new Stated.KeyModelDay(DAY, "", "claude-sonnet-5-5"), new Stated.Requests(1, 0),
                        new Stated.KeyModelDay(DAY, KEY, "claude-sonnet-5-5"), new Stated.Requests(9, 9)));
        expect(Map.of(Cause.BYPASSED, "0.01005"));
        assertEquals(
                List.of(
                        "the key is billed for more than passed through the proxy; 4 requests billed that day, 3 in the ledger",
                        "billed without a key, by user_1; 1 request billed that day, 0 in the ledger"),
                scene.match().variances().stream().map(Variance::evidence).toList());
    }

    @Test
    void estimatedOutput_takesTheDifference() {
        scene.billed(OPUS, KEY, 1_120, "20");
        scene.booked(OPUS, KEY, Kind.EXACT, 1_000, "20").booked(OPUS, KEY, Kind.ESTIMATED, 80, "20");
        expect(Map.of(Cause.ESTIMATE, "0.0008"));
        Variance variance = scene.match().variances().get(0);
        assertEquals(80, variance.ledgerTokens());
        assertEquals(120, variance.billedTokens());
    }

    @Test
    void cutByACrash_takesTheDifference() {
        scene.billed(OPUS, KEY, 1_120, "20");
        scene.booked(OPUS, KEY, Kind.EXACT, 1_000, "20").booked(OPUS, KEY, Kind.INTERRUPTED, 20, "20");
        expect(Map.of(Cause.INTERRUPTED, "0.002"));
    }

    @Test
    void lostInACrash_takesTheExcessOfItsKeyAndDay() {
        scene.billed(OPUS, KEY, 1_120, "20").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.lost.add(new Facts.Lost(DAY, KEY));
        expect(Map.of(Cause.INTERRUPTED, "0.0024"));
    }

    @Test
    void acrossMidnight_billedByStart_isSolvedAndNetsToZero() {
        scene.billed(OPUS, KEY, 1_300, "20").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.billed(OPUS.on(NEXT), KEY, 700, "20").booked(OPUS.on(NEXT), KEY, Kind.EXACT, 1_000, "20");
        scene.crossing(OPUS.on(NEXT), DAY, 300, "20");
        expect(Map.of(Cause.BOUNDARY, "0"));
        assertTrue(scene.match().otherInstant());
        assertEquals(2, scene.match().variances().size());
    }

    @Test
    void acrossMidnight_billedAsBooked_isNoVariance() {
        scene.agreed(OPUS, 1_000, "20").agreed(OPUS.on(NEXT), 1_000, "20");
        scene.crossing(OPUS.on(NEXT), DAY, 300, "20");
        expect(Map.of());
    }

    @Test
    void youngBucket_isLate() {
        scene.billed(OPUS, KEY, 400, "20").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.lateFrom = DAY;
        expect(Map.of(Cause.LATE, "-0.012"));
    }

    @Test
    void batchNotFetched_takesTheExcessOfTheBatchTier() {
        Cell batch = Scene.batch("claude-opus-5-5");
        scene.billed(batch, KEY, 3_000, "10").booked(batch, KEY, Kind.EXACT, 1_000, "10");
        scene.unfetched.add("");
        expect(Map.of(Cause.BATCH_UNCOLLECTED, "0.02"));
    }

    @Test
    void refusalsReportedAndNotBilled_areNamedWithoutMoney() {
        scene.agreed(OPUS, 1_000, "20").used(OPUS, KEY, 33).booked(OPUS, KEY, Kind.WAIVED, 33, "0");
        expect(Map.of(Cause.NOT_BILLED, "0"));
    }

    @Test
    void refusalsThatTheBillCharges_areNamedWithTheirMoney() {
        scene.billed(OPUS, KEY, 400, "20").booked(OPUS, KEY, Kind.WAIVED, 400, "0");
        expect(Map.of(Cause.NOT_BILLED, "0.008"));

        scene.agreed(SONNET, 1_000, "10").billed(SONNET, KEY, 50, "10").booked(SONNET, KEY, Kind.WAIVED, 50, "0");
        expect(Map.of(Cause.NOT_BILLED, "0.0085"));
        assertTrue(
                scene.match().variances().get(0).evidence().startsWith("the bill charges what the ledger holds"),
                scene.match().toString());
    }

    @Test
    void statedDiscount_isTheReasonOfCheaperSearchesToo_whereItGivesTheirAmount() {
        Cell searches = Cell.ofOther(DAY, null, Cell.WEB_SEARCH);
        scene.stated = new Stated(Map.of(new Stated.ModelDay(DAY, "claude-opus-5-5"), new BigDecimal("0.9")), Map.of());
        scene.billed(searches, KEY, 100, "9000").booked(searches, KEY, Kind.EXACT, 100, "10000");
        expect(Map.of(Cause.DISCOUNT, "-0.1"));

        Cell later = searches.on(DAY.plusDays(1));
        scene.billed(later, KEY, 100, "9000").booked(later, KEY, Kind.EXACT, 100, "10000");
        expect(Map.of(Cause.DISCOUNT, "-0.1", Cause.RATE, "-0.1"));
    }

    @Test
    void refusalsNotReported_areNoVariance() {
        scene.agreed(OPUS, 1_000, "20").booked(OPUS, KEY, Kind.WAIVED, 33, "0");
        expect(Map.of());
    }

    @Test
    void priorityTier_isNamedWithoutMoney() {
        Cell priority = Scene.priority("claude-opus-5-5");
        scene.agreed(OPUS, 1_000, "20").used(priority, KEY, 500).booked(priority, KEY, Kind.WAIVED, 500, "0");
        expect(Map.of(Cause.PRIORITY, "0"));
    }

    @Test
    void containerAndSessionTime_standForThemselves() {
        scene.agreed(OPUS, 1_000, "20");
        scene.billed(Cell.ofOther(DAY, null, Cell.CODE_EXECUTION), "1.25");
        scene.billed(Cell.ofOther(DAY, null, Cell.SESSION_USAGE), "0.08");
        expect(Map.of(Cause.CONTAINER, "1.25", Cause.SESSION_TIME, "0.08"));
    }

    @Test
    void longPromptsOfATieredModel_areSolvedInWholeTokens() {
        scene.tiers = cell -> "claude-haiku-5-5".equals(cell.model())
                ? new TierPrices.Pair(new BigDecimal("0.5"), new BigDecimal("2.5"))
                : null;
        scene.agreed(OPUS, 1_000, "20");
        scene.used(HAIKU, KEY, 1_000_000).booked(HAIKU, KEY, Kind.EXACT, 1_000_000, "0.5");
        scene.billed(HAIKU, "1.1"); // 700,000 at 0.5 and 300,000 at 2.5
        Cell input = Cell.ofTokens(
                DAY,
                null,
                "uncached_input_tokens",
                new Cell.Terms("claude-haiku-5-5", "standard", "0-200k", "global", "standard"));
        scene.used(input, KEY, 400_000).booked(input, KEY, Kind.EXACT, 400_000, "0.5");
        scene.billed(input, "0.4"); // 300,000 at 0.5 and 100,000 at 2.5
        expect(Map.of(Cause.TIER, "0.8"));
        assertTrue(
                scene.match().variances().get(0).evidence().startsWith("300000 of 1000000"),
                scene.match().variances().toString());
    }

    @Test
    void oneClassOfATieredModel_offAlone_isARate() {
        scene.tiers = cell -> new TierPrices.Pair(new BigDecimal("0.5"), new BigDecimal("2.5"));
        scene.agreed(OPUS, 1_000, "20");
        scene.billed(HAIKU, KEY, 1_000_000, "0.75").booked(HAIKU, KEY, Kind.EXACT, 1_000_000, "0.5");
        expect(Map.of(Cause.RATE, "0.25"));
    }

    @Test
    void ledgerCountsMore_withoutEvidence_isUnknown() {
        scene.billed(OPUS, KEY, 900, "20").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        expect(Map.of(Cause.UNKNOWN, "-0.002"));
    }

    @Test
    void bypassedAndRateInOneCell_sumToItsDifference() {
        scene.agreed(SONNET, 10, "10");
        scene.billed(OPUS, KEY, 1_000, "24").billed(OPUS, "apikey_02", 333, "24");
        scene.booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        expect(Map.of(Cause.BYPASSED, "0.007992", Cause.RATE, "0.004"));
    }

    @Test
    void billWithoutDescriptions_isComparedByDayAndWorkspace() {
        scene.usageKnown = false;
        scene.billed(Cell.ofTokens(DAY, null, "x", new Cell.Terms(null, null, null, null, null)), "0.03");
        scene.booked(OPUS, KEY, Kind.EXACT, 1_000, "20").booked(SONNET, KEY, Kind.EXACT, 1_000, "10");
        scene.costs.replaceAll(cost ->
                new BilledCost(new Cell(DAY, null, Cell.TOKENS, null, null, null, null, null, null), cost.amount()));
        expect(Map.of());
    }

    @Test
    void withoutUsageReport_moneyAloneIsExplainedAsFarAsTheLedgerKnows() {
        scene.usageKnown = false;
        scene.billed(OPUS, "0.0224").booked(OPUS, KEY, Kind.EXACT, 1_000, "20");
        scene.booked(OPUS, KEY, Kind.ESTIMATED, 80, "20").billed(SONNET, "5");
        expect(Map.of(Cause.ESTIMATE, "0.0008", Cause.BYPASSED, "5"));
    }
}
