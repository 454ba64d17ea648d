package dev.reckoner.reconcile.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Coverage;
import dev.reckoner.reconcile.Coverage.Bypass;
import dev.reckoner.reconcile.LedgerLine.Kind;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.Passed;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a bill passed through the proxy, by key, workspace, model and day. */
final class CoverageTest {

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final String OPUS = "claude-opus-5-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final String BESIDE = "apikey_99";

    private static void assertUsd(String expected, BigDecimal found) {
        assertEquals(0, new BigDecimal(expected).compareTo(found), "expected " + expected + ", found " + found);
    }

    private static void assertPart(
            Passed part, @Nullable String id, long tokens, long billed, String amount, String billedUsd) {
        assertEquals(id, part.id());
        assertEquals(tokens, part.tokens());
        assertEquals(billed, part.billedTokens());
        assertUsd(amount, part.amount());
        assertUsd(billedUsd, part.billedAmount());
    }

    @Test
    void keyBesideTheProxy_isToldApartInEveryList() {
        Scene scene = new Scene()
                .agreed(Scene.output(OPUS), 3_000, "20")
                .billed(Scene.output(OPUS), BESIDE, 1_000, "20")
                .agreed(Scene.output(SONNET).on(Scene.NEXT), 500, "10");

        Coverage coverage = scene.match().coverage();

        assertPart(coverage.whole(), null, 3_500, 4_500, "0.065", "0.085");
        assertPart(coverage.byKey().get(0), Scene.KEY, 3_500, 3_500, "0.065", "0.065");
        assertPart(coverage.byKey().get(1), BESIDE, 0, 1_000, "0", "0.02");
        assertEquals(2, coverage.byKey().size());
        assertPart(coverage.byWorkspace().get(0), null, 3_500, 4_500, "0.065", "0.085");
        assertPart(coverage.byModel().get(0), OPUS, 3_000, 4_000, "0.06", "0.08");
        assertPart(coverage.byModel().get(1), SONNET, 500, 500, "0.005", "0.005");
        assertPart(coverage.byDay().get(0), "2026-11-02", 3_000, 4_000, "0.06", "0.08");
        assertPart(coverage.byDay().get(1), "2026-11-03", 500, 500, "0.005", "0.005");
        Bypass bypass = coverage.bypassing().get(0);
        assertEquals(BESIDE, bypass.apiKeyId());
        assertEquals(1_000, bypass.tokens());
        assertUsd("0.02", bypass.amount());
        assertEquals(Scene.DAY, bypass.firstDay());
    }

    @Test
    void keyThatSharesACell_isBilledByItsTokens() {
        Scene scene = new Scene();
        scene.keysSeen.add("apikey_02");
        scene.billed(Scene.output(OPUS), "0.00000001")
                .used(Scene.output(OPUS), Scene.KEY, 2)
                .used(Scene.output(OPUS), "apikey_02", 1)
                .booked(Scene.output(OPUS), Scene.KEY, Kind.EXACT, 2, "0")
                .booked(Scene.output(OPUS), "apikey_02", Kind.EXACT, 1, "0");

        List<Passed> keys = scene.match().coverage().byKey();

        assertUsd("0.000000006667", keys.get(0).billedAmount());
        assertUsd("0.000000003333", keys.get(1).billedAmount());
    }

    @Test
    void consoleTraffic_bypassesWithoutAKey_sinceItsFirstDay() {
        Scene scene = new Scene()
                .billed(Scene.output(OPUS).on(Scene.NEXT), null, 10, "20")
                .billed(Scene.output(OPUS), null, 1, "20")
                .billed(Scene.output(OPUS), BESIDE, 1, "20");

        List<Bypass> bypassing = scene.match().coverage().bypassing();

        assertEquals(2, bypassing.size());
        assertNull(bypassing.get(0).apiKeyId());
        assertEquals(11, bypassing.get(0).tokens());
        assertUsd("0.00022", bypassing.get(0).amount());
        assertEquals(Scene.DAY, bypassing.get(0).firstDay());
        assertEquals("no key (Console or login)", bypassing.get(0).called());
    }

    @Test
    void keyBeyondWhatPassed_bypassesWithTheRestOnly() {
        Scene scene = new Scene()
                .billed(Scene.output(OPUS), Scene.KEY, 1_500, "20")
                .booked(Scene.output(OPUS), Scene.KEY, Kind.EXACT, 1_000, "20");

        Coverage coverage = scene.match().coverage();

        assertPart(coverage.byKey().get(0), Scene.KEY, 1_000, 1_500, "0.02", "0.03");
        assertEquals(500, coverage.bypassing().get(0).tokens());
    }

