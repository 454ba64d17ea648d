package dev.reckoner.reconcile.vendor;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Restated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one pull brought.
 *
 * @param usageKnown whether there was a usage report at all, be it empty
 * @param workspaces names by id
 * @param users e-mail addresses by id
 * @param notes what could not be had, each a sentence
 * @param restated days that the vendor has changed since they were pulled before
 * @param analytics null where there are none
 * @param hours the usage report by the hour, which a reconciliation itself does without
 */
public record Pulled(
        List<BilledCost> costs,
        List<BilledUsage> usage,
        boolean usageKnown,
        List<ApiKey> keys,
        Map<String, String> workspaces,
        Map<String, String> users,
        List<String> notes,
        List<Restated> restated,
        @Nullable Analytics analytics,
        HourlyReports hours) {

    public Pulled {
        costs = List.copyOf(costs);
        usage = List.copyOf(usage);
        keys = List.copyOf(keys);
        workspaces = Map.copyOf(workspaces);
        users = Map.copyOf(users);
        notes = List.copyOf(notes);
        restated = List.copyOf(restated);
    }

    /** The same with what is known of its days otherwise. */
    public Pulled with(List<Restated> changed, HourlyReports other) {
        return new Pulled(costs, usage, usageKnown, keys, workspaces, users, notes, changed, analytics, other);
    }

    /** The same with one more note. */
    public Pulled noting(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Pulled(costs, usage, usageKnown, keys, workspaces, users, more, restated, analytics, hours);
    }

    /**
     * As of when the vendor's data are: no later than now, and earlier where the analytics were refreshed before. A day is
     * complete once they are as of an instant that lies far enough behind its end.
     */
    public Instant asOf(Instant now) {
        Instant refreshed = analytics == null ? null : analytics.refreshedAt();
        return refreshed == null || refreshed.isAfter(now) ? now : refreshed;
    }
}
