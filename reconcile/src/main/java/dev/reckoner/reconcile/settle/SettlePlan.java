package dev.reckoner.reconcile.settle;

import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.HourCrossing;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.reconcile.HourlyLine;
import dev.reckoner.reconcile.HourlyUsage;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Variance;
import dev.reckoner.reconcile.booked.LedgerReader;
import dev.reckoner.reconcile.identity.Identity;
import dev.reckoner.reconcile.vendor.Pulled;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Gathers what settling is decided from: the hours of the days that differ, and of those beside them, on both sides. */
public final class SettlePlan {

    private final Reports reports;
    private final RateTable rates;

    /** Plans for one ledger. */
    public SettlePlan(Reports reports, RateTable rates) {
        this.reports = reports;
        this.rates = rates;
    }

    /**
     * What can be settled of the differences that a reconciliation found. Asks the vendor for hours where there is
     * something to settle.
     *
     * @param lateFrom first day whose buckets are younger than the vendor's lag
     */
    public Settled of(Reconciliation result, Pulled pulled, LocalDate lateFrom) {
        Set<LocalDate> differing = new TreeSet<>();
        for (Variance variance : result.result().variances()) {
            LocalDate day = variance.cell().day();
            differing.addAll(List.of(day.minusDays(1), day, day.plusDays(1)));
        }
        differing.removeIf(day -> day.isBefore(result.from()) || day.isAfter(result.to()) || !day.isBefore(lateFrom));
        Unsettled unsettled = unsettled(differing);
        if (unsettled.entries().isEmpty()) {
            return new Settled(List.of(), List.of());
        }
        Identity identity = new Identity(pulled.keys(), pulled.workspaces().keySet());
        Map<LocalDate, List<HourlyUsage>> billed = pulled.hours().of(differing);
        Hours hours = new Hours(
                billed.keySet(),
                billed.values().stream().flatMap(List::stream).toList(),
                booked(new TreeSet<>(billed.keySet()), unsettled.entries(), identity));
        return Settler.settle(hours, unsettled, identity, rates, result.id());
    }

    private Unsettled unsettled(Collection<LocalDate> days) {
        List<StoredEntry> entries = new ArrayList<>();
        List<HourCrossing> crossings = new ArrayList<>();
        boolean more = false;
        for (LocalDate day : days) {
            Unsettled one = reports.unsettled(new DetailQuery(start(day), start(day.plusDays(1))));
            entries.addAll(one.entries());
            crossings.addAll(one.crossings());
            more |= one.more();
        }
        return new Unsettled(entries, crossings, more);
    }

    private List<HourlyLine> booked(SortedSet<LocalDate> days, List<StoredEntry> entries, Identity identity) {
        if (days.isEmpty()) {
            return List.of();
        }
        Set<String> keys = new HashSet<>();
        for (StoredEntry stored : entries) {
            keys.add(stored.entry().closing().opening().attribution().key().shown());
        }
        return new LedgerReader(reports, identity)
                .hours(days.first(), days.last().plusDays(1), keys).stream()
                        .filter(line -> days.contains(LocalDate.ofInstant(line.hour(), ZoneOffset.UTC)))
                        .toList();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
