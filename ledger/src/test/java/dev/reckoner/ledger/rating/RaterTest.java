package dev.reckoner.ledger.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden cases, each amount computed by hand from the rates in {@link TestRates}. */
class RaterTest {

    @Test
    void message_plainTokens_pricedPerClass() {
        Charge charge = Facts.cached(10_000, 2_000, 3_000, 40_000, 15_000).rated();
        // 10,000×5 + 2,000×6.25 + 3,000×10 + 40,000×0.5 + 15,000×25 = 487,500 millionths
        assertAmount("0.4875", charge);
        assertEquals(RatingStatus.RATED, charge.status());
        assertNull(charge.reason());
        assertFalse(charge.estimated());
        assertEquals(
                List.of(
                        TokenType.INPUT,
                        TokenType.CACHE_WRITE_5M,
                        TokenType.CACHE_WRITE_1H,
                        TokenType.CACHE_READ,
                        TokenType.OUTPUT),
                charge.lines().stream().map(Line::type).toList());
    }

    @Test
    void line_carriesEverythingThatExplainsIt() {
        Line line = Facts.of(1_000_001, 0).geo("us").rated().lines().get(0);
        assertEquals(0, line.attempt());
        assertEquals("claude-opus-5", line.model());
        assertEquals(1_000_001, line.quantity());
        assertEquals(0, new BigDecimal("5").compareTo(line.rate()));
        assertEquals(0, new BigDecimal("1.1").compareTo(line.factor()));
        assertEquals(0, new BigDecimal("5.5000055").compareTo(line.amount()));
        assertEquals("standard", line.serviceTier());
        assertEquals("standard", line.speed());
        assertEquals("us", line.inferenceGeo());
        assertEquals("200k-1M", line.contextWindow());
        assertEquals("claude-opus-5", line.rateVersion());
    }

    @ParameterizedTest
    @CsvSource({
        // served speed, tier, geography; 1,000 in + 1,000 out of claude-opus-5
        "standard, standard, global, 0.03",
        ", , , 0.03",
        "standard, standard, not_available, 0.03",
        "fast, standard, global, 0.06",
        "fast, standard, us, 0.066",
        "standard, batch, global, 0.015",
        "standard, batch, us, 0.0165",
        "standard, standard, us, 0.033",
    })
    void terms_asServed_decidePrice(String speed, String tier, String geo, String usd) {
        Charge charge = Facts.of(1_000, 1_000).speed(speed).tier(tier).geo(geo).rated();
        assertAmount(usd, charge);
        assertEquals(RatingStatus.RATED, charge.status());
    }

    @ParameterizedTest
    @CsvSource({
        "turbo, standard, global, unknown_speed: turbo",
        "standard, flex, global, unknown_service_tier: flex",
        "standard, standard, eu, unknown_inference_geo: eu",
        "fast, batch, global, no_batch_rate_for_uncached_input_tokens: claude-opus-5; no_batch_rate_for_output_tokens: claude-opus-5",
    })
    void terms_unknown_pendingWithTokensKept(String speed, String tier, String geo, String reason) {
        Charge charge = Facts.of(7, 9).speed(speed).tier(tier).geo(geo).rated();
        assertPending(reason, charge);
        assertEquals(
                List.of(7L, 9L), charge.lines().stream().map(Line::quantity).toList());
    }

    @Test
    void reason_hostileValue_cutAndCleaned() {
        Charge charge = Facts.of(1, 1).speed("\u001b[31m" + "x".repeat(500)).rated();
        assertEquals("unknown_speed: ?[31m" + "x".repeat(75), charge.reason());
    }

    @Test
    void model_alias_pricedAndBookedUnderCanonicalId() {
        Charge charge = Facts.of(1_000, 0).model("claude-sonnet-4-5").rated();
        assertAmount("0.003", charge);
        assertEquals("claude-sonnet-4-5-20250929", charge.lines().get(0).model());
    }

    @Test
    void model_unknown_pendingNeverZero() {
        Charge charge = Facts.of(1_000, 50).model("claude-opus-5-20991231").rated();
        assertPending("unknown_model: claude-opus-5-20991231", charge);
        assertEquals(2, charge.lines().size());
        assertEquals("claude-opus-5-20991231", charge.lines().get(0).model());
    }