    @Test
    void timeAndSearches_standOnNoKey_orOnTheirs() {
        Cell search = Cell.ofOther(Scene.DAY, null, Cell.WEB_SEARCH);
        Scene scene = new Scene()
                .agreed(Scene.output(OPUS), 100, "20")
                .billed(Cell.ofOther(Scene.DAY, "wrkspc_01", Cell.CODE_EXECUTION), "0.5")
                .billed(search, BESIDE, 3, "10000");

        Coverage coverage = scene.match().coverage();

        assertPart(coverage.whole(), null, 100, 100, "0.002", "0.532");
        assertPart(coverage.byKey().get(0), Coverage.NOT_BY_KEY, 0, 0, "0", "0.5");
        assertPart(coverage.byKey().get(1), BESIDE, 0, 0, "0", "0.03");
        assertEquals(0, coverage.bypassing().get(0).tokens());
        assertPart(coverage.byWorkspace().get(0), "wrkspc_01", 0, 0, "0", "0.5");
        assertPart(coverage.byModel().get(0), null, 0, 0, "0", "0.53");
    }

    @Test
    void withoutAUsageReport_noKeyIsBlamed() {
        Scene scene = new Scene();
        scene.usageKnown = false;
        scene.billed(Scene.output(OPUS), "1");

        Coverage coverage = scene.match().coverage();

        assertEquals(List.of(), coverage.bypassing());
        assertPart(coverage.byKey().get(0), Coverage.NOT_BY_KEY, 0, 0, "0", "1");
        assertUsd("0", coverage.whole().amount());
    }

    @Test
    void refusalsThatAreNotBilled_takeNoPartOfTheAmount() {
        Scene scene = new Scene();
        scene.keysSeen.add("apikey_02");
        scene.agreed(Scene.output(OPUS), 100, "20")
                .used(Scene.output(OPUS), "apikey_02", 900)
                .booked(Scene.output(OPUS), "apikey_02", Kind.WAIVED, 900, "0");

        Coverage coverage = scene.match().coverage();

        assertPart(coverage.byKey().get(0), Scene.KEY, 100, 100, "0.002", "0.002");
        assertPart(coverage.byKey().get(1), "apikey_02", 900, 900, "0", "0");
    }

    @Test
    void names_areThoseOfTheVendor() {
        Scene scene = new Scene()
                .agreed(Scene.output(OPUS), 10, "20")
                .billed(Scene.output(OPUS), BESIDE, 1, "20")
                .billed(Scene.output(OPUS), null, 1, "20");

        Coverage named = scene.match().coverage().named(Map.of(BESIDE, "nightly-job"), Map.of());

        assertNull(named.byKey().get(0).name());
        assertEquals(
                List.of("nightly-job", "no key (Console or login)"),
                named.bypassing().stream().map(Bypass::called).sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void anyBillAndLedger_everyListSumsToTheWhole(long seed) {
        System.out.println("seed " + seed);
        Scene scene = new Scene();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            Cell cell = random.nextInt(20) == 0
                    ? Cell.ofOther(Scene.DAY, "wrkspc_0" + random.nextInt(3), Cell.CODE_EXECUTION)
                    : Scene.output("model-" + random.nextInt(3)).on(Scene.DAY.plusDays(random.nextInt(4)));
            scene.billed(
                    cell,
                    BigDecimal.valueOf(random.nextInt(2_000_000) - 200_000, 8).toPlainString());
            String key = random.nextInt(5) == 0 ? null : "apikey_0" + random.nextInt(4);
            scene.usage.add(new BilledUsage(cell, key, random.nextInt(100_000)));
            if (random.nextBoolean()) {
                Kind kind = KINDS.get(random.nextInt(KINDS.size()));
                scene.booked(cell, "apikey_0" + random.nextInt(4), kind, random.nextInt(100_000), "7");
            }
        }

        Matched matched = scene.match();
        Coverage coverage = matched.coverage();

        assertEquals(0, matched.billed().compareTo(coverage.whole().billedAmount()));
        for (List<Passed> parts :
                List.of(coverage.byKey(), coverage.byWorkspace(), coverage.byModel(), coverage.byDay())) {
            assertSums(coverage.whole(), parts);
        }
        BigDecimal past = matched.variances().stream()
                .filter(variance -> variance.cause() == Cause.BYPASSED)
                .map(Variance::difference)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal listed = coverage.bypassing().stream().map(Bypass::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertTrue(past.signum() != 0);
        assertEquals(0, past.compareTo(listed));
    }

    private static void assertSums(Passed whole, List<Passed> parts) {
        assertEquals(whole.tokens(), parts.stream().mapToLong(Passed::tokens).sum());
        assertEquals(
                whole.billedTokens(),
                parts.stream().mapToLong(Passed::billedTokens).sum());
        BigDecimal amount = parts.stream().map(Passed::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal billed = parts.stream().map(Passed::billedAmount).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, whole.amount().compareTo(amount));
        assertEquals(0, whole.billedAmount().compareTo(billed));
    }
}
