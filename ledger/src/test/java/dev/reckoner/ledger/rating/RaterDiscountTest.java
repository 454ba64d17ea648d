package dev.reckoner.ledger.rating;

import static dev.reckoner.ledger.rating.RaterTest.assertAmount;
import static dev.reckoner.ledger.rating.RaterTest.assertNotBilled;
import static dev.reckoner.ledger.rating.RaterTest.assertPending;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's discounts and tool prices on the lines of a charge. */
class RaterDiscountTest {
    private static final RateTable BUILT_IN = RateTables.builtIn();
    private static final Instant BEFORE = Instant.parse("2026-10-31T23:59:59.999Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private RateTable table;

    @BeforeEach
    void discounted() throws Exception {
        Path file = Files.writeString(directory.resolve("contract.csv"), """
                kind,model_id,effective_from_utc,discount_factor,per_thousand,sources
                discount,*,2026-11-01,0.8125,,contract 7
                discount,claude-fable-5,2026-11-01,0.5,,contract 7
                discount,web_search,2026-11-01,1,,contract 7
                server_tool,web_search,2026-11-01,,8,contract 7
                """);
        table = RateTables.load(List.of(file));
    }

    @Test
    void line_underADiscount_hasItInTheFactorAndBothVersions() {
        Line line = rated(Facts.of(1_000_001, 0).geo("us")).lines().get(0);
        assertEquals(0, new BigDecimal("5").compareTo(line.rate()));
        assertEquals(0, new BigDecimal("0.89375").compareTo(line.factor()), "1.1 × 0.8125");
        assertEquals(0, new BigDecimal("4.46875446875").compareTo(line.amount()));
        Rate row =
                BUILT_IN.find("claude-opus-5", Rate.Speed.STANDARD, Facts.NOW).get(0);
        String discount =
                table.discount("claude-opus-5", Facts.NOW).orElseThrow().version();
        assertEquals(row.version() + "+" + discount, line.rateVersion());
    }

    @Test
    void line_beforeTheDiscount_isAtListPrice() {
        Line line = new Rater(table)
                .rate(Facts.of(1_000_001, 0).closing(), BEFORE)
                .lines()
                .get(0);
        assertEquals(0, BigDecimal.ONE.compareTo(line.factor()));
        Rate row = BUILT_IN.find("claude-opus-5", Rate.Speed.STANDARD, BEFORE).get(0);
        assertEquals(row.version(), line.rateVersion());
    }

    @Test
    void attempts_eachHasItsOwnModelsDiscount() {
        Charge charge = rated(Facts.of(1_000, 0)
                .iterations(
                        Facts.iteration("message", null, 1_000, 0, 0),
                        Facts.iteration("advisor_message", "claude-fable-5", 1_000, 0, 0)));
        // 1,000×5×0.8125 + 1,000×10×0.5 millionths
        assertAmount("0.0090625", charge);
    }

    @Test
    void webSearch_atTheOperatorsPrice_withItsOwnDiscount() {
        Line search = rated(Facts.of(0, 1).searches(7)).lines().get(1);
        assertEquals(0, new BigDecimal("8").compareTo(search.rate()));
        assertEquals(0, new BigDecimal("0.056").compareTo(search.amount()));
    }

    @Test
    void webSearch_beforeTheOperatorsPrice_atListPrice() {
        Charge charge = new Rater(table).rate(Facts.of(0, 1).searches(7).closing(), BEFORE);
        assertEquals(0, new BigDecimal("0.07").compareTo(charge.lines().get(1).amount()));
    }

    @Test
    void webSearch_withoutAPrice_pendingNeverZero() {
        Rater rater = new Rater(new TestRates(List.of()));
        Charge charge = rater.rate(Facts.of(0, 1).searches(7).closing(), Facts.NOW);
        assertPending("no_rate: web_search", charge);
        assertNull(charge.lines().get(1).amount());
        assertNull(charge.lines().get(1).rateVersion());
    }

    @Test
    void waived_underADiscount_staysAtZero() {
        assertNotBilled("subscription", rated(Facts.of(1_000, 1_000).searches(1).key(KeyRef.Kind.OAUTH)));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20_261_121})
    void discount_ofAnyFacts_multipliesTheListAmountExactly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Rater list = new Rater(BUILT_IN);
        for (int round = 0; round < 2_000; round++) {
            Rate row = BUILT_IN.rates().get(random.nextInt(BUILT_IN.rates().size()));
            long[] tokens = random.longs(5, 0, 400_000).toArray();
            Facts facts = Facts.cached(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4])
                    .model(row.model())
                    .geo(random.nextBoolean() ? "us" : "global")
                    .tier(random.nextBoolean() ? "batch" : "standard");
            Charge discounted = rated(facts);
            Charge full = list.rate(facts.closing(), Facts.NOW);
            BigDecimal factor = new BigDecimal(row.model().equals("claude-fable-5") ? "0.5" : "0.8125");
            assertEquals(full.status(), discounted.status());
            assertEquals(0, full.amount().multiply(factor).compareTo(discounted.amount()), () -> "seed " + seed);
            if (full.status() == RatingStatus.RATED) {
                assertEquals(full.lines().size(), discounted.lines().size());
            }
        }
    }

    private Charge rated(Facts facts) {
        return new Rater(table).rate(facts.closing(), Facts.NOW);
    }
}
