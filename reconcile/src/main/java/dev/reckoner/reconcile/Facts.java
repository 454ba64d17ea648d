package dev.reckoner.reconcile;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Everything a reconciliation is decided from: the bill, the usage behind it, the ledger, and the evidence.
 *
 * @param from first day, UTC
 * @param until the day after the last
 * @param usageKnown whether there was a usage report; without one money alone is compared
 * @param keysSeen ids of keys that the ledger has ever booked
 * @param crossings what the exchanges that cross a midnight added
 * @param unfetched workspaces (the default one as the empty string) with a batch that ended and was not fetched
 * @param lost keys and days with an exchange of which nothing is known but that it was in flight
 * @param lateFrom first day whose bucket is younger than the vendor's lag
 * @param stated what the vendor's analytics state beside
 */
public record Facts(
        LocalDate from,
        LocalDate until,
        List<BilledCost> costs,
        List<BilledUsage> usage,
        boolean usageKnown,
        List<LedgerLine> ledger,
        Set<String> keysSeen,
        List<Crossing> crossings,
        Set<String> unfetched,
        Set<Lost> lost,
        LocalDate lateFrom,
        Stated stated) {

    public Facts {
        costs = List.copyOf(costs);
        usage = List.copyOf(usage);
        ledger = List.copyOf(ledger);
        keysSeen = Set.copyOf(keysSeen);
        crossings = List.copyOf(crossings);
        unfetched = Set.copyOf(unfetched);
        lost = Set.copyOf(lost);
    }

    /** The same with what the analytics state. */
    public Facts with(Stated other) {
        return new Facts(
                from, until, costs, usage, usageKnown, ledger, keysSeen, crossings, unfetched, lost, lateFrom, other);
    }

    /** Whether a day is one of those that are reconciled. */
    public boolean within(LocalDate day) {
        return !day.isBefore(from) && day.isBefore(until);
    }

    /** A key that had an exchange of unknown usage on a day. */
    public record Lost(LocalDate day, String apiKeyId) {}
}
