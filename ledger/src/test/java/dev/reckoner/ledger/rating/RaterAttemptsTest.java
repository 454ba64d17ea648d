package dev.reckoner.ledger.rating;

import static dev.reckoner.ledger.rating.Facts.iteration;
import static dev.reckoner.ledger.rating.RaterTest.assertAmount;
import static dev.reckoner.ledger.rating.RaterTest.assertNotBilled;
import static dev.reckoner.ledger.rating.RaterTest.assertPending;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden cases of the attempts behind a response (api-facts §1.4, §1.5). */
class RaterAttemptsTest {

    @Test
    void compaction_onTopOfMessage_billedAtRequestedModel() {
        Charge charge = Facts.of(23_000, 1_000)
                .model("claude-sonnet-5")
                .asked("claude-sonnet-5")
                .iterations(
                        iteration("compaction", null, 180_000, 0, 3_500), iteration("message", null, 23_000, 0, 1_000))
                .rated();
        // top level alone would be 0.056; 203,000×2 + 4,500×10 millionths
        assertAmount("0.451", charge);
        assertEquals(
                List.of(0, 0, 1, 1), charge.lines().stream().map(Line::attempt).toList());
    }

    @Test
    void advisor_atItsOwnModel_billedInAddition() {
        Charge charge = Facts.of(1_760, 531)
                .model("claude-sonnet-5")
                .iterations(
                        iteration("message", null, 412, 0, 89),
                        iteration("advisor_message", "claude-opus-5", 823, 0, 1_612),
                        iteration("message", null, 1_348, 412, 442))
                .rated();
        // 1,760×2 + 412×0.2 + 531×10 at the executor, 823×5 + 1,612×25 at the advisor, in millionths
        assertAmount("0.0533274", charge);
        assertEquals(RatingStatus.RATED, charge.status());
        assertEquals("claude-opus-5", charge.lines().get(2).model());
    }

    @Test
    void fallback_firstDeclinedBeforeOutput_onlyServingAttemptCharged() {
        Charge charge = Facts.of(412, 264)
                .model("claude-opus-4-8")
                .asked("claude-fable-5")
                .iterations(
                        iteration("message", "claude-fable-5", 535, 0, 0),
                        iteration("fallback_message", "claude-opus-4-8", 412, 0, 264))
                .rated();
        // 412×5 + 264×25 millionths
        assertAmount("0.00866", charge);
        assertEquals(RatingStatus.RATED, charge.status());
        Line declined = charge.lines().get(0);
        assertEquals(535, declined.quantity());
        assertEquals(java.math.BigDecimal.ZERO, declined.amount());
    }

    @Test
    void fallback_firstDeclinedMidOutput_bothChargedAtOwnModel() {
        Charge charge = Facts.of(412, 264)
                .model("claude-opus-4-8")
                .asked("claude-fable-5")
                .iterations(
                        iteration("message", null, 535, 0, 20),
                        iteration("fallback_message", "claude-opus-4-8", 412, 0, 264))
                .rated();
        // 535×10 + 20×50 at the requested model, which the entry doesn't name, and 0.00866
        assertAmount("0.01501", charge);
        assertEquals("claude-fable-5", charge.lines().get(0).model());
    }

    @Test
    void fallback_allDeclined_notBilled() {
        Charge charge = Facts.of(412, 0)
                .model("claude-opus-4-8")
                .refusal(true)
                .iterations(
                        iteration("message", "claude-fable-5", 535, 0, 0),
                        iteration("fallback_message", "claude-opus-4-8", 412, 0, 0))
                .rated();
        assertNotBilled("declined_before_output; refusal_before_output", charge);
        assertEquals(2, charge.lines().size());
    }

    @Test
    void fallback_sticky_oneEntryCharged() {
        Charge charge = Facts.of(100, 10)
                .model("claude-opus-4-8")
                .asked("claude-fable-5")
                .iterations(iteration("fallback_message", null, 100, 0, 10))
                .rated();
        assertAmount("0.00075", charge);
        assertEquals("claude-opus-4-8", charge.lines().get(0).model());
    }

    @Test
    void prewarm_zeroOutputAlone_charged() {
        Iteration entry = new Iteration("message", null, Facts.counts(8, 5_120, 0, 0, 0));
        Charge charge = Facts.cached(8, 5_120, 0, 0, 0).iterations(entry).rated();
        // 8×5 + 5,120×6.25 millionths
        assertAmount("0.03204", charge);
        assertEquals(RatingStatus.RATED, charge.status());
    }

