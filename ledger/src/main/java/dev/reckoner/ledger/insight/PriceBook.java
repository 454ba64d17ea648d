package dev.reckoner.ledger.insight;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prices as insights need them: with the factors of geography and discount in them, in USD per million tokens, from the
 * rows that held at the time.
 */
final class PriceBook {
    private static final int PLACES = 18;

    /** What a rate with all its factors can have at most. */
    private static final int RATE_PLACES = 12;

    private static final int MILLION_PLACES = 6;

    private static final List<TokenType> TOKENS = List.of(
            TokenType.INPUT,
            TokenType.CACHE_WRITE_5M,
            TokenType.CACHE_WRITE_1H,
            TokenType.CACHE_READ,
            TokenType.OUTPUT);

    private final RateTable rates;
    private final Map<RowTerms, Priced> known = new HashMap<>();
    private final Map<Terms, List<Priced>> ofStretches = new HashMap<>();

    PriceBook(RateTable rates) {
        this.rates = rates;
    }

    String version() {
        return rates.version();
    }

    /** What a row asks for a million tokens of each type, for prompts of a size. */
    record Priced(Rate.PromptTier tier, Map<TokenType, BigDecimal> prices) {

        @Nullable
        BigDecimal of(TokenType type) {
            return prices.get(type);
        }
    }

    /** A row, by its version, under terms that change what it asks. */
    private record RowTerms(String row, String discount, boolean batch, boolean us) {}

    /** What the rows that hold under those terms ask, one for each that can be meant; for terms that many cells share. */
    List<Priced> prices(Terms terms) {
        return ofStretches.computeIfAbsent(terms, this::find);
    }

    /** The same for terms that hardly anything shares, such as those of an exchange. */
    List<Priced> find(Terms terms) {
        List<Priced> priced = new ArrayList<>();
        for (Rate row : rates.find(terms.model(), terms.speed(), terms.at())) {
            Prices prices = terms.batch() ? row.batch() : row.prices();
            if (prices != null) {
                priced.add(priced(row, prices, terms));
            }
        }
        return priced;
    }

    private Priced priced(Rate row, Prices prices, Terms terms) {
        Optional<Discount> discount = rates.discount(row.model(), terms.at());
        RowTerms key =
                new RowTerms(row.version(), discount.map(Discount::version).orElse(""), terms.batch(), terms.us());
        return known.computeIfAbsent(
                key, none -> new Priced(row.promptTier(), prices(prices, factor(row, discount, terms))));
    }

    private static BigDecimal factor(Rate row, Optional<Discount> discount, Terms terms) {
        BigDecimal geography = terms.us() ? row.usMultiplier() : BigDecimal.ONE;
        return discount.map(Discount::factor).map(geography::multiply).orElse(geography);
    }

