package dev.reckoner.ledger.rating;

import dev.reckoner.config.RateTable;
import dev.reckoner.config.RatingRules;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place where usage becomes money. It follows the response, never the request (P4), keeps what it can't price
 * as pending (P5), and neither rounds nor guesses (P6). Stateless, and safe on any thread.
 *
 * <p>The order of the rules: unmetered routes and responses without usage ({@link UnseenUsage}); the tier of a batch's
 * items ({@link BatchTier}); impossible counts ({@link CountGuard}); the input estimated where nothing was stated
 * ({@link InputEstimate}); the served terms ({@link ServedTerms}); output estimated where the end was not seen
 * ({@link OutputEstimate}); the attempts that are billed ({@link Attempts}); for each of them the row
 * ({@link RowChoice}) and its lines ({@link AttemptRating}); server tools ({@link ServerTools}).
 *
 * <p>What the vendor doesn't bill keeps its lines with their tokens and rates under a factor and amount of zero: there
 * the zero is a fact with a stated reason, not a guess.
 */
public final class Rater {
    static final String SUBSCRIPTION = "subscription";
    static final String PRIORITY_TIER = "priority_tier";

    private final RateTable rates;
    private final RatingRules rules;

    /** Rates by that table, and by the rules that hold where nothing was said. */
    public Rater(RateTable rates) {
        this(rates, RatingRules.DEFAULTS);
    }

    /** Rates by that table and those rules. */
    public Rater(RateTable rates, RatingRules rules) {
        this.rates = rates;
        this.rules = rules;
    }

    /**
     * Rates an exchange.
     *
     * @param at the instant that decides which rows hold
     */
    public Charge rate(Closing closing, Instant at) {
        if (!closing.opening().route().metered()) {
            return UnseenUsage.withoutLines(RatingStatus.NOT_BILLED, UnseenUsage.UNMETERED_ROUTE);
        }
        Usage usage = BatchTier.usage(closing);
        if (usage == null) {
            Usage estimate = InputEstimate.of(closing);
            return estimate == null ? UnseenUsage.charge(closing) : rate(closing, estimate, InputEstimate.METHOD, at);
        }
        String impossible = CountGuard.fault(usage);
        if (impossible != null) {
            String reason = Findings.withValue(CountGuard.IMPOSSIBLE_COUNT, impossible);
            return UnseenUsage.withoutLines(RatingStatus.PENDING, reason);
        }
        return rate(closing, usage, closing.reading().usageFinal() ? null : OutputEstimate.METHOD, at);
    }

    private Charge rate(Closing closing, Usage usage, @Nullable String estimateMethod, Instant at) {
        Findings findings = new Findings();
        Reading reading = closing.reading();
        if (reading.fault() != null) {
            findings.pending(UnseenUsage.USAGE_UNREADABLE, reading.fault());
        }
        OtherBill.check(closing, findings);
        ServedTerms terms = ServedTerms.of(usage, findings);
        TokenCounts topLevel = reading.usageFinal() ? usage.tokens() : OutputEstimate.complete(reading, usage);
        Attempts rule = new Attempts(reading, closing.opening().asked(), rules, findings);
        List<Attempt> attempts = rule.of(usage, topLevel);
        RowChoice choice =
                new RowChoice(rates, at, rules, closing.opening().asked().betas());
        AttemptRating rating = new AttemptRating(rates, choice, terms, rule.messageModel(), attempts);

        String waiver = waiver(closing);
        String tokenWaiver = waiver == null && terms.priority() ? PRIORITY_TIER : waiver;
        List<Line> lines = new ArrayList<>();
        for (Attempt attempt : attempts) {
            String own = tokenWaiver == null ? attempt.waiver() : tokenWaiver;
            lines.addAll(rating.lines(attempt, own, reading.fault() == null, findings));
        }
        lines.addAll(new ServerTools(rates, at, rules).lines(usage, rule.messageModel(), waiver != null, findings));
        return charge(lines, findings, estimateMethod);
    }

    /** Why nothing of the exchange is billed to us per token: a subscription, another bill, an error before output. */
    private @Nullable String waiver(Closing closing) {
        if (closing.opening().attribution().key().kind() == KeyRef.Kind.OAUTH) {
            return SUBSCRIPTION;
        }
        if (OtherBill.pays(closing)) {
            return OtherBill.REASON;
        }
        boolean cutByError = closing.outcome() == Outcome.FAILED_UPSTREAM_ERROR_EVENT
                && !closing.reading().usageFinal();
        boolean waived = cutByError && rules.errorAfterOutput() == RatingRules.ErrorAfterOutput.NOT_BILLED;
        return waived || UnseenUsage.errorBeforeOutput(closing) ? UnseenUsage.UPSTREAM_ERROR : null;
    }

    private static Charge charge(List<Line> lines, Findings findings, @Nullable String estimateMethod) {
        boolean anythingBilled = lines.stream().anyMatch(line -> line.factor().signum() != 0);
        RatingStatus status = findings.status(anythingBilled);
        return new Charge(lines, status, findings.reason(status), estimateMethod != null, estimateMethod);
    }
}
