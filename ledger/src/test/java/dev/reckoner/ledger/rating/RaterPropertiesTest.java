package dev.reckoner.ledger.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every charge, on seeded random facts over the built-in table; the seed is the test's argument. */
class RaterPropertiesTest {
    private static final RateTable TABLE = RateTables.builtIn();
    private static final Rater RATER = new Rater(TABLE);
    private static final int ROUNDS = 2_000;
    private static final Instant EPOCH = Instant.parse("2025-06-01T00:00:00Z");
    private static final String[] ODD = {"turbo", "", "\u0000", "standard "};

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121, 424_242})
    void charge_ofAnyFacts_addsUpAndNeverNegative(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Facts facts = anything(random);
            Instant at = at(random);
            Charge charge = RATER.rate(facts.closing(), at);
            assertSound(charge);
            assertEquals(charge, RATER.rate(facts.closing(), at), () -> "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 77})
    void charge_ofOneTier_linearInTokens(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Rate row = row(random);
            Instant at = row.from() == null ? Instant.parse("2024-01-01T00:00:00Z") : row.from();
            long[] one = tokens(random);
            long[] other = tokens(random);
            long times = random.nextLong(1, 9);
            long[] both = new long[one.length];
            for (int i = 0; i < one.length; i++) {
                both[i] = one[i] + times * other[i];
            }
            BigDecimal expected =
                    amount(row, one, at).add(amount(row, other, at).multiply(BigDecimal.valueOf(times)));
            assertEquals(0, expected.compareTo(amount(row, both, at)), () -> "seed " + seed + " " + row);
        }
    }

    private static void assertSound(Charge charge) {
        BigDecimal sum = BigDecimal.ZERO;
        boolean open = false;
        for (Line line : charge.lines()) {
            assertTrue(line.quantity() > 0, charge::toString);
            BigDecimal amount = line.amount();
            open |= amount == null;
            if (amount == null) {
                continue;
            }
            assertTrue(amount.signum() >= 0, charge::toString);
            sum = sum.add(amount);
            BigDecimal rate = line.rate();
            if (rate != null) {
                long unit = line.type() == TokenType.WEB_SEARCH ? 1_000 : 1_000_000;
                BigDecimal product =
                        BigDecimal.valueOf(line.quantity()).multiply(rate).multiply(line.factor());
                assertEquals(0, product.compareTo(amount.multiply(BigDecimal.valueOf(unit))), charge::toString);
            }
        }
        assertEquals(0, sum.compareTo(charge.amount()));
        assertTrue(!open || charge.status() == RatingStatus.PENDING, charge::toString);
        assertTrue(charge.status() == RatingStatus.RATED || charge.reason() != null, charge::toString);
        assertTrue(charge.status() != RatingStatus.NOT_BILLED || sum.signum() == 0, charge::toString);
        assertEquals(charge.estimated(), charge.estimateMethod() != null);
    }

    private static Facts anything(SplittableRandom random) {
        Facts facts = Facts.of(0, 0)
                .tokens(counts(random))
                .model(random.nextInt(8) == 0 ? null : model(random))
                .asked(random.nextInt(8) == 0 ? null : model(random))
                .speed(pick(random, "standard", "fast", null))
                .tier(pick(random, "standard", "batch", "priority", null))
                .geo(pick(random, "global", "us", "not_available", null))
                .key(any(random, KeyRef.Kind.values()));
        if (random.nextInt(3) == 0) {
            facts.cut(any(random, Outcome.values()), random.nextLong(0, 100_000));
        }
        if (random.nextInt(3) == 0) {
            facts.searches(random.nextLong(0, 5));
        }
        if (random.nextInt(6) == 0) {
            facts.refusal(random.nextBoolean());
        }
        if (random.nextInt(3) == 0) {
            facts.iterations(entry(random), entry(random), entry(random));
        }
        return random.nextBoolean() ? facts.betas("context-1m-2025-08-07") : facts;
    }

    private static Iteration entry(SplittableRandom random) {
        String type = pick(random, "message", "compaction", "advisor_message", "fallback_message");
        return new Iteration(
                type == null ? "message" : type, random.nextBoolean() ? model(random) : null, counts(random));
    }

    private static TokenCounts counts(SplittableRandom random) {
        return new TokenCounts(
                count(random), count(random), count(random), count(random), count(random), count(random));
    }

    private static @Nullable Long count(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> 0L;
            case 2 -> random.nextInt(50) == 0 ? random.nextLong() : 1L;
            case 3 -> CountGuard.COUNT_MAX;
            default -> random.nextLong(0, 250_000);
        };
    }

    private static String model(SplittableRandom random) {
        return random.nextInt(10) == 0 ? "claude-unheard-of" : row(random).model();
    }

    private static @Nullable String pick(SplittableRandom random, @Nullable String... values) {
        return random.nextInt(20) == 0 ? ODD[random.nextInt(ODD.length)] : values[random.nextInt(values.length)];
    }

    private static <T> T any(SplittableRandom random, T[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }

    private static Rate row(SplittableRandom random) {
        return TABLE.rates().get(random.nextInt(TABLE.rates().size()));
    }

    private static Instant at(SplittableRandom random) {
        return EPOCH.plus(Duration.ofHours(random.nextLong(0, 13_000)));
    }

    /** Small enough that no sum of two leaves the lowest tier. */
    private static long[] tokens(SplittableRandom random) {
        return random.longs(5, 0, 2_000).toArray();
    }

    private static BigDecimal amount(Rate row, long[] tokens, Instant at) {
        Facts facts = Facts.cached(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4])
                .model(row.model())
                .speed(row.speed() == Rate.Speed.FAST ? "fast" : "standard");
        return RATER.rate(facts.closing(), at).amount();
    }
}
