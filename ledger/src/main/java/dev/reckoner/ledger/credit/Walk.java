package dev.reckoner.ledger.credit;

import dev.reckoner.ledger.credit.CreditNote.Kind;
import dev.reckoner.ledger.credit.CreditStatement.Reload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes from the balance that was stated to now, step by step: notes where they hold, what an hour has cost at its end, and
 * how much more or less a day was billed at the day's end. An automatic reload follows the step that made it due.
 */
final class Walk {
    private static final int RATE_PLACES = 18;
    private static final int LATELY_DAYS = 7;
    private static final BigDecimal DAY_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(1).toSeconds());
    private static final Duration LEAST = Duration.ofHours(1);
    private static final BigDecimal FAR =
            BigDecimal.valueOf(Duration.ofDays(36_500).toSeconds());

    private final Notes notes;
    private final CreditNote stated;
    private final Spending spending;
    private final Instant now;
    private final Instant lately;

    private final List<Reload> reloads = new ArrayList<>();
    private BigDecimal balance;
    private BigDecimal added = BigDecimal.ZERO;
    private int topUps;
    private BigDecimal billed = BigDecimal.ZERO;
    private BigDecimal billedBooked = BigDecimal.ZERO;
    private int billedDays;
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal spentLately = BigDecimal.ZERO;
    private @Nullable CreditNote rule;

    /**
     * One step: a note, or what was spent.
     *
     * @param since what was spent belongs to the time from there on
     */
    private record Step(Instant at, @Nullable CreditNote note, BigDecimal spent, Instant since) {}

    Walk(Notes notes, CreditNote stated, Spending spending, Instant now) {
        this.notes = notes;
        this.stated = stated;
        this.spending = spending;
        this.now = now;
        Instant weekAgo = now.truncatedTo(ChronoUnit.DAYS).minus(LATELY_DAYS, ChronoUnit.DAYS);
        this.lately = stated.at().isAfter(weekAgo) ? stated.at().truncatedTo(ChronoUnit.MINUTES) : weekAgo;
        this.balance = amount(stated);
    }

    CreditStatement statement(@Nullable BigDecimal warnOtherwise) {
        rule = notes.last(Kind.AUTO_RELOAD, stated.at());
        for (Step step : steps()) {
            CreditNote note = step.note();
            if (note != null) {
                take(note);
            } else {
                spend(step);
            }
        }
        CreditNote warn = notes.last(Kind.WARN, now);
        BigDecimal perDay = perDay();
        return new CreditStatement(
                now,
                stated.at(),
                amount(stated),
                added,
                topUps,
                reloads,
                billed,
                billedBooked,
                billedDays,
                spent.subtract(billed),
                spending.pending(),
                balance,
                perDay,
                runsOut(perDay),
                rule != null && rule.amount() == null ? null : rule,
                warn == null ? warnOtherwise : warn.amount());
    }

    /** Everything in the order of time; a note goes before what was spent by then. */
    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        notes.after(stated).forEach(note -> steps.add(new Step(note.at(), note, BigDecimal.ZERO, note.at())));
        spending.booked().forEach((start, cost) -> steps.add(new Step(ended(start), null, cost, start)));
        for (Map.Entry<LocalDate, BigDecimal> day : spending.billed().entrySet()) {
            Instant start = day.getKey().atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant end = start.plus(1, ChronoUnit.DAYS);
            if (!start.isBefore(stated.at()) && !end.isAfter(now)) {
                BigDecimal ours = spending.booked(day.getKey());
                billed = billed.add(day.getValue());
                billedBooked = billedBooked.add(ours);
                billedDays++;
                steps.add(new Step(end, null, day.getValue().subtract(ours), start));
            }
        }
        steps.sort(Comparator.comparing(Step::at).thenComparing(step -> step.note() == null));
        return steps;
    }

    /** Minutes only stand for the first hour, so that it doesn't matter that they end sooner. */
    private Instant ended(Instant start) {
        Instant end = start.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return end.isAfter(now) ? now : end;
    }

    private void take(CreditNote note) {
        if (note.kind() == Kind.ADDED) {
            balance = balance.add(amount(note));
            added = added.add(amount(note));
            topUps++;
        } else if (note.kind() == Kind.AUTO_RELOAD) {
            rule = note;
        }
    }

    private void spend(Step step) {
        balance = balance.subtract(step.spent());
        spent = spent.add(step.spent());
        if (!step.since().isBefore(lately)) {
            spentLately = spentLately.add(step.spent());
        }
        CreditNote holds = rule;
        if (holds == null || holds.amount() == null || holds.upTo() == null) {
            return;
        }
        if (balance.compareTo(holds.amount()) < 0) {
            BigDecimal reload = holds.upTo().subtract(balance);
            balance = holds.upTo();
            reloads.add(new Reload(step.at(), reload));
        }
    }

    private @Nullable BigDecimal perDay() {
        Duration time = Duration.between(lately, now);
        if (time.compareTo(LEAST) < 0) {
            return null;
        }
        return spentLately
                .multiply(DAY_SECONDS)
                .divide(BigDecimal.valueOf(time.toSeconds()), RATE_PLACES, RoundingMode.HALF_EVEN);
    }

    private @Nullable Instant runsOut(@Nullable BigDecimal perDay) {
        if (perDay == null || perDay.signum() <= 0) {
            return null;
        }
        if (balance.signum() <= 0) {
            return now;
        }
        BigDecimal seconds = balance.multiply(DAY_SECONDS).divide(perDay, 0, RoundingMode.DOWN);
        return seconds.compareTo(FAR) > 0 ? null : now.plusSeconds(seconds.longValueExact());
    }

    private static BigDecimal amount(CreditNote note) {
        BigDecimal amount = note.amount();
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
