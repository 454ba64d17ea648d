package dev.reckoner.ledger.rating;

import static dev.reckoner.ledger.rating.Facts.iteration;
import static dev.reckoner.ledger.rating.RaterTest.assertAmount;
import static dev.reckoner.ledger.rating.RaterTest.assertNotBilled;
import static dev.reckoner.ledger.rating.RaterTest.assertPending;
import static dev.reckoner.ledger.rating.RaterTest.quantity;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.config.RatingRules;
import dev.reckoner.config.RatingRules.CacheWriteLifetime;
import dev.reckoner.config.RatingRules.CodeExecution;
import dev.reckoner.config.RatingRules.ErrorAfterOutput;
import dev.reckoner.config.RatingRules.PromptTierCounts;
import dev.reckoner.config.RatingRules.SpeedOfAttempts;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each setting does that decides a question the vendor leaves open (api-facts §8), by hand-computed amounts. */
class RatingRulesTest {

    @ParameterizedTest
    @CsvSource({
        // two iterations of 60,000 tokens of claude-haiku-5-5: 120,000×0.1 or ×0.5 millionths
        "UNDECIDED, AMBIGUOUS, 0.012",
        "ITERATION, RATED, 0.012",
        "REQUEST, RATED, 0.06",
    })
    void promptTierCounts_severalIterations_decidesTheRow(PromptTierCounts counts, RatingStatus status, String usd) {
        Charge charge = Facts.of(120_000, 0)
                .model("claude-haiku-5-5")
                .iterations(iteration("message", null, 60_000, 0, 0), iteration("message", null, 60_000, 0, 0))
                .ratedBy(rules(counts));
        assertEquals(status, charge.status());
        assertAmount(usd, charge);
    }

    @ParameterizedTest
    @CsvSource({
        // one sum of 150,000 tokens over the prompts of a server-tool loop; a fetch costs nothing by itself
        "UNDECIDED, AMBIGUOUS, 0.015",
        "ITERATION, AMBIGUOUS, 0.015",
        "REQUEST, RATED, 0.075",
    })
    void promptTierCounts_summedInput_decidedOnlyByTheSum(PromptTierCounts counts, RatingStatus status, String usd) {
        Charge charge =
                Facts.of(150_000, 0).model("claude-haiku-5-5").fetches(2).ratedBy(rules(counts));
        assertEquals(status, charge.status());
        assertAmount(usd, charge);
    }

    @ParameterizedTest
    @CsvSource({
        // total, split 5m, split 1h -> 5m, 1h
        "300, 100, 100, 100, 200",
        "300, 100,   0, 100, 200",
        "300,    ,    , 300,   0",
        "200, 100, 100, 100, 100",
    })
    void cacheWritesBeyondSplit_oneHour_holdsForTheExcessOnly(Long total, Long five, Long hour, long in5m, long in1h) {
        RatingRules rules = rules(CacheWriteLifetime.ONE_HOUR);
        Charge charge = Facts.of(0, 0)
                .tokens(new TokenCounts(1L, 1L, total, null, five, hour))
                .ratedBy(rules);
        assertEquals(in5m, quantity(charge, TokenType.CACHE_WRITE_5M));
        assertEquals(in1h, quantity(charge, TokenType.CACHE_WRITE_1H));
        assertEquals(RatingStatus.RATED, charge.status());
    }

    @ParameterizedTest
    @CsvSource({
        // 1,000 tokens of claude-opus-4-8 at 10 (fast) and 1,000 of the advisor claude-opus-5 at 10 or 5
        "UNDECIDED, AMBIGUOUS, 0.015",
        "STANDARD, RATED, 0.015",
        "MESSAGE, RATED, 0.02",
    })
    void speedOfAttempts_advisorUnderFast_decidesTheRow(SpeedOfAttempts speed, RatingStatus status, String usd) {
        Charge charge = Facts.of(1_000, 0)
                .model("claude-opus-4-8")
                .asked("claude-opus-4-8")
                .speed("fast")
                .iterations(
                        iteration("message", null, 1_000, 0, 0),
                        iteration("advisor_message", "claude-opus-5", 1_000, 0, 0))
                .ratedBy(rules(speed));
        assertEquals(status, charge.status());
        assertAmount(usd, charge);
    }

    @Test
    void refusalsBilled_modelListed_chargedAndSaid() {
        RatingRules rules = rules(List.of("claude-opus-5"));
        Charge listed = Facts.of(1_000, 0).refusal(true).ratedBy(rules);
        assertEquals(RatingStatus.RATED, listed.status());
        assertEquals("refusal_billed_by_setting", listed.reason());
        assertAmount("0.005", listed);
        assertNotBilled(
                "refusal_before_output",
                Facts.of(1_000, 0).model("claude-fable-5").refusal(true).ratedBy(rules));
    }

    @Test
    void codeExecution_stated_remarkedOrPending() {
        Facts facts = Facts.of(1_000, 0).executions(3);
        Charge remarked = facts.rated();
        assertEquals(RatingStatus.RATED, remarked.status());
        assertEquals("container_time_not_stated: 3 code executions", remarked.reason());
        assertAmount("0.005", remarked);
        Charge pending = facts.ratedBy(rules(CodeExecution.PENDING));
        assertPending("container_time_not_stated: 3 code executions", pending);
        assertAmount("0.005", pending);
    }

    @Test
    void errorAfterOutput_asSet_billedOrNot() {
        Facts facts = Facts.of(1_000, 1).cut(Outcome.FAILED_UPSTREAM_ERROR_EVENT, 400);
        // 1,000×5 + 100×25 millionths
        assertAmount("0.00835", facts.rated());
        assertNotBilled("upstream_error", facts.ratedBy(rules(ErrorAfterOutput.NOT_BILLED)));
    }

    @Test
    void errorAfterOutput_notBilled_leavesOtherEndingsAlone() {
        Charge charge = Facts.of(1_000, 1)
                .cut(Outcome.FAILED_DOWNSTREAM_ABORTED, 400)
                .ratedBy(rules(ErrorAfterOutput.NOT_BILLED));
        assertAmount("0.00835", charge);
    }

    /** The defaults with that one answer in its place. */
    private static RatingRules rules(Object answer) {
        RatingRules defaults = RatingRules.DEFAULTS;
        return new RatingRules(
                answer instanceof PromptTierCounts counts ? counts : defaults.promptTierCounts(),
                answer instanceof CacheWriteLifetime lifetime ? lifetime : defaults.cacheWritesBeyondSplit(),
                answer instanceof SpeedOfAttempts speed ? speed : defaults.speedOfAttempts(),
                answer instanceof List<?> models
                        ? models.stream().map(String::valueOf).toList()
                        : defaults.refusalsBilled(),
                answer instanceof CodeExecution execution ? execution : defaults.codeExecution(),
                answer instanceof ErrorAfterOutput error ? error : defaults.errorAfterOutput());
    }
}
