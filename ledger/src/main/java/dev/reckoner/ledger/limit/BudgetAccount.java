package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a budget counts in its present window, in four sums that an exchange passes through: <em>reserved</em> while it is
 * in flight, <em>booked</em> from when its entry is made until the store takes it, then <em>spent</em>, which is what
 * reports say. <em>Adrift</em> is what was admitted in this window and booked before it, for a clock went back.
 *
 * <p>An entry that the store takes leaves as much of the booked sum as it costs. So entries of which nothing was known
 * when they were made, or that come again, can't be counted twice for longer than the store is behind.
 *
 * <p>A window never goes back. What is booked outside it is another window's.
 */
final class BudgetAccount extends Account {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Window window;
    private BigDecimal reserved = BigDecimal.ZERO;
    private Cost booked = Cost.ZERO;
    private Cost spent = Cost.ZERO;
    private BigDecimal adrift = BigDecimal.ZERO;
    private int warned;
    private boolean begun;

    BudgetAccount(Limit limit, Subject subject, Window window) {
        super(limit, subject);
        this.window = window;
    }

    /** Takes what the store has of the present window, when the limit is new. */
    void load(Cost sum) {
        spent = spent.plus(sum);
    }

    Window window() {
        return window;
    }

    /** Whether the window that is now has begun since the store was read, which may have entries in it already. */
    boolean begun(Instant now) {
        return begun && window.holds(now);
    }

    /** Takes what the store has of a window, in the place of what was counted, if it is the present one. */
    void reread(Window read, Cost sum) {
        if (begun && window.equals(read)) {
            spent = sum;
            begun = false;
        }
    }

    @Override
    @Nullable
    Shortage shortage(Wanted wanted, Instant now) {
        roll(now);
        BigDecimal left = cap().usd().subtract(used());
        boolean fits = left.signum() > 0 && wanted.usd().compareTo(left) <= 0;
        if (fits || !wanted.billed()) {
            return null;
        }
        // a clock that went back makes the wait longer, never shorter
        Duration wait = Duration.between(now, window.end());
        return new Shortage(this, wait, left.max(BigDecimal.ZERO), wanted.usd());
    }

    @Override
    Hold hold(Wanted wanted, Instant now) {
        roll(now);
        reserved = reserved.add(wanted.usd());
        return new Hold(this, wanted.usd(), 0, window.start());
    }

    @Override
    void settle(Hold hold, Used used, Instant now) {
        reserved = reserved.subtract(hold.usd());
        roll(used.bookedAt());
        if (used.bookedAt().isBefore(window.start()) && hold.since().equals(window.start())) {
            adrift = adrift.add(used.cost().total());
        }
    }

    @Override
    void release(Hold hold, Instant now) {
        reserved = reserved.subtract(hold.usd());
    }

    /** Counts an entry that was made. */
    void book(Instant bookedAt, Cost cost) {
        roll(bookedAt);
        if (window.holds(bookedAt)) {
            booked = booked.plus(cost);
        }
    }

    /** Counts an entry that the store took. */
    void take(Instant bookedAt, Cost cost) {
        roll(bookedAt);
        if (window.holds(bookedAt)) {
            booked = booked.minus(booked.min(cost));
            spent = spent.plus(cost);
        }
    }

    /** Counts a correction that the store took: what an entry costs from now on, or no longer. */
    void correct(Instant bookedAt, Cost cost, boolean reversed) {
        if (window.holds(bookedAt)) {
            spent = reversed ? spent.minus(cost) : spent.plus(cost);
        }
    }

    /** Whether that percentage has not been warned of in this window. */
    boolean firstWarning(int percent) {
        boolean first = percent > warned;
        warned = Math.max(warned, percent);
        return first;
    }

    /** Whether so much of the budget is gone, what is only held included; decided without a division. */
    boolean nearlyGone(int percent) {
        BigDecimal gone = used();
        return gone.signum() > 0
                && gone.multiply(HUNDRED).compareTo(cap().usd().multiply(BigDecimal.valueOf(percent))) >= 0;
    }

    /** How much of the budget is gone, with what is only held or without; in whole percent, rounded down. */
    int percent(boolean withHeld) {
        BigDecimal gone = withHeld ? used() : used().subtract(reserved);
        if (cap().usd().signum() == 0) {
            return gone.signum() > 0 ? Integer.MAX_VALUE : 0;
        }
        BigDecimal percent = gone.multiply(HUNDRED).divide(cap().usd(), 0, RoundingMode.FLOOR);
        return percent.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
    }

    @Override
    Standing standing(Instant now) {
        roll(now);
        Cost sum = spent.plus(booked);
        BigDecimal left = cap().usd().subtract(used()).max(BigDecimal.ZERO);
        return new Standing(
                limit(), subject(), sum.amount(), sum.pending(), reserved, left, window.start(), window.end());
    }

    @Override
    boolean idle(Instant now) {
        roll(now);
        return used().signum() == 0;
    }

    private BigDecimal used() {
        return spent.total().add(booked.total()).add(reserved).add(adrift);
    }

    private Cap.Budget cap() {
        return (Cap.Budget) limit().rule().cap();
    }

    private void roll(Instant now) {
        if (now.isBefore(window.end())) {
            return;
        }
        window = Window.of(cap(), now);
        booked = Cost.ZERO;
        spent = Cost.ZERO;
        adrift = BigDecimal.ZERO;
        warned = 0;
        begun = true;
    }
}
