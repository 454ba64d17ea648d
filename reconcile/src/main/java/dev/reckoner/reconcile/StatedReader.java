package dev.reckoner.reconcile;

import dev.reckoner.reconcile.Stated.KeyModelDay;
import dev.reckoner.reconcile.Stated.Requests;
import dev.reckoner.reconcile.booked.LedgerReader;
import dev.reckoner.reconcile.identity.Identity;
import dev.reckoner.reconcile.vendor.Analytics;
import dev.reckoner.reconcile.vendor.Pulled;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts what the vendor's analytics state beside what the ledger knows of the same. */
final class StatedReader {

    private StatedReader() {}

    /** What is stated of some days; nothing without analytics. */
    static Stated of(ReconcileRequest request, Pulled pulled, Identity identity, LedgerReader ledger) {
        Analytics analytics = pulled.analytics();
        if (analytics == null) {
            return Stated.NOTHING;
        }
        Map<KeyModelDay, Requests> requests = new HashMap<>();
        for (Analytics.Requests row : analytics.requests()) {
            String model = row.model();
            if (model != null) {
                KeyModelDay of = new KeyModelDay(row.day(), key(identity.ofVendorKey(row.apiKeyId())), model);
                requests.merge(of, new Requests(row.count(), 0), Requests::plus);
            }
        }
        ledger.requests(request.from(), request.until())
                .forEach((of, count) -> requests.merge(of, new Requests(0, count), Requests::plus));
        return new Stated(analytics.discounts(), requests);
    }

    private static String key(@Nullable String apiKeyId) {
        return Objects.requireNonNullElse(apiKeyId, "");
    }
}
