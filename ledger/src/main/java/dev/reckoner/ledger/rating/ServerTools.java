package dev.reckoner.ledger.rating;

import dev.reckoner.config.Discount;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RatingRules;
import dev.reckoner.config.ToolPrice;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What server tools cost beside their tokens (api-facts §3.4): each web search has a price, whatever the batch tier or
 * geography; web fetch costs its tokens only; code execution is billed by container time, which no response states.
 */
final class ServerTools {
    static final String CONTAINER_TIME_NOT_STATED = "container_time_not_stated";

    private static final int THOUSAND_PLACES = 3;

    private final RateTable rates;
    private final Instant at;
    private final RatingRules rules;

    ServerTools(RateTable rates, Instant at, RatingRules rules) {
        this.rates = rates;
        this.at = at;
        this.rules = rules;
    }

    /**
     * The lines of the tools that a usage counts.
     *
     * @param model the model of the message, null where nobody stated it
     * @param waived whether nothing of the exchange is billed
     */
    List<Line> lines(Usage usage, @Nullable String model, boolean waived, Findings findings) {
        codeExecution(usage, findings);
        long searches = CacheWrites.orZero(usage.webSearchRequests());
        return searches == 0 ? List.of() : List.of(webSearch(usage, searches, model, waived, findings));
    }

    private Line webSearch(Usage usage, long requests, @Nullable String model, boolean waived, Findings findings) {
        ToolPrice price = rates.toolPrice(RateTable.WEB_SEARCH, at).orElse(null);
        Discount discount = rates.discount(RateTable.WEB_SEARCH, at).orElse(null);
        BigDecimal rate = price == null ? null : price.perThousand();
        if (rate == null && !waived) {
            findings.pending(AttemptRating.NO_RATE, RateTable.WEB_SEARCH);
        }
        BigDecimal factor = waived ? BigDecimal.ZERO : AttemptRating.discounted(BigDecimal.ONE, discount);
        BigDecimal amount = rate == null
                ? null
                : BigDecimal.valueOf(requests).multiply(rate).multiply(factor).movePointLeft(THOUSAND_PLACES);
        return new Line(
                0,
                model == null ? "" : rates.canonicalModel(model).orElse(model),
                TokenType.WEB_SEARCH,
                requests,
                rate,
                factor,
                waived ? BigDecimal.ZERO : amount,
                usage.serviceTier(),
                usage.speed(),
                usage.inferenceGeo(),
                null,
                price == null || rate == null ? null : AttemptRating.version(price.version(), discount));
    }

    private void codeExecution(Usage usage, Findings findings) {
        long requests = CacheWrites.orZero(usage.codeExecutionRequests());
        if (requests == 0) {
            return;
        }
        String reason = Findings.withValue(CONTAINER_TIME_NOT_STATED, requests + " code executions");
        if (rules.codeExecution() == RatingRules.CodeExecution.PENDING) {
            findings.pending(reason);
        } else {
            findings.remark(reason);
        }
    }
}
