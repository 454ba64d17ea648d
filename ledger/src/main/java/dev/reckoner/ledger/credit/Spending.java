package dev.reckoner.ledger.credit;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was spent since an instant, USD, exact.
 *
 * @param booked by our books, per hour, at its start; the first hour per minute where it isn't whole
 * @param pending exchanges whose cost isn't known yet and isn't in it
 * @param billed what whole UTC days were billed at, as far as the vendor's bill of them was pulled
 */
public record Spending(NavigableMap<Instant, BigDecimal> booked, long pending, Map<LocalDate, BigDecimal> billed) {

    public Spending {
        booked = Collections.unmodifiableNavigableMap(new TreeMap<>(booked));
        billed = Map.copyOf(billed);
    }

    /** Reads it from the books; from is taken to the minute. Blocks. */
    public static Spending read(Reports reports, Instant from, Instant now, Map<LocalDate, BigDecimal> billed) {
        Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
        Instant hour = minute.truncatedTo(ChronoUnit.HOURS);
        Instant firstHour = hour.equals(minute) ? hour : hour.plus(1, ChronoUnit.HOURS);
        NavigableMap<Instant, BigDecimal> booked = new TreeMap<>();
        long pending = 0;
        if (minute.isBefore(firstHour)) {
            pending += add(booked, reports, new ReportQuery(minute, firstHour, Bucket.MINUTE, List.of(), Map.of()));
        }
        Instant end = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        pending += add(booked, reports, new ReportQuery(firstHour, end, Bucket.HOUR, List.of(), Map.of()));
        return new Spending(booked, pending, billed);
    }

    private static long add(NavigableMap<Instant, BigDecimal> booked, Reports reports, ReportQuery query) {
        long pending = 0;
        for (ReportRow row : reports.report(query)) {
            Instant start = row.start();
            booked.merge(start == null ? query.from() : start, row.sums().amount(), BigDecimal::add);
            pending += row.sums().pending();
        }
        return pending;
    }

    /** What a UTC day cost by our books. */
    BigDecimal booked(LocalDate day) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return booked.subMap(start, end).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
