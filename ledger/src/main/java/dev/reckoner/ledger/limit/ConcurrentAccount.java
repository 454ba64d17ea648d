package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How many exchanges are in flight at once. */
final class ConcurrentAccount extends Account {
    /** Nobody knows when an exchange ends; so one that found no place shall ask again soon. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private long inFlight;

    ConcurrentAccount(Limit limit, Subject subject) {
        super(limit, subject);
    }

    @Override
    @Nullable
    Shortage shortage(Wanted wanted, Instant now) {
        return inFlight < most() ? null : new Shortage(this, WAIT, left(), BigDecimal.ONE);
    }

    @Override
    Hold hold(Wanted wanted, Instant now) {
        inFlight++;
        return new Hold(this, BigDecimal.ZERO, 1, now);
    }

    @Override
    void settle(Hold hold, Used used, Instant now) {
        inFlight--;
    }

    @Override
    void release(Hold hold, Instant now) {
        inFlight--;
    }

    @Override
    Standing standing(Instant now) {
        return new Standing(limit(), subject(), null, null, BigDecimal.valueOf(inFlight), left(), null, null);
    }

    @Override
    boolean idle(Instant now) {
        return inFlight == 0;
    }

    private BigDecimal left() {
        return BigDecimal.valueOf(Math.max(0, most() - inFlight));
    }

    private long most() {
        return ((Cap.Concurrent) limit().rule().cap()).most();
    }
}
