package dev.reckoner.ledger.rating;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices one attempt: a line per token class, tokens × rate × factor. A waived attempt keeps its tokens and rates under
 * a factor of zero, so that its lines still multiply out and what it would have cost can be seen.
 */
final class AttemptRating {
    static final String UNKNOWN_MODEL = "unknown_model";

    /** The model is known, but not at that time, speed or prompt size. */
    static final String NO_RATE = "no_rate";

    private static final int MILLION_PLACES = 6;

    private final RateTable rates;
    private final RowChoice choice;
    private final ServedTerms terms;
    private final @Nullable String servingModel;
    private final List<Attempt> attempts;

    AttemptRating(
            RateTable rates,
            RowChoice choice,
            ServedTerms terms,
            @Nullable String servingModel,
            List<Attempt> attempts) {
        this.rates = rates;
        this.choice = choice;
        this.terms = terms;
        this.servingModel = servingModel;
        this.attempts = List.copyOf(attempts);
    }

    /**
     * The lines of an attempt.
     *
     * @param waiver why it isn't billed, null where it is
     * @param readable whether the usage could be read without a fault, so that its counts may become money
     */
    List<Line> lines(Attempt attempt, @Nullable String waiver, boolean readable, Findings findings) {
        Findings pricing = waiver == null ? findings : new Findings();
        if (waiver != null) {
            findings.waived(waiver);
        }
        List<Rate> rows = readable ? rows(attempt, pricing) : List.of();
        List<Line> lines = cheapest(attempt, rows, waiver != null, pricing);
        if (attempt.writes().uncertain()) {
            pricing.ambiguous("cache_split_above_total");
        }
        return lines;
    }

    private List<Rate> rows(Attempt attempt, Findings findings) {
        String model = attempt.model();
        if (model == null || !attempt.known() || !terms.known()) {
            return List.of();
        }
        boolean ownSpeed = servingModel == null || canonical(model).equals(canonical(servingModel));
        List<Rate> rows = choice.candidates(model, terms.speed(), ownSpeed, attempt, requestPrompt(model));
        if (rows.isEmpty()) {
            findings.pending(rates.canonicalModel(model).isPresent() ? NO_RATE : UNKNOWN_MODEL, model);
        }
        return rows;
    }

    /** Prompt tokens of all attempts in which that model worked on the message. */
    private long requestPrompt(String model) {
        return attempts.stream()
                .filter(attempt -> attempt.executor() && model.equals(attempt.model()))
                .mapToLong(Attempt::promptTokens)
                .sum();
    }

    /** The lines by the cheapest of the candidates, with a finding where the candidates differ. */
    private List<Line> cheapest(Attempt attempt, List<Rate> rows, boolean waived, Findings findings) {
        List<Line> best = null;
        for (Rate row : rows) {
            Findings own = new Findings();
            List<Line> lines = priced(attempt, row, waived, own);
            if (best == null) {
                best = lines;
                findings.addAll(own);
                continue;
            }
            int order = amount(lines).compareTo(amount(best));
            if (order != 0) {
                findings.ambiguous(ambiguity(rows));
            }
            best = order < 0 ? lines : best;
        }
        return best == null ? priced(attempt, null, waived, new Findings()) : best;
    }

    private static String ambiguity(List<Rate> rows) {
        boolean speeds = rows.stream().map(Rate::speed).distinct().count() > 1;
        return speeds ? "speed_of_attempt_not_stated" : "prompt_tier_of_summed_input";
    }

    private List<Line> priced(Attempt attempt, @Nullable Rate row, boolean waived, Findings findings) {
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<TokenType, Long> quantity : attempt.quantities().entrySet()) {
            BigDecimal rate = row == null ? null : price(row, quantity.getKey(), findings);
            lines.add(line(attempt, row, quantity.getKey(), quantity.getValue(), rate, waived));
        }
        return lines;
    }

    private Line line(
            Attempt attempt,
            @Nullable Rate row,
            TokenType type,
            long quantity,
            @Nullable BigDecimal rate,
            boolean waived) {
        Discount discount = row == null ? null : choice.discount(row.model());
        BigDecimal factor = waived ? BigDecimal.ZERO : row == null ? BigDecimal.ONE : terms.factor(row);
        factor = discounted(factor, discount);
        BigDecimal amount = rate == null ? null : amount(quantity, rate, factor);
        return new Line(
                attempt.index(),
                attempt.model() == null ? "" : canonical(attempt.model()),
                type,
                quantity,
                rate,
                factor,
                waived ? BigDecimal.ZERO : amount,
                terms.stated().serviceTier(),
                terms.stated().speed(),
                terms.stated().inferenceGeo(),
                ContextWindow.of(attempt, row),
                rate == null || row == null ? null : version(row.version(), discount));
    }

    /** A factor with the operator's discount in it; 0 stays 0. */
    static BigDecimal discounted(BigDecimal factor, @Nullable Discount discount) {
        return discount == null ? factor : factor.multiply(discount.factor());
    }

    /** The version of what priced a line: the row's, and the discount's where there is one. */
    static String version(String row, @Nullable Discount discount) {
        return discount == null ? row : row + RateTable.VERSIONS_JOINED_BY + discount.version();
    }

    private @Nullable BigDecimal price(Rate row, TokenType type, Findings findings) {
        Prices prices = terms.batch() ? row.batch() : row.prices();
        BigDecimal price = prices == null ? null : price(prices, type);
        if (price == null) {
            findings.pending(
                    terms.batch() ? "no_batch_rate_for_" + type.vendorName() : "no_rate_for_" + type.vendorName(),
                    row.model());
        }
        return price;
    }

    private static @Nullable BigDecimal price(Prices prices, TokenType type) {
        return switch (type) {
            case INPUT -> prices.input();
            case CACHE_WRITE_5M -> prices.cacheWrite5m();
            case CACHE_WRITE_1H -> prices.cacheWrite1h();
            case CACHE_READ -> prices.cacheRead();
            case OUTPUT -> prices.output();
            case WEB_SEARCH -> null;
        };
    }

    private String canonical(String model) {
        return rates.canonicalModel(model).orElse(model);
    }

    private static BigDecimal amount(long tokens, BigDecimal rate, BigDecimal factor) {
        return BigDecimal.valueOf(tokens).multiply(rate).multiply(factor).movePointLeft(MILLION_PLACES);
    }

    private static BigDecimal amount(List<Line> lines) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Line line : lines) {
            sum = line.amount() == null ? sum : sum.add(line.amount());
        }
        return sum;
    }
}
