package dev.reckoner.ledger.insight;

import dev.reckoner.config.Rate;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the same tokens would have cost under other terms: at standard speed, or on the next cheaper model. */
final class DearerTerms {
    private static final String INSTEAD = " → ";

    private final PriceBook prices;
    private final Draft fast = new Draft(Kind.FAST_MODE);
    private final Draft mix = new Draft(Kind.MODEL_MIX);
    private final Map<Terms, Optional<Terms>> others = new HashMap<>();

    DearerTerms(PriceBook prices) {
        this.prices = prices;
    }

    /** What cells are judged by: the other model or speed, and the prices on both sides. */
    private record Judged(String model, List<PriceBook.Priced> own, List<PriceBook.Priced> instead) {}

    /** All that the comparison of a cell under those terms depends on; empty where there is nothing to compare with. */
    Optional<?> judged(Terms terms) {
        return instead(terms).map(other -> new Judged(other.model(), prices.prices(terms), prices.prices(other)));
    }

    void add(Cell cell) {
        Terms terms = cell.terms();
        boolean isFast = terms.speed() == Rate.Speed.FAST;
        instead(terms).ifPresent(other -> {
            String what = isFast ? terms.model() : terms.model() + INSTEAD + other.model();
            compare(isFast ? fast : mix, cell, what, other);
        });
    }

    /** Standard speed for fast mode, else the next cheaper model. */
    private Optional<Terms> instead(Terms terms) {
        return others.computeIfAbsent(terms, none -> {
            return terms.speed() == Rate.Speed.FAST
                    ? Optional.of(terms.at(Rate.Speed.STANDARD))
                    : prices.nextCheaper(terms).map(terms::on);
        });
    }

    /** Takes the cell only where every type of its tokens has a price on both sides. */
    private void compare(Draft draft, Cell cell, String what, Terms other) {
        Map<TokenType, BigDecimal> instead = new EnumMap<>(TokenType.class);
        for (TokenType type : TokenType.values()) {
            BigDecimal paid = cell.paid(type);
            if (type == TokenType.WEB_SEARCH || paid.signum() == 0) {
                continue;
            }
            @Nullable BigDecimal price = prices.under(other, type, paid, cell.terms());
            if (price == null) {
                draft.leftOut(cell.sums().exchanges());
                return;
            }
            instead.put(type, price);
        }
        draft.exchanges(cell.sums().exchanges());
        instead.forEach(
                (type, price) -> draft.tokens(what, type, cell.tokens(type), cell.paid(type), price, cell.group()));
    }

    Draft fast() {
        return fast;
    }

    Draft mix() {
        return mix;
    }
}
