package dev.reckoner.reconcile.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.LedgerLine;
import dev.reckoner.reconcile.LedgerLine.Kind;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A month of random traffic in which every cause is planted at once, each in cells of its own. */
final class PlantedMonthTest {

    private static final List<String> MODELS =
            List.of("claude-fable-5-2", "claude-opus-5-5", "claude-opus-5", "claude-sonnet-5-5", "claude-haiku-5-5");
    private static final List<String> PRICES = List.of("40", "20", "25", "10", "0.5");
    private static final List<String> TYPES =
            List.of("uncached_input_tokens", "output_tokens", "cache_read_input_tokens");
    private static final LocalDate FIRST = LocalDate.parse("2026-11-01");

    private final Scene scene = new Scene();
    private final Map<Cause, BigDecimal> planted = new EnumMap<>(Cause.class);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_121})
    void everyCause_plantedAtOnce_isFoundWithItsExactAmount(long seed) {
        System.out.println("seed " + seed);
        traffic(new Random(seed));
        plantTokens();
        plantTime();

        Matched matched = scene.match();

        Map<Cause, BigDecimal> found = Scene.byCause(matched);
        planted.replaceAll((cause, sum) -> sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros());
        assertEquals(planted, found);
        assertFalse(found.containsKey(Cause.UNKNOWN));
        assertEachCellSums(matched);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void nothingPlanted_matchesExactly(long seed) {
        System.out.println("seed " + seed);
        traffic(new Random(seed));

        Matched matched = scene.match();

        assertEquals(List.of(), matched.variances());
        assertEquals(0, matched.difference().signum());
    }

    private void traffic(Random random) {
        for (int day = 0; day < 28; day++) {
            for (int model = 0; model < MODELS.size(); model++) {
                for (String type : TYPES) {
                    for (String workspace : new String[] {null, "wrkspc_01"}) {
                        Cell cell = cell(day, workspace, model, type);
                        scene.agreed(cell, 1 + random.nextInt(10_000_000), PRICES.get(model));
                    }
                }
            }
        }
    }

    private static Cell cell(int day, @Nullable String workspace, int model, String type) {
        return Cell.ofTokens(
                FIRST.plusDays(day),
                workspace,
                type,
                new Cell.Terms(MODELS.get(model), "standard", "0-200k", "global", "standard"));
    }

    private void plant(Cause cause, String amount) {
        planted.merge(cause, new BigDecimal(amount), BigDecimal::add);
    }

    private void plantTokens() {
        Cell fable = cell(3, null, 0, "output_tokens");
        scene.billed(fable, "apikey_99", 1_000_001, "40");
        plant(Cause.BYPASSED, "40.00004");
        scene.billed(fable.on(FIRST.plusDays(4)), null, 7, "40");
        plant(Cause.BYPASSED, "0.00028");
        Cell opus = cell(5, "wrkspc_01", 1, "output_tokens");
        scene.billed(opus, Scene.KEY, 120, "20").booked(opus, Scene.KEY, Kind.ESTIMATED, 80, "20");
        plant(Cause.ESTIMATE, "0.0008");
        Cell cut = cell(6, null, 1, "output_tokens");
        scene.billed(cut, Scene.KEY, 11, "20").booked(cut, Scene.KEY, Kind.INTERRUPTED, 1, "20");
        plant(Cause.INTERRUPTED, "0.0002");
        Cell batch = Cell.ofTokens(
                FIRST,
                "wrkspc_02",
                "output_tokens",
                new Cell.Terms(MODELS.get(1), "batch", "0-200k", "us", "standard"));
        scene.billed(batch, Scene.KEY, 3_000, "11").booked(batch, Scene.KEY, Kind.EXACT, 1_000, "11");
        scene.unfetched.add("wrkspc_02");
        plant(Cause.BATCH_UNCOLLECTED, "0.022");
        Cell refused = cell(8, null, 2, "uncached_input_tokens");
        scene.used(refused, Scene.KEY, 412).booked(refused, Scene.KEY, Kind.WAIVED, 412, "0");
        plant(Cause.NOT_BILLED, "0");
        Cell first = cell(9, null, 3, "output_tokens");
        Cell second = first.on(FIRST.plusDays(10));
        scene.billed(first, Scene.KEY, 300, "10").booked(second, Scene.KEY, Kind.EXACT, 300, "10");
        scene.crossing(second, first.day(), 300, "10");
        plant(Cause.BOUNDARY, "0");
        Cell fresh = cell(27, null, 4, "output_tokens");
        scene.booked(fresh, Scene.KEY, Kind.EXACT, 2_000_000, "0.5");
        scene.lateFrom = fresh.day();
        plant(Cause.LATE, "-1");
        Cell changed = cell(12, null, 1, "cache_read_input_tokens");
        scene.booked(changed, Scene.KEY, Kind.EXACT, 0, "20");
        long tokens = scene.ledger.stream()
                .filter(line -> line.cell().equals(changed))
                .mapToLong(LedgerLine::quantity)
                .sum();
        scene.billed(changed, Scene.usd(tokens, "3").toPlainString());
        planted.merge(Cause.RATE, Scene.usd(tokens, "3"), BigDecimal::add);
    }

    private void plantTime() {
        scene.billed(Cell.ofOther(FIRST, null, Cell.CODE_EXECUTION), "0.3333333");
        plant(Cause.CONTAINER, "0.3333333");
        scene.billed(Cell.ofOther(FIRST, null, Cell.SESSION_USAGE), "0.08");
        plant(Cause.SESSION_TIME, "0.08");
        Cell priority = Scene.priority(MODELS.get(1));
        scene.used(priority, Scene.KEY, 500).booked(priority, Scene.KEY, Kind.WAIVED, 500, "0");
        plant(Cause.PRIORITY, "0");
    }

    private void assertEachCellSums(Matched matched) {
        Map<Cell, BigDecimal> differences = new HashMap<>();
        for (BilledCost cost : scene.costs) {
            differences.merge(cost.cell(), cost.amount(), BigDecimal::add);
        }
        for (LedgerLine line : scene.ledger) {
            differences.merge(line.cell(), line.amount().negate(), BigDecimal::add);
        }
        for (Variance variance : matched.variances()) {
            differences.merge(variance.cell(), variance.difference().negate(), BigDecimal::add);
        }
        differences.values().removeIf(sum -> sum.signum() == 0);
        assertEquals(Map.of(), differences);
    }
}
