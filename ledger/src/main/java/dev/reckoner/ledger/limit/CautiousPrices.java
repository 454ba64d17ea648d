package dev.reckoner.ledger.limit;

import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.Settings.UnknownRate;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.limit.Account.Wanted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What limits count where the books don't know yet: for a request, what it may cost at most, and for an entry without a
 * rate, what it may have cost. Never a charge. Immutable, and safe on any thread.
 */
final class CautiousPrices {
    private static final int MILLION_PLACES = 6;

    /** Bytes of text to a token, as estimates have it ({@code rating.OutputEstimate}). */
    private static final long BYTES_PER_TOKEN = 3;

    /** Of input: what cache writes and reads cost (api-facts §3), for a model that has no row. */
    private static final BigDecimal WRITE_5M = new BigDecimal("1.25");

    private static final BigDecimal WRITE_1H = BigDecimal.valueOf(2);
    private static final BigDecimal READ = new BigDecimal("0.1");

    private static final BigDecimal WEB_SEARCH = new BigDecimal("0.01");

    /** Output of a request that doesn't say how much it allows, or can't be read. */
    private static final long OUTPUT_UNKNOWN = 32_000;

    /** No model writes more, whatever a request allows. */
    private static final long OUTPUT_MAX = 1_000_000;

    private static final Comparator<Rate> BY_OUTPUT = Comparator.comparing((Rate row) ->
            row.prices() == null ? BigDecimal.ZERO : orZero(row.prices().output()));

    private final RateTable rates;
    private final @Nullable UnknownRate unknown;
    private final Map<String, Set<String>> names = new HashMap<>();

    /**
     * Prices by a table.
     *
     * @param unknown what a model without a row costs, null for what the dearest row says
     */
    CautiousPrices(RateTable rates, @Nullable UnknownRate unknown) {
        this.rates = rates;
        this.unknown = unknown;
        for (Rate rate : rates.rates()) {
            Set<String> known = names.computeIfAbsent(rate.model(), none -> new HashSet<>());
            known.add(rate.model());
            known.addAll(rate.aliases());
        }
    }

    /** What a request may come to: all of its input uncached, and all the output that it allows. */
    Wanted of(Ask ask) {
        Asked asked = ask.asked();
        boolean billed =
                ask.attribution().key().kind() != KeyRef.Kind.OAUTH; // subscriptions aren't billed by the token
        Set<String> models = names(asked.model());
        if (ask.route() != Route.MESSAGES) {
            return new Wanted(billed, BigDecimal.ZERO, 0, 0, models);
        }
        long bytes = asked.textBytes() == null ? ask.bodyBytes() : asked.textBytes();
        long input = -Math.floorDiv(-bytes, BYTES_PER_TOKEN);
        long output = asked.maxTokens() == null ? OUTPUT_UNKNOWN : Math.max(0, asked.maxTokens());
        BigDecimal usd = billed ? usd(asked, input, output, ask.at()) : BigDecimal.ZERO;
        return new Wanted(billed, usd, input, Math.min(output, OUTPUT_MAX), models);
    }

    private BigDecimal usd(Asked asked, long input, long output, Instant at) {
        Rate row = row(asked.model(), "fast".equals(asked.speed()), input, at);
        Prices prices = row == null || row.prices() == null ? unknown(at) : row.prices();
        BigDecimal factor = row == null ? BigDecimal.ONE : factor(row, "us".equals(asked.inferenceGeo()), at);
        return amount(input, orZero(prices.input()))
                .add(amount(Math.min(output, OUTPUT_MAX), orZero(prices.output())))
                .multiply(factor);
    }

    /** What an entry counts for. */
    Cost of(Entry entry) {
        Charge charge = entry.charge();
        BigDecimal amount = charge.amount();
        return charge.status() == RatingStatus.PENDING
                ? new Cost(amount, pending(entry))
                : new Cost(amount, BigDecimal.ZERO);
    }

    /** Every name of a model that the table knows; its own where the table doesn't, none where there is none. */
    Set<String> names(@Nullable String model) {
        if (model == null) {
            return Set.of();
        }
        return rates.canonicalModel(model).map(names::get).orElse(Set.of(model));
    }

    private BigDecimal pending(Entry entry) {
        List<Line> lines = entry.charge().lines();
        if (lines.isEmpty()) {
            return unread(entry);
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Line line : lines) {
            if (line.amount() == null) {
                sum = sum.add(line(line, entry.bookedAt()));
            }
        }
        return sum;
    }