    private static Map<TokenType, BigDecimal> prices(Prices prices, BigDecimal factor) {
        Map<TokenType, BigDecimal> byType = new TreeMap<>();
        for (TokenType type : TOKENS) {
            BigDecimal price = price(prices, type);
            if (price != null) {
                byType.put(type, price.multiply(factor));
            }
        }
        return byType;
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

    /**
     * What an amount would have been had its tokens been counted as another type.
     *
     * @return null where there is no price to compare with
     */
    @Nullable
    BigDecimal as(TokenType other, TokenType type, BigDecimal paid, Terms terms) {
        BigDecimal most = null;
        for (Priced row : prices(terms)) {
            most = larger(most, at(paid, row.of(type), row.of(other)));
        }
        return most;
    }

    /**
     * What an amount would have been under other terms, for a prompt of the same size. Where more than one row can be
     * meant, what saves least.
     *
     * @return null where there is no price to compare with
     */
    @Nullable
    BigDecimal under(Terms other, TokenType type, BigDecimal paid, Terms terms) {
        BigDecimal most = null;
        for (Priced to : prices(other)) {
            for (Priced from : prices(terms)) {
                if (from.tier().overlaps(to.tier())) {
                    most = larger(most, at(paid, from.of(type), to.of(type)));
                }
            }
        }
        return most;
    }

    /** The amount × other ÷ price: exact wherever the amount is made of that price, else to 18 places. */
    private static @Nullable BigDecimal at(BigDecimal paid, @Nullable BigDecimal price, @Nullable BigDecimal other) {
        if (paid.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (price == null || other == null || price.signum() == 0) {
            return null;
        }
        BigDecimal product = paid.multiply(other);
        BigDecimal rounded = product.divide(price, PLACES, RoundingMode.HALF_EVEN);
        return plain(rounded);
    }

    private static @Nullable BigDecimal larger(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.max(other);
    }

    /** Quantity × price, exactly. */
    static BigDecimal amount(long quantity, BigDecimal price) {
        return BigDecimal.valueOf(quantity).multiply(price).movePointLeft(MILLION_PLACES);
    }

    /** The one rate per million that makes a quantity cost an amount, null where there is none. */
    static @Nullable BigDecimal rate(long quantity, BigDecimal amount) {
        if (quantity <= 0) {
            return null;
        }
        BigDecimal million = amount.movePointRight(MILLION_PLACES);
        BigDecimal rate = million.divide(BigDecimal.valueOf(quantity), RATE_PLACES, RoundingMode.HALF_EVEN);
        boolean exact = rate.multiply(BigDecimal.valueOf(quantity)).compareTo(million) == 0;
        return exact ? plain(rate) : null;
    }

    /** Without zeros at its end, and without an exponent when it is written. */
    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /**
     * The model that comes next in price: of the newest of each family, the dearest one whose every price is at most the
     * model's own, and whose output is cheaper.
     */
    Optional<String> nextCheaper(Terms terms) {
        List<Priced> own = prices(terms);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        String family = family(terms.model());
        return newest(terms).stream()
                .filter(model -> own.stream().allMatch(row -> cheaper(prices(terms.on(model)), row)))
                .max(Comparator.comparing((String model) -> output(terms.on(model)))
                        .thenComparing(model -> family(model).equals(family))
                        .thenComparing(Comparator.<String>reverseOrder()));
    }

    /** The newest model of each family at that time. */
    private List<String> newest(Terms terms) {
        Map<String, Rate> newest = new TreeMap<>();
        for (Rate row : rates.rates()) {
            boolean priced = row.speed() == terms.speed()
                    && row.prices() != null
                    && rates.find(row.model(), row.speed(), terms.at()).contains(row);
            if (priced) {
                newest.merge(family(row.model()), row, PriceBook::newer);
            }
        }
        return newest.values().stream().map(Rate::model).toList();
    }

    private static Rate newer(Rate one, Rate other) {
        if (one.from() == null || other.from() == null) {
            return one.from() == null ? other : one;
        }
        return other.from().isAfter(one.from()) ? other : one;
    }

    /** The word in a model's name that isn't the vendor's or a number: {@code opus} of claude-opus-5-5. */
    private static String family(String model) {
        for (String part : model.split("-", -1)) {
            if (!part.equals("claude") && !part.isEmpty() && !Character.isDigit(part.charAt(0))) {
                return part;
            }
        }
        return model;
    }

    private BigDecimal output(Terms terms) {
        return prices(terms).stream()
                .map(row -> row.prices().getOrDefault(TokenType.OUTPUT, BigDecimal.ZERO))
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    private static boolean cheaper(List<Priced> others, Priced own) {
        return !others.isEmpty() && others.stream().allMatch(other -> cheaper(other.prices(), own.prices()));
    }

    private static boolean cheaper(Map<TokenType, BigDecimal> other, Map<TokenType, BigDecimal> own) {
        boolean less = false;
        for (Map.Entry<TokenType, BigDecimal> price : own.entrySet()) {
            BigDecimal compared = other.get(price.getKey());
            if (compared == null || compared.compareTo(price.getValue()) > 0) {
                return false;
            }
            less = less || (price.getKey() == TokenType.OUTPUT && compared.compareTo(price.getValue()) < 0);
        }
        return less;
    }

    /**
     * The prices at which an exchange's usage is its amount to the last digit, null where there are none: it has several
     * attempts, tools beside its tokens, or was rated by another table.
     */
    @Nullable
    Priced matching(ExchangeFact fact, Map<TokenType, Long> quantities) {
        if (fact.tools() > 0) {
            return null;
        }
        for (Priced row : find(Terms.of(fact.group(), fact.bookedAt()))) {
            BigDecimal sum = sum(row, quantities);
            if (sum != null && sum.compareTo(fact.amount()) == 0) {
                return row;
            }
        }
        return null;
    }

    private static @Nullable BigDecimal sum(Priced row, Map<TokenType, Long> quantities) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<TokenType, Long> quantity : quantities.entrySet()) {
            BigDecimal price = row.of(quantity.getKey());
            if (price == null) {
                return null;
            }
            sum = sum.add(amount(quantity.getValue(), price));
        }
        return sum;
    }
}
