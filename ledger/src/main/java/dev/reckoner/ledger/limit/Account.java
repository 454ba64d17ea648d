package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one limit counts for one subject: what is held for exchanges in flight, and what they came to. Guarded by the lock
 * of {@link LimitBook}.
 */
abstract sealed class Account permits BudgetAccount, BucketAccount, ConcurrentAccount, ModelsAccount {
    private final Subject subject;
    private Limit limit;
    private String refusedIn = "";

    Account(Limit limit, Subject subject) {
        this.limit = limit;
        this.subject = subject;
    }

    static Account of(Limit limit, Subject subject, Instant now) {
        Cap cap = limit.rule().cap();
        if (cap instanceof Cap.Budget budget) {
            return new BudgetAccount(limit, subject, Window.of(budget, now));
        }
        if (cap instanceof Cap.PerMinute) {
            return new BucketAccount(limit, subject, now);
        }
        return cap instanceof Cap.Concurrent
                ? new ConcurrentAccount(limit, subject)
                : new ModelsAccount(limit, subject);
    }

    /** The one of whom it counts: never {@code *}, unless too many are counted to keep them apart. */
    final Subject subject() {
        return subject;
    }

    final Limit limit() {
        return limit;
    }

    /** Takes another value for the same measure; what was counted stays. */
    void change(Limit changed) {
        limit = changed;
    }

    /** Whether this is the first refusal of its window, or of its day. */
    final boolean firstRefusal(String window) {
        boolean first = !window.equals(refusedIn);
        refusedIn = window;
        return first;
    }

    /** What is missing for an exchange to be admitted; null where nothing is. */
    abstract @Nullable Shortage shortage(Wanted wanted, Instant now);

    /** Holds what an exchange may come to. */
    abstract Hold hold(Wanted wanted, Instant now);

    /** Lets go of what was held, for the exchange has come to this. */
    abstract void settle(Hold hold, Used used, Instant now);

    /** Lets go of what was held, for the exchange has come to nothing. */
    abstract void release(Hold hold, Instant now);

    /** How it stands. */
    abstract Standing standing(Instant now);

    /** Whether nothing would be lost if it were forgotten. */
    abstract boolean idle(Instant now);

    /**
     * What an admission holds of one account.
     *
     * @param usd of a budget
     * @param quantity of anything else
     * @param since the start of the window it was admitted in, of a budget
     */
    record Hold(Account account, BigDecimal usd, long quantity, Instant since) {}

    /**
     * Why an exchange can't be admitted.
     *
     * @param retryAfter how long until it could be, as things stand; null where waiting is of no use
     * @param left what there was left
     * @param wanted what would have been needed
     */
    record Shortage(Account account, @Nullable Duration retryAfter, BigDecimal left, BigDecimal wanted) {}

    /**
     * What an exchange may come to at most.
     *
     * @param billed whether it costs anything by the token
     * @param usd what it may cost; zero where that isn't known beforehand
     * @param models the names that the asked model goes by, empty where the request doesn't name one
     */
    record Wanted(boolean billed, BigDecimal usd, long input, long output, Set<String> models) {}

    /**
     * What an exchange came to.
     *
     * @param bookedAt the instant that decides its window
     * @param input tokens that count towards the vendor's input limits: all but those read from a cache
     */
    record Used(Cost cost, Instant bookedAt, long input, long output) {}
}