    private BigDecimal line(Line line, Instant at) {
        Prices prices = unknown(at);
        BigDecimal input = orZero(prices.input());
        return switch (line.type()) {
            case INPUT -> amount(line.quantity(), input);
            case CACHE_WRITE_5M -> amount(line.quantity(), orElse(prices.cacheWrite5m(), input.multiply(WRITE_5M)));
            case CACHE_WRITE_1H -> amount(line.quantity(), orElse(prices.cacheWrite1h(), input.multiply(WRITE_1H)));
            case CACHE_READ -> amount(line.quantity(), orElse(prices.cacheRead(), input.multiply(READ)));
            case OUTPUT -> amount(line.quantity(), orZero(prices.output()));
            case WEB_SEARCH -> BigDecimal.valueOf(line.quantity()).multiply(WEB_SEARCH);
        };
    }

    /** Where the usage couldn't be read: what the request could have come to. */
    private BigDecimal unread(Entry entry) {
        Asked asked = entry.closing().opening().asked();
        long input = asked.textBytes() == null ? 0 : asked.textBytes() / BYTES_PER_TOKEN;
        long passed = entry.closing().reading().outputTextBytes() / BYTES_PER_TOKEN;
        long output = asked.maxTokens() == null ? passed : Math.max(passed, asked.maxTokens());
        String model = entry.closing().reading().model();
        Rate row = row(model == null ? asked.model() : model, false, input, entry.bookedAt());
        Prices prices = row == null || row.prices() == null ? unknown(entry.bookedAt()) : row.prices();
        return amount(input, orZero(prices.input())).add(amount(output, orZero(prices.output())));
    }

    private @Nullable Rate row(@Nullable String model, boolean fast, long prompt, Instant at) {
        if (model == null) {
            return null;
        }
        List<Rate> rows = fast ? rates.find(model, Rate.Speed.FAST, at) : List.of();
        rows = rows.isEmpty() ? rates.find(model, Rate.Speed.STANDARD, at) : rows;
        List<Rate> priced = rows.stream().filter(row -> row.prices() != null).toList();
        return priced.stream()
                .filter(row -> row.promptTier().holds(prompt))
                .findFirst()
                .orElse(priced.stream().max(BY_OUTPUT).orElse(null));
    }

    private BigDecimal factor(Rate row, boolean us, Instant at) {
        BigDecimal factor = us ? row.usMultiplier() : BigDecimal.ONE;
        return rates.discount(row.model(), at)
                .map(discount -> factor.multiply(discount.factor()))
                .orElse(factor);
    }

    /** What a model without a row costs: as configured, else as the dearest row that holds. */
    private Prices unknown(Instant at) {
        if (unknown != null) {
            return new Prices(unknown.input(), null, null, null, unknown.output());
        }
        return rates.rates().stream()
                .filter(row -> row.prices() != null && row.holds(at))
                .max(BY_OUTPUT)
                .map(Rate::prices)
                .orElse(new Prices(BigDecimal.ZERO, null, null, null, BigDecimal.ZERO));
    }

    private static BigDecimal amount(long quantity, BigDecimal perMillion) {
        return BigDecimal.valueOf(quantity).multiply(perMillion).movePointLeft(MILLION_PLACES);
    }

    private static BigDecimal orZero(@Nullable BigDecimal price) {
        return orElse(price, BigDecimal.ZERO);
    }

    private static BigDecimal orElse(@Nullable BigDecimal price, BigDecimal other) {
        return price == null ? other : price;
    }

    /** Tokens of an entry that count towards input limits: all but those read from a cache (api-facts §4.5). */
    static long input(Charge charge) {
        return quantity(charge, TokenType.INPUT, TokenType.CACHE_WRITE_5M, TokenType.CACHE_WRITE_1H);
    }

    /** Tokens of an entry that count towards output limits. */
    static long output(Charge charge) {
        return quantity(charge, TokenType.OUTPUT);
    }

    private static long quantity(Charge charge, TokenType... types) {
        Set<TokenType> counted = Set.of(types);
        long sum = 0;
        for (Line line : charge.lines()) {
            sum += counted.contains(line.type()) ? line.quantity() : 0;
        }
        return sum;
    }
}
