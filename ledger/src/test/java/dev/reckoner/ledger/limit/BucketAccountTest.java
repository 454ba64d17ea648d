package dev.reckoner.ledger.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.LimitRule;
import dev.reckoner.ledger.limit.Account.Hold;
import dev.reckoner.ledger.limit.Account.Shortage;
import dev.reckoner.ledger.limit.Account.Used;
import dev.reckoner.ledger.limit.Account.Wanted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BucketAccountTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void emptyBucket_fillsContinuously_andSaysExactlyWhen() {
        BucketAccount bucket = bucket("all 600 itpm");
        bucket.hold(input(600), START);

        Shortage shortage = shortage(bucket, input(60), START);

        assertEquals(Duration.ofSeconds(6), shortage.retryAfter());
        Instant just = START.plusSeconds(6);
        assertNotNull(bucket.shortage(input(60), just.minusNanos(1_000)));
        assertNull(bucket.shortage(input(60), just));
    }

    @Test
    void wait_thatIsNoWholeMicrosecond_isRoundedUp() {
        BucketAccount bucket = bucket("all 7 rpm");
        for (int i = 0; i < 7; i++) {
            bucket.hold(input(0), START);
        }

        Duration wait = shortage(bucket, input(0), START).retryAfter();

        assertEquals(Duration.ofNanos(8_571_429_000L), wait);
        assertNull(bucket.shortage(input(0), START.plus(wait)));
    }

    @Test
    void requestLargerThanTheBucket_passesWhenItIsFull_andLeavesADebt() {
        BucketAccount bucket = bucket("all 1000 itpm");
        assertNull(bucket.shortage(input(5_000), START));
        Hold hold = bucket.hold(input(5_000), START);
        bucket.settle(hold, used(5_000), START);

        assertEquals(
                Duration.ofSeconds(4 * 60 + 30),
                shortage(bucket, input(500), START).retryAfter());
        assertEquals(
                Duration.ofMinutes(5), shortage(bucket, input(5_000), START).retryAfter());
    }

    @Test
    void settling_givesBackWhatWasNotUsed_andTakesWhatWasUsedBeyond() {
        BucketAccount bucket = bucket("all 1000 itpm");
        Hold less = bucket.hold(input(600), START);
        Hold more = bucket.hold(input(100), START);
        assertEquals(BigDecimal.valueOf(300), bucket.standing(START).left());

        bucket.settle(less, used(50), START);
        assertEquals(BigDecimal.valueOf(850), bucket.standing(START).left());
        bucket.settle(more, used(950), START);

        assertEquals(BigDecimal.ZERO, bucket.standing(START).left());
        assertEquals(BigDecimal.ZERO, bucket.standing(START).reserved());
        assertTrue(bucket.idle(START.plusSeconds(60)));
    }

    @Test
    void releasing_givesTokensBack_butNotTheRequest() {
        BucketAccount tokens = bucket("all 1000 itpm");
        tokens.release(tokens.hold(input(600), START), START);
        assertEquals(BigDecimal.valueOf(1_000), tokens.standing(START).left());

        BucketAccount requests = bucket("all 10 rpm");
        requests.release(requests.hold(input(0), START), START);
        assertEquals(BigDecimal.valueOf(9), requests.standing(START).left());
    }

    @Test
    void clock_thatGoesBack_fillsNothing_andGoesOnFromThere() {
        BucketAccount bucket = bucket("all 600 itpm");
        bucket.hold(input(600), START);

        Instant back = START.minus(Duration.ofDays(1));
        assertEquals(Duration.ofSeconds(6), shortage(bucket, input(60), back).retryAfter());
        assertNull(bucket.shortage(input(60), back.plusSeconds(6)));
    }

    @Test
    void clock_thatLeapsAhead_fillsTheBucketAtMost() {
        BucketAccount bucket = bucket("all 600 itpm");
        bucket.hold(input(600), START);

        Instant ahead = START.plus(Duration.ofDays(40_000));
        assertEquals(BigDecimal.valueOf(600), bucket.standing(ahead).left());
    }

    @Test
    void bucket_askedAtAnyMoments_passesNoMoreThanItFills() {
        long seed = 42;
        Random random = new Random(seed);
        BucketAccount bucket = bucket("all 1234567 itpm");
        Instant now = START;
        long passed = 0;
        for (int i = 0; i < 50_000; i++) {
            now = now.plusNanos(random.nextInt(3_000_000));
            Wanted wanted = input(random.nextInt(1_000));
            if (bucket.shortage(wanted, now) == null) {
                bucket.settle(bucket.hold(wanted, now), used(wanted.input()), now);
                passed += wanted.input();
            }
        }
        long micros = Duration.between(START, now).toNanos() / 1_000;
        long filled = 1_234_567 + micros * 1_234_567 / 60_000_000;
        assertTrue(passed <= filled, "seed " + seed + ": " + passed + " of " + filled);
        assertTrue(passed > filled - 2_000, "seed " + seed + ": " + passed + " of " + filled);
    }

    private static BucketAccount bucket(String rule) {
        Limit limit = Limit.created(LimitRule.parse(rule).orElseThrow(), START);
        return new BucketAccount(limit, limit.rule().subject(), START);
    }

    private static Shortage shortage(Account account, Wanted wanted, Instant now) {
        Shortage shortage = account.shortage(wanted, now);
        assertNotNull(shortage);
        return shortage;
    }

    private static Wanted input(long tokens) {
        return new Wanted(true, BigDecimal.ZERO, tokens, 0, Set.of());
    }

    private static Used used(long tokens) {
        return new Used(Cost.ZERO, START, tokens, 0);
    }
}
