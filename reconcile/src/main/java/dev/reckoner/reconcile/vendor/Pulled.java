package dev.reckoner.reconcile.vendor;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import java.util.List;
import java.util.Map;

/**
 * What one pull brought.
 *
 * @param usageKnown whether there was a usage report at all, be it empty
 * @param workspaces names by id
 * @param hours the usage report by the hour, which a reconciliation itself does without
 */
public record Pulled(
        List<BilledCost> costs,
        List<BilledUsage> usage,
        boolean usageKnown,
        List<ApiKey> keys,
        Map<String, String> workspaces,
        HourlyReports hours) {

    public Pulled {
        costs = List.copyOf(costs);
        usage = List.copyOf(usage);
        keys = List.copyOf(keys);
        workspaces = Map.copyOf(workspaces);
    }

    /** The same with hours from elsewhere. */
    public Pulled with(HourlyReports other) {
        return new Pulled(costs, usage, usageKnown, keys, workspaces, other);
    }
}
