package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the longest 1 % of outputs cost. */
final class LongOutputs {
    private static final int PART = 100;
    private static final int SHARE_PLACES = 4;

    private final PriceBook prices;
    private final List<ExchangeFact> facts = new ArrayList<>();
    private BigDecimal spent = BigDecimal.ZERO;

    LongOutputs(PriceBook prices) {
        this.prices = prices;
    }

    /** Keeps it: at most {@link ReadWindow#EXCHANGES_MAX} come. */
    void add(ExchangeFact fact) {
        if (output(fact) > 0 && fact.amount().signum() > 0) {
            facts.add(fact);
            spent = spent.add(fact.amount());
        }
    }

    Draft draft() {
        Draft draft = new Draft(Kind.LONG_OUTPUTS);
        int longest = facts.size() / PART;
        if (longest == 0) {
            return draft;
        }
        facts.sort(Comparator.comparingLong(LongOutputs::output).reversed());
        long cap = output(facts.get(longest));
        BigDecimal cost = BigDecimal.ZERO;
        for (ExchangeFact fact : facts.subList(0, longest)) {
            cost = cost.add(fact.amount());
            shorten(draft, fact, cap);
        }
        draft.fact("next_longest_tokens", String.valueOf(cap));
        draft.fact("longest_tokens", String.valueOf(output(facts.get(0))));
        draft.fact("cost_of_longest", cost.toPlainString());
        draft.fact(
                "share_of_cost",
                cost.divide(spent, SHARE_PLACES, RoundingMode.HALF_EVEN).toPlainString());
        return draft;
    }

    private void shorten(Draft draft, ExchangeFact fact, long cap) {
        PriceBook.Priced rates = prices.matching(fact, FactTokens.of(fact.tokens()));
        BigDecimal rate = rates == null ? null : rates.of(TokenType.OUTPUT);
        if (rate == null) {
            draft.leftOut(1);
            return;
        }
        long over = output(fact) - cap;
        draft.exchanges(1);
        if (over > 0) {
            draft.tokens(
                    fact.of(Dimension.MODEL),
                    TokenType.OUTPUT,
                    over,
                    PriceBook.amount(over, rate),
                    BigDecimal.ZERO,
                    fact.group());
        }
    }

    private static long output(ExchangeFact fact) {
        Long output = fact.tokens().outputTokens();
        return output == null ? 0 : output;
    }
}
