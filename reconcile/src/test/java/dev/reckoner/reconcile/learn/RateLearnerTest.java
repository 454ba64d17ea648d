package dev.reckoner.reconcile.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RateLearnerTest {
    private static final String OPUS = "claude-opus-5-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final LocalDate DAY = LocalDate.parse("2026-11-03");

    @TempDir
    private Path directory;

    private RateTable table = RateTables.builtIn();
    private final List<BilledCost> costs = new ArrayList<>();
    private final List<BilledUsage> usage = new ArrayList<>();

    private Learned learn() {
        return RateLearner.learn(costs, usage, table, "a bill");
    }

    private void bill(LocalDate day, String model, TokenType type, long tokens, String perMillion) {
        bill(day, new Cell.Terms(model, "standard", "0-200k", "global", "standard"), type, tokens, perMillion);
    }

    private void bill(LocalDate day, Cell.Terms terms, TokenType type, long tokens, String perMillion) {
        Cell cell = Cell.ofTokens(day, null, type.vendorName(), terms);
        BigDecimal amount =
                new BigDecimal(perMillion).multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
        costs.add(new BilledCost(cell, amount));
        usage.add(new BilledUsage(cell, "apikey_1", tokens));
    }

    private void searches(LocalDate day, long searches, String perThousand) {
        Cell cell = Cell.ofOther(day, null, Cell.WEB_SEARCH);
        BigDecimal amount = new BigDecimal(perThousand)
                .multiply(BigDecimal.valueOf(searches))
                .movePointLeft(3);
        costs.add(new BilledCost(cell, amount));
        usage.add(new BilledUsage(cell, "apikey_1", searches));
    }

    private static Rate only(Learned learned) {
        assertEquals(1, learned.rates().size(), learned.toString());
        assertEquals(List.of(), learned.discounts());
        assertEquals(List.of(), learned.tools());
        return learned.rates().get(0);
    }

    private static void assertPrice(String expected, @Nullable BigDecimal found) {
        assertEquals(0, new BigDecimal(expected).compareTo(Objects.requireNonNull(found)), found.toString());
    }

    @Test
    void billAtTheTablesPrices_teachesNothing() {
        bill(DAY, OPUS, TokenType.INPUT, 12_345, "4");
        bill(DAY, OPUS, TokenType.OUTPUT, 678, "20");
        bill(DAY, new Cell.Terms(OPUS, "batch", "0-200k", "us", "standard"), TokenType.OUTPUT, 7, "11");
        searches(DAY, 3, "10");

        Learned learned = learn();

        assertTrue(learned.nothing(), learned.toString());
        assertEquals(List.of(), learned.notes());
        assertNull(learned.first());
    }

    @Test
    void anotherPrice_isARowFromThatDayOn_withTheOtherPricesAsBefore() {
        bill(DAY.minusDays(1), OPUS, TokenType.OUTPUT, 500, "20");
        bill(DAY, OPUS, TokenType.OUTPUT, 333, "18.5");
        bill(DAY, OPUS, TokenType.INPUT, 1_000, "4");
        bill(DAY.plusDays(4), OPUS, TokenType.OUTPUT, 1, "18.5");

        Learned learned = learn();

        Rate row = only(learned);
        assertEquals(OPUS, row.model());
        assertEquals(Instant.parse("2026-11-03T00:00:00Z"), row.from());
        assertNull(row.to());
        assertEquals(DAY, learned.first());
        Prices prices = Objects.requireNonNull(row.prices());
        assertPrice("18.5", prices.output());
        assertPrice("4", prices.input());
        assertPrice("5", prices.cacheWrite5m());
        assertPrice("10", Objects.requireNonNull(row.batch()).output());
        assertPrice("1.1", row.usMultiplier());
        assertEquals("a bill", row.sources());
        assertEquals("billed so: output; else as before", row.note());
    }

    @Test
    void priceThatGoesBack_endsTheRow_andAThirdOneBeginsAnother() {
        bill(DAY, OPUS, TokenType.OUTPUT, 333, "18");
        bill(DAY.plusDays(2), OPUS, TokenType.OUTPUT, 333, "20");
        bill(DAY.plusDays(5), OPUS, TokenType.OUTPUT, 333, "17");

        List<Rate> rows = learn().rates();

        assertEquals(2, rows.size());
        assertEquals(Instant.parse("2026-11-05T00:00:00Z"), rows.get(0).to());
        assertEquals(Instant.parse("2026-11-08T00:00:00Z"), rows.get(1).from());
        assertNull(rows.get(1).to());
    }

    @Test
    void rowOfTheTableThatEnds_endsTheLearnedOneToo() throws IOException {
        table = table(
                "model_id,effective_from_utc,effective_to_utc_exclusive,input,output,inference_geo_us_multiplier",
                OPUS + ",2026-11-01,2026-11-05,4,20,1");
        bill(DAY, OPUS, TokenType.OUTPUT, 333, "18");
        assertEquals(Instant.parse("2026-11-05T00:00:00Z"), only(learn()).to());
    }

    @Test
    void geographyBatchAndAgreedDiscount_areTakenOutOfThePrice() throws IOException {
        table = table("kind,model_id,effective_from_utc,discount_factor", "discount,*,2026-11-01,0.9");
        bill(DAY, new Cell.Terms(OPUS, "batch", "0-200k", "us", "standard"), TokenType.OUTPUT, 1_000, "7.92");

        Rate row = only(learn());

        assertPrice("8", Objects.requireNonNull(row.batch()).output());
        assertPrice("20", Objects.requireNonNull(row.prices()).output());
        assertEquals("billed so: batch output; else as before", row.note());
    }

    @Test
    void oneFactorOnEverything_isADiscount() {
        bill(DAY.minusDays(1), OPUS, TokenType.OUTPUT, 333, "20");
        bill(DAY, OPUS, TokenType.OUTPUT, 333, "17");
        bill(DAY, SONNET, TokenType.INPUT, 7, "1.7");
        searches(DAY, 3, "8.5");

        Learned learned = learn();

        assertEquals(List.of(), learned.rates());
        assertEquals(List.of(), learned.tools());
        assertEquals(1, learned.discounts().size());
        Discount discount = learned.discounts().get(0);
        assertEquals(Discount.EVERYTHING, discount.target());
        assertPrice("0.85", discount.factor());
        assertEquals(Instant.parse("2026-11-03T00:00:00Z"), discount.from());
    }

    @Test
    void discount_withoutSearches_exemptsThem_andAnotherPriceBesideItIsARow() {
        bill(DAY, OPUS, TokenType.OUTPUT, 333, "17");
        bill(DAY, SONNET, TokenType.INPUT, 7, "1.7");
        bill(DAY, SONNET, TokenType.OUTPUT, 100, "6.8");
        searches(DAY, 3, "10");

        Learned learned = learn();

        assertEquals(
                List.of(Discount.EVERYTHING, RateTable.WEB_SEARCH),
                learned.discounts().stream().map(Discount::target).toList());
        assertPrice("1", learned.discounts().get(1).factor());
        assertEquals(1, learned.rates().size());
        assertPrice("8", Objects.requireNonNull(learned.rates().get(0).prices()).output());
    }

    @Test
    void discountBesideAgreedOnes_isSaid_notWritten() throws IOException {
        table = table("kind,model_id,effective_from_utc,discount_factor", "discount,*,2026-11-01,0.9");
        bill(DAY, OPUS, TokenType.OUTPUT, 333, "16.2");
        bill(DAY, SONNET, TokenType.INPUT, 7, "1.62");

        Learned learned = learn();

        assertTrue(learned.nothing(), learned.toString());
        assertTrue(learned.notes().get(0).contains("0.9 of the rate table's from 2026-11-03 on"), learned.toString());
    }

    @Test
    void searchesAtAnotherPrice_areAToolPrice() {
        searches(DAY, 7, "12");
        Learned learned = learn();
        assertEquals(1, learned.tools().size());
        assertPrice("12", learned.tools().get(0).perThousand());
    }

    @Test
    void modelThatTheTableLacks_isARowOfWhatWasSeen() {
        bill(DAY, "claude-later-1", TokenType.INPUT, 1_000, "3");
        bill(DAY, "claude-later-1", TokenType.OUTPUT, 10, "12.5");
        Rate row = only(learn());
        assertPrice("3", Objects.requireNonNull(row.prices()).input());
        assertNull(Objects.requireNonNull(row.prices()).cacheRead());
        assertNull(row.batch());
        assertPrice("1", row.usMultiplier());
    }

    @Test
    void modelOfWhichTheBillHasOneClassOnly_isSaid() {
        bill(DAY, "claude-later-1", TokenType.INPUT, 1_000, "3");
        Learned learned = learn();
        assertTrue(learned.nothing());
        assertTrue(learned.notes().get(0).contains("no prices of claude-later-1"), learned.toString());
    }

    @Test
    void amountThatNoPriceGives_andTwoPricesOnOneDay_areSaid() {
        Cell cell = Cell.ofTokens(
                DAY,
                null,
                TokenType.OUTPUT.vendorName(),
                new Cell.Terms(OPUS, "standard", "0-200k", "global", "standard"));
        costs.add(new BilledCost(cell, new BigDecimal("0.01")));
        usage.add(new BilledUsage(cell, null, 333));
        bill(DAY, OPUS, TokenType.INPUT, 1, "3");
        bill(DAY, SONNET, TokenType.INPUT, 10, "3");
        bill(DAY, new Cell.Terms(SONNET, "standard", "0-200k", "us", "standard"), TokenType.INPUT, 10, "4.4");

        Learned learned = learn();

        assertTrue(learned.nothing(), learned.toString());
        assertEquals(
                List.of(
                        "claude-opus-5-5 output_tokens of 2026-11-03 was billed at an amount that no price of six"
                                + " decimals gives.",
                        "claude-sonnet-5-5 uncached_input_tokens of 2026-11-03 was billed at two prices on one day."),
                learned.notes());
    }

    @Test
    void modelWithTwoPromptTiers_isSaid_whereNoMixOfThemGivesTheAmount() {
        bill(DAY, "claude-haiku-5-5", TokenType.INPUT, 10, "0.15");
        assertEquals(List.of(), learn().notes());
        bill(DAY, "claude-haiku-5-5", TokenType.OUTPUT, 10, "300");
        Learned learned = learn();
        assertTrue(learned.nothing());
        assertTrue(
                learned.notes().get(0).contains("output_tokens of 2026-11-03 was billed above the prices of all"),
                learned.toString());
    }

    private RateTable table(String header, String row) throws IOException {
        Path file = directory.resolve("rates.csv");
        Files.writeString(file, header + "\n" + row + "\n");
        return RateTables.load(List.of(file));
    }
}
