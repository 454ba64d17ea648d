package dev.reckoner.ledger.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What should be left of the prepaid credits at an instant: the balance that was stated last, what was added since, and
 * what was spent since. A day whose bill was pulled counts as billed, any other as booked. USD, exact but for the rate.
 *
 * @param statedAt when the balance was as stated
 * @param added what the operator says was added since
 * @param topUps in so many times
 * @param reloads what the rule says the vendor has added since: assumed, for nobody has said so
 * @param billed what was spent on days with a bill
 * @param billedBooked the same days by our books
 * @param billedDays how many these are
 * @param booked what was spent otherwise, by our books
 * @param pending exchanges whose cost isn't known yet
 * @param perDay what a day has cost lately, rounded; null where there is less than an hour to go by
 * @param runsOut when nothing is left if it goes on so; null where nothing is spent, or too far away
 * @param rule the automatic reload, null where there is none
 * @param warnBelow when to warn, null where nobody said
 */
public record CreditStatement(
        Instant at,
        Instant statedAt,
        BigDecimal stated,
        BigDecimal added,
        int topUps,
        List<Reload> reloads,
        BigDecimal billed,
        BigDecimal billedBooked,
        int billedDays,
        BigDecimal booked,
        long pending,
        BigDecimal remaining,
        @Nullable BigDecimal perDay,
        @Nullable Instant runsOut,
        @Nullable CreditNote rule,
        @Nullable BigDecimal warnBelow) {

    public CreditStatement {
        reloads = List.copyOf(reloads);
    }

    /** One reload that the rule says was made. */
    public record Reload(Instant at, BigDecimal amount) {}

    /** The note that the balance was stated by last, empty where it never was. */
    public static Optional<CreditNote> stated(List<CreditEvent> events, Instant now) {
        return Notes.of(events, now).stated();
    }

    /**
     * Draws it up; empty where no balance was ever stated.
     *
     * @param spending since the balance was stated
     * @param warnBelow when to warn where no note says so
     */
    public static Optional<CreditStatement> of(
            List<CreditEvent> events, Spending spending, @Nullable BigDecimal warnBelow, Instant now) {
        Notes notes = Notes.of(events, now);
        return notes.stated().map(stated -> new Walk(notes, stated, spending, now).statement(warnBelow));
    }

    /** Whether less is left than asked for. */
    public boolean low() {
        return warnBelow != null && remaining.compareTo(warnBelow) < 0;
    }

    /** The sum of what is assumed. */
    public BigDecimal assumed() {
        return reloads.stream().map(Reload::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
