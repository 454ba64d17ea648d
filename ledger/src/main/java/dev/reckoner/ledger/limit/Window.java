package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/**
 * The calendar period of a budget that an instant falls in: from a midnight of the budget's zone to another, however many
 * hours a change of the clocks puts in between.
 */
record Window(Instant start, Instant end) {

    static Window of(Cap.Budget budget, Instant at) {
        LocalDate day = at.atZone(budget.zone()).toLocalDate();
        LocalDate first = switch (budget.period()) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
        LocalDate next = switch (budget.period()) {
            case DAY -> first.plusDays(1);
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
        };
        return new Window(
                first.atStartOfDay(budget.zone()).toInstant(),
                next.atStartOfDay(budget.zone()).toInstant());
    }

    boolean holds(Instant at) {
        return !at.isBefore(start) && at.isBefore(end);
    }
}