    @Test
    void model_notStated_takenFromRequestAndSaid() {
        Charge charge = Facts.of(1_000, 0).model(null).asked("claude-opus-5").rated();
        assertAmount("0.005", charge);
        assertEquals(RatingStatus.RATED, charge.status());
        assertEquals("model_from_request", charge.reason());
    }

    @Test
    void model_nowhereStated_pending() {
        assertPending(
                "model_not_stated", Facts.of(1_000, 0).model(null).asked(null).rated());
    }

    @Test
    void row_withoutPrices_pending() {
        assertPending(
                "no_rate_for_uncached_input_tokens: claude-unpriced",
                Facts.of(5, 0).model("claude-unpriced").rated());
    }

    @Test
    void row_withoutThatClass_pendingButOthersPriced() {
        Charge charge = Facts.cached(1_000, 0, 0, 10, 1_000).model("claude-2.1").rated();
        assertPending("no_rate_for_cache_read_input_tokens: claude-2.1", charge);
        assertAmount("0.032", charge);
        assertNull(charge.lines().get(1).amount());
    }

    @Test
    void row_ofThatInstant_holds() {
        Facts read = Facts.cached(0, 0, 0, 1_000_000, 0).model("claude-sonnet-5-5");
        assertAmount("0.2", read.ratedAt(Instant.parse("2026-10-06T23:59:59.999999999Z")));
        assertAmount("0.1", read.ratedAt(Instant.parse("2026-10-07T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        // the vendor's dates: the last instant of a row, and the first without one
        "claude-opus-4-1, 2026-08-04T23:59:59.999Z, RATED, ",
        "claude-opus-4-1, 2026-08-05T00:00:00Z, PENDING, no_rate: claude-opus-4-1",
        "claude-haiku-5-5, 2026-10-06T23:59:59.999Z, PENDING, no_rate: claude-haiku-5-5",
        "claude-haiku-5-5, 2026-10-07T00:00:00Z, RATED, ",
        "claude-mythos-preview, 2026-01-01T00:00:00Z, PENDING, no_rate_for_uncached_input_tokens: claude-mythos-preview",
    })
    void model_retiredOrNotYetThere_pendingNeverZero(String model, Instant at, RatingStatus status, String reason) {
        Charge charge = new Rater(RateTables.builtIn())
                .rate(Facts.of(1_000, 0).model(model).closing(), at);
        assertEquals(status, charge.status(), charge::toString);
        assertEquals(reason, charge.reason());
        assertEquals(status == RatingStatus.PENDING, charge.lines().get(0).amount() == null);
    }

    @Test
    void fast_modelWithoutFastRow_pending() {
        assertPending(
                "no_rate: claude-sonnet-5",
                Facts.of(1, 1).model("claude-sonnet-5").speed("fast").rated());
    }

    @ParameterizedTest
    @CsvSource({
        // total, split 5m, split 1h -> 5m, 1h, status; claude-opus-5
        "100,   100,    0, 100,   0, RATED",
        "300,   100,  100, 200, 100, RATED",
        "300,      ,     , 300,   0, RATED",
        "300,      ,  100, 200, 100, RATED",
        "   ,    10,   20,  10,  20, RATED",
        " 50,   100,    0,  50,   0, RATED",
        " 50,     0,  100,   0,  50, RATED",
        "  0,   100,  100,   0,   0, RATED",
        " 50,    40,   60,  40,  10, AMBIGUOUS",
    })
    void cacheSplit_totalAndSplit_reconciled(
            Long total, Long five, Long hour, long expectedFive, long expectedHour, RatingStatus status) {
        Charge charge = Facts.of(0, 0)
                .tokens(new TokenCounts(1L, 1L, total, null, five, hour))
                .rated();
        assertEquals(expectedFive, quantity(charge, TokenType.CACHE_WRITE_5M));
        assertEquals(expectedHour, quantity(charge, TokenType.CACHE_WRITE_1H));
        assertEquals(status, charge.status());
    }

    @ParameterizedTest
    @CsvSource({
        // model, input, 5m, read, betas, at -> USD of input + 5m + read + 1,000 out, context window
        "claude-haiku-5-5,  50000, 20000,  30000,                       , 2026-11-21, 0.0083, 0-200k",
        "claude-haiku-5-5,  50001, 20000,  30000,                       , 2026-11-21, 0.0415005, 0-200k",
        "claude-sonnet-4-5, 200000,    0,      0, context-1m-2025-08-07, 2026-01-01, 0.615, 0-200k",
        "claude-sonnet-4-5, 100000,    0, 100001, context-1m-2025-08-07, 2026-01-01, 0.6825006, 200k-1M",
        "claude-sonnet-4-5, 200001,    0,      0, 'a,context-1m-2025-08-07 ,b', 2026-01-01, 1.222506, 200k-1M",
        "claude-sonnet-4-5, 200001,    0,      0,                       , 2026-01-01, 0.615003, 0-200k",
        "claude-sonnet-4-6, 200001,    0,      0,                       , 2026-11-21, 0.615003, 200k-1M",
    })
    void promptTier_byPromptBetaAndDate_selected(
            String model, long input, long five, long read, String betas, String at, String usd, String window) {
        Facts facts = Facts.cached(input, five, 0, read, 1_000).model(model);
        Charge charge = (betas == null ? facts : facts.betas(betas)).ratedAt(Instant.parse(at + "T00:00:00Z"));
        assertAmount(usd, charge);
        assertEquals(RatingStatus.RATED, charge.status());
        assertEquals(window, charge.lines().get(0).contextWindow());
    }

    @Test
    void promptTier_abolished_largerPromptPendingButSumAtBase() {
        Instant after = Instant.parse("2026-05-01T00:00:00Z");
        Facts larger = Facts.of(200_001, 0).model("claude-sonnet-4-5").betas("context-1m-2025-08-07");
        assertPending("no_rate: claude-sonnet-4-5", larger.ratedAt(after));
        Charge summed = larger.searches(1).ratedAt(after);
        assertEquals(RatingStatus.RATED, summed.status());
        assertAmount("0.610003", summed);
    }

    @Test
    void promptTier_outputAlone_neverSelects() {
        assertAmount("0.10001", Facts.of(100, 200_000).model("claude-haiku-5-5").rated());
    }

    @Test
    void summedInput_overThresholdWithServerTools_ambiguousAtLowerAmount() {
        Facts looped = Facts.of(150_000, 1_000).model("claude-haiku-5-5");
        Charge searched = looped.searches(3).rated();
        // 150,000×0.1 + 1,000×0.5 millionths, and three searches
        assertAmount("0.0455", searched);
        assertEquals(RatingStatus.AMBIGUOUS, searched.status());
        assertEquals("prompt_tier_of_summed_input", searched.reason());
        assertEquals(
                RatingStatus.AMBIGUOUS,
                Facts.of(150_000, 1_000)
                        .model("claude-haiku-5-5")
                        .fetches(1)
                        .rated()
                        .status());
    }

    @Test
    void summedInput_modelWithoutTiers_rated() {
        Charge charge = Facts.of(950_648, 0).searches(1).rated();
        assertEquals(RatingStatus.RATED, charge.status());
        assertNull(charge.lines().get(0).contextWindow());
    }

    @Test
    void summedInput_historicalTierWithoutBeta_ratedAtBase() {
        Charge charge = Facts.of(494_549, 0)
                .model("claude-sonnet-4-5")
                .searches(1)
                .ratedAt(Instant.parse("2026-01-01T00:00:00Z"));
        assertEquals(RatingStatus.RATED, charge.status());
        // 494,549×3 millionths + one search
        assertAmount("1.493647", charge);
    }

    @Test
    void webSearch_ownLine_withoutTokenFactors() {
        Charge charge = Facts.of(0, 1).searches(7).geo("us").tier("batch").rated();
        Line search = charge.lines().get(1);
        assertEquals(TokenType.WEB_SEARCH, search.type());
        assertEquals(0, new BigDecimal("10").compareTo(search.rate()));
        assertEquals(0, BigDecimal.ONE.compareTo(search.factor()));
        assertEquals(0, new BigDecimal("0.07").compareTo(search.amount()));
    }

    @Test
    void subscription_oauthCredential_notBilledButNotionalKept() {
        Charge charge =
                Facts.of(1_000, 1_000).searches(1).key(KeyRef.Kind.OAUTH).rated();
        assertNotBilled("subscription", charge);
        assertEquals(3, charge.lines().size());
        assertEquals(0, new BigDecimal("5").compareTo(charge.lines().get(0).rate()));
    }

    @Test
    void subscription_unknownModel_stillNotBilled() {
        assertNotBilled(
                "subscription",
                Facts.of(1, 1).model("claude-next").key(KeyRef.Kind.OAUTH).rated());
    }

    @Test
    void priorityTier_tokensWaived_searchesBilled() {
        assertNotBilled("priority_tier", Facts.of(1_000, 1_000).tier("priority").rated());
        Charge searched = Facts.of(1_000, 1_000).tier("priority").searches(2).rated();
        assertAmount("0.02", searched);
        assertEquals(RatingStatus.RATED, searched.status());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "batch")
    void batchItem_atBatchRates_alsoWhereItsUsageStatesNoTier(@Nullable String tier) {
        Charge charge = Facts.of(1_000_000, 1_000_000)
                .route(Route.BATCH_ITEM)
                .tier(tier)
                .rated();
        assertAmount("15", charge);
        assertEquals("batch", charge.lines().get(0).serviceTier());
    }

    @Test
    void batchItem_statedTier_stands() {
        assertAmount(
                "30",
                Facts.of(1_000_000, 1_000_000)
                        .route(Route.BATCH_ITEM)
                        .tier("standard")
                        .rated());
    }

    @Test
    void batchItem_webSearches_noDiscount() {
        assertAmount(
                "0.03",
                Facts.of(0, 0).route(Route.BATCH_ITEM).tier("batch").searches(3).rated());
    }

    @ParameterizedTest
    @CsvSource({"ERRORED, errored", "CANCELED, canceled", "EXPIRED, expired"})
    void batchItem_thatWasNotServed_notBilled(String ending, String reason) {
        Outcome outcome = Outcome.valueOf("FAILED_UPSTREAM_ITEM_" + ending);
        assertNotBilled(
                "batch_item_" + reason,
                Facts.withoutUsage(outcome).route(Route.BATCH_ITEM).rated());
    }

    @Test
    void batchItem_thatCouldNotBeRead_pending() {
        assertPending(
                "usage_unreadable: result.type: found novel",
                Facts.withoutUsage(Outcome.OK_UPSTREAM_COMPLETE)
                        .route(Route.BATCH_ITEM)
                        .fault("result.type: found novel")
                        .rated());
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MESSAGES", "BATCH_ITEM"})
    void route_unmetered_notBilledWithoutLines(Route route) {
        Charge charge = Facts.of(1_000, 1_000).route(route).rated();
        assertNotBilled("unmetered_route", charge);
        assertTrue(charge.lines().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, input_tokens=-1",
        "0, 1000000000001, output_tokens=1000000000001",
        "9223372036854775807, 0, input_tokens=9223372036854775807",
    })
    void counts_impossible_pendingWithoutLines(long input, long output, String found) {
        Charge charge = Facts.of(input, output).rated();
        assertPending("impossible_count: " + found, charge);
        assertTrue(charge.lines().isEmpty());
    }

    @Test
    void counts_notStated_pending() {
        TokenCounts noInput = new TokenCounts(null, 5L, null, null, null, null);
        assertPending("input_tokens_not_stated", Facts.of(0, 0).tokens(noInput).rated());
        TokenCounts noOutput = new TokenCounts(5L, null, null, null, null, null);
        assertPending(
                "output_tokens_not_stated", Facts.of(0, 0).tokens(noOutput).rated());
    }

    @Test
    void fault_withPartOfUsage_pendingWithoutAmounts() {
        Charge charge = Facts.of(10, 20).fault("output_tokens was text").rated();
        assertPending("usage_unreadable: output_tokens was text", charge);
        assertEquals(2, charge.lines().size());
        assertTrue(charge.lines().stream().allMatch(line -> line.amount() == null));
    }

    static void assertAmount(String usd, Charge charge) {
        assertEquals(
                0,
                new BigDecimal(usd).compareTo(charge.amount()),
                () -> "expected " + usd + " but was " + charge.amount() + " in " + charge);
    }

    static void assertPending(String reason, Charge charge) {
        assertEquals(RatingStatus.PENDING, charge.status(), charge::toString);
        assertEquals(reason, charge.reason());
    }

    static void assertNotBilled(String reason, Charge charge) {
        assertEquals(RatingStatus.NOT_BILLED, charge.status(), charge::toString);
        assertEquals(reason, charge.reason());
        assertAmount("0", charge);
    }

    static long quantity(Charge charge, TokenType type) {
        return charge.lines().stream()
                .filter(line -> line.type() == type)
                .mapToLong(Line::quantity)
                .sum();
    }
}
