package dev.reckoner.ledger.insight;

import dev.reckoner.config.Rate;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Exchanges that could have been items of a batch: not streamed, or streamed by night. */
final class BatchShift {
    private static final int MORNING_HOUR = 6;

    private final PriceBook prices;
    private final Draft unstreamed = new Draft(Kind.BATCH);
    private final Draft night = new Draft(Kind.BATCH_AT_NIGHT);

    BatchShift(PriceBook prices) {
        this.prices = prices;
    }

    void add(ExchangeFact fact) {
        Terms terms = Terms.of(fact.group(), fact.bookedAt());
        boolean movable = fact.outcome().ok()
                && fact.amount().signum() > 0
                && terms.speed() == Rate.Speed.STANDARD
                && !terms.batch()
                && !terms.priority();
        if (!movable) {
            return;
        }
        if (Boolean.FALSE.equals(fact.streamed())) {
            shift(unstreamed, fact, terms);
        } else if (fact.bookedAt().atZone(ZoneOffset.UTC).getHour() < MORNING_HOUR) {
            shift(night, fact, terms);
        }
    }

    private void shift(Draft draft, ExchangeFact fact, Terms terms) {
        Map<TokenType, Long> tokens = FactTokens.of(fact.tokens());
        PriceBook.Priced now = prices.matching(fact, tokens);
        PriceBook.Priced batch = now == null ? null : batch(terms, now, tokens.keySet());
        if (now == null || batch == null) {
            draft.leftOut(1);
            return;
        }
        draft.exchanges(1);
        tokens.forEach((type, quantity) -> draft.tokens(
                terms.model(),
                type,
                quantity,
                amount(now, type, quantity),
                amount(batch, type, quantity),
                fact.group()));
    }

    /** The batch prices for prompts of the same size, null where they haven't all of the types. */
    private PriceBook.@Nullable Priced batch(Terms terms, PriceBook.Priced now, Set<TokenType> types) {
        for (PriceBook.Priced batch : prices.find(terms.asBatch())) {
            if (batch.tier() == now.tier() && batch.prices().keySet().containsAll(types)) {
                return batch;
            }
        }
        return null;
    }

    private static BigDecimal amount(PriceBook.Priced row, TokenType type, long quantity) {
        return PriceBook.amount(quantity, row.prices().getOrDefault(type, BigDecimal.ZERO));
    }

    Draft unstreamed() {
        return unstreamed;
    }

    Draft night() {
        return night;
    }
}
