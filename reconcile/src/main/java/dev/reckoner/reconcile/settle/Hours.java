package dev.reckoner.reconcile.settle;

import dev.reckoner.reconcile.HourlyLine;
import dev.reckoner.reconcile.HourlyUsage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * The hours of some days on both sides.
 *
 * @param days days whose hours are all known, and complete, in UTC
 * @param billed what the vendor counts in them
 * @param booked what the ledger has in them
 */
public record Hours(Set<LocalDate> days, List<HourlyUsage> billed, List<HourlyLine> booked) {

    public Hours {
        days = Set.copyOf(days);
        billed = List.copyOf(billed);
        booked = List.copyOf(booked);
    }

    /** Whether all hours of a span are known. */
    boolean hold(Span span) {
        LocalDate first = LocalDate.ofInstant(span.first(), ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(span.last(), ZoneOffset.UTC);
        return first.datesUntil(last.plusDays(1)).allMatch(days::contains);
    }
}
