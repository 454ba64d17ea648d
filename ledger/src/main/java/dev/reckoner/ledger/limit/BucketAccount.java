package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket that holds a minute's worth and fills continuously. What is more than a minute's worth is admitted when
 * the bucket is full, and leaves it in debt; so does what comes to more than was held.
 *
 * <p>Its level is counted in parts of which a minute's microseconds make one token, so that filling it is exact. A clock
 * that goes back fills nothing, one that leaps ahead fills the bucket at most.
 */
final class BucketAccount extends Account {
    private static final long PARTS = ChronoUnit.MINUTES.getDuration().toSeconds() * 1_000_000;

    /** A debt is no larger than that many tokens: about the largest prompt there is, a thousand times. */
    private static final long DEBT_MAX = 1_000_000_000;

    private long level;
    private Instant filledAt;
    private long held;

    BucketAccount(Limit limit, Subject subject, Instant now) {
        super(limit, subject);
        this.level = most() * PARTS;
        this.filledAt = now;
    }

    @Override
    void change(Limit changed) {
        super.change(changed);
        level = Math.min(level, most() * PARTS);
    }

    @Override
    @Nullable
    Shortage shortage(Wanted wanted, Instant now) {
        fill(now);
        long quantity = Math.min(quantity(wanted), most());
        long missing = quantity * PARTS - level;
        if (missing <= 0) {
            return null;
        }
        Duration wait = Duration.of(-Math.floorDiv(-missing, most()), ChronoUnit.MICROS);
        return new Shortage(this, wait, left(), BigDecimal.valueOf(quantity));
    }

    @Override
    Hold hold(Wanted wanted, Instant now) {
        fill(now);
        long quantity = Math.min(quantity(wanted), DEBT_MAX);
        held += quantity;
        draw(quantity);
        return new Hold(this, BigDecimal.ZERO, quantity, now);
    }

    @Override
    void settle(Hold hold, Used used, Instant now) {
        fill(now);
        held -= hold.quantity();
        long came = switch (flow()) {
            case ITPM -> used.input();
            case OTPM -> used.output();
            case RPM -> hold.quantity();
        };
        draw(Math.min(came, DEBT_MAX) - hold.quantity());
    }

    /** A request was a request, whatever it came to; tokens that were never asked for are given back. */
    @Override
    void release(Hold hold, Instant now) {
        fill(now);
        held -= hold.quantity();
        if (flow() != Cap.Flow.RPM) {
            draw(-hold.quantity());
        }
    }

    @Override
    Standing standing(Instant now) {
        fill(now);
        BigDecimal reserved = BigDecimal.valueOf(flow() == Cap.Flow.RPM ? 0 : held);
        return new Standing(limit(), subject(), null, null, reserved, left(), null, null);
    }

    @Override
    boolean idle(Instant now) {
        fill(now);
        return held == 0 && level == most() * PARTS;
    }

    private void fill(Instant now) {
        long micros = ChronoUnit.MICROS.between(filledAt, now);
        if (micros < 0) {
            filledAt = now;
            return;
        }
        long missing = most() * PARTS - level;
        boolean full = micros >= -Math.floorDiv(-missing, most());
        level = full ? most() * PARTS : level + micros * most();
        filledAt = full ? now : filledAt.plus(micros, ChronoUnit.MICROS);
    }

    private void draw(long quantity) {
        long full = most() * PARTS;
        level = Math.max(-DEBT_MAX * PARTS, Math.min(full, level - quantity * PARTS));
    }

    private BigDecimal left() {
        return BigDecimal.valueOf(Math.max(0, level)).divide(BigDecimal.valueOf(PARTS), 0, RoundingMode.FLOOR);
    }

    private long quantity(Wanted wanted) {
        return switch (flow()) {
            case ITPM -> wanted.input();
            case OTPM -> wanted.output();
            case RPM -> 1;
        };
    }

    private Cap.Flow flow() {
        return ((Cap.PerMinute) limit().rule().cap()).flow();
    }

    private long most() {
        return ((Cap.PerMinute) limit().rule().cap()).most();
    }
}
