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
 */
public record Pulled(
        List<BilledCost> costs,
        List<BilledUsage> usage,
        boolean usageKnown,
        List<ApiKey> keys,
        Map<String, String> workspaces) {

    public Pulled {
        costs = List.copyOf(costs);
        usage = List.copyOf(usage);
        keys = List.copyOf(keys);
        workspaces = Map.copyOf(workspaces);
    }
}
