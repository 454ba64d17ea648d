package dev.reckoner.app.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The sample traffic of a day before today: the same habits, more of them in the middle of the week. */
record PastDay(LocalDate day) {
    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private static final int FIRST_HOUR = 7;
    private static final int HOURS_APART = 3;

    /** Some calls that are sent from an instant on. */
    record Shift(Instant at, List<Call> calls) {}

    /** The days before today, the oldest first. */
    static List<PastDay> before(LocalDate today, int days) {
        List<PastDay> past = new ArrayList<>();
        for (int back = days; back > 0; back--) {
            past.add(new PastDay(today.minusDays(back)));
        }
        return past;
    }

    /** What was sent, in order. */
    List<Shift> shifts() {
        List<Shift> shifts = new ArrayList<>();
        int sessions = sessions();
        for (int shift = 0; shift < Math.max(1, sessions); shift++) {
            int round = (int) (day.toEpochDay() % 10_000) * 10 + shift;
            LocalTime time = LocalTime.of(FIRST_HOUR + shift * HOURS_APART, (int) (day.toEpochDay() * 7 % 60));
            Instant at = day.atTime(time).toInstant(ZoneOffset.UTC);
            shifts.add(new Shift(at, sessions == 0 ? Cast.jobs(round) : Cast.round(round)));
        }
        return shifts;
    }

    private int sessions() {
        if (WEEKEND.contains(day.getDayOfWeek())) {
            return 0;
        }
        boolean midweek = day.getDayOfWeek() == DayOfWeek.TUESDAY || day.getDayOfWeek() == DayOfWeek.WEDNESDAY;
        return (midweek ? 2 : 1) + (int) (day.toEpochDay() % 2);
    }
}