    @Test
    void refusal_beforeOutput_notBilledWithTokensKept() {
        // a published example states output tokens although the content is empty
        Charge charge = Facts.of(412, 5).refusal(true).rated();
        assertNotBilled("refusal_before_output", charge);
        assertEquals(2, charge.lines().size());
    }

    @Test
    void refusal_emptyBlockWithoutOutput_notBilled() {
        // a client library's own example has a text block that stays empty, and no output tokens
        assertNotBilled("refusal_before_output", Facts.of(20, 0).refusal(false).rated());
        assertNotBilled("refusal_before_output", Facts.of(20, 0).refusal(null).rated());
    }

    @Test
    void refusal_midStream_billed() {
        Charge charge = Facts.of(412, 5).refusal(false).rated();
        assertAmount("0.002185", charge);
        assertNull(charge.reason());
    }

    @Test
    void refusal_contentNotSeen_billedAndSaid() {
        Charge charge = Facts.of(412, 5).refusal(null).rated();
        assertAmount("0.002185", charge);
        assertEquals("refusal_content_not_seen", charge.reason());
    }

    @Test
    void refusal_afterCompaction_compactionStaysBilled() {
        Charge charge = Facts.of(100, 0)
                .refusal(true)
                .iterations(iteration("compaction", null, 1_000, 0, 100), iteration("message", null, 100, 0, 0))
                .rated();
        // 1,000×5 + 100×25 millionths
        assertAmount("0.0075", charge);
        assertEquals(RatingStatus.RATED, charge.status());
    }

    @Test
    void iteration_unknownType_pendingAndOthersPriced() {
        Charge charge = Facts.of(100, 10)
                .iterations(iteration("message", null, 100, 0, 10), iteration("oracle", "claude-opus-5", 7, 0, 7))
                .rated();
        assertPending("unknown_iteration_type: oracle", charge);
        assertAmount("0.00075", charge);
        assertEquals(4, charge.lines().size());
    }

    @Test
    void advisor_withoutModel_pending() {
        Charge charge = Facts.of(100, 10)
                .iterations(iteration("message", null, 100, 0, 10), iteration("advisor_message", null, 7, 0, 7))
                .rated();
        assertPending("model_not_stated: advisor_message", charge);
    }

    @Test
    void advisor_underFast_ambiguousAtLowerWhereBothSpeedsHavePrices() {
        Charge charge = Facts.of(100, 10)
                .model("claude-opus-5")
                .speed("fast")
                .iterations(
                        iteration("message", null, 100, 0, 10), iteration("advisor_message", "claude-fable-5", 7, 0, 7))
                .rated();
        // the advisor has no fast price, so only the standard one can be meant: 7×10 + 7×50
        assertAmount("0.00192", charge);
        assertEquals(RatingStatus.RATED, charge.status());
        Charge both = Facts.of(100, 10)
                .model("claude-fable-5")
                .speed("fast")
                .iterations(iteration("advisor_message", "claude-opus-5", 100, 0, 10))
                .rated();
        assertAmount("0.00075", both);
        assertEquals(RatingStatus.AMBIGUOUS, both.status());
        assertEquals("speed_of_attempt_not_stated", both.reason());
    }

    @Test
    void iterations_eachUnderThreshold_historicalTierNotTaken() {
        Charge charge = Facts.of(300_000, 0)
                .model("claude-sonnet-4-5")
                .betas("context-1m-2025-08-07")
                .searches(1)
                .iterations(iteration("message", null, 150_000, 0, 0), iteration("message", null, 150_000, 0, 0))
                .ratedAt(java.time.Instant.parse("2026-01-01T00:00:00Z"));
        assertAmount("0.91", charge);
        assertEquals(RatingStatus.RATED, charge.status());
    }

    @Test
    void iterations_sumOverTierOfHundredThousand_ambiguousAtLower() {
        Charge charge = Facts.of(120_000, 0)
                .model("claude-haiku-5-5")
                .iterations(iteration("message", null, 60_000, 0, 0), iteration("message", null, 60_000, 0, 0))
                .rated();
        assertAmount("0.012", charge);
        assertEquals(RatingStatus.AMBIGUOUS, charge.status());
        assertTrue(charge.lines().stream().allMatch(line -> "0-200k".equals(line.contextWindow())));
    }
}
