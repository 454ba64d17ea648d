package dev.reckoner.console.vendor;

import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import java.util.Map;

/** The organization that the vendor's responses named last (api-facts §2.3). */
final class SeenOrganization {
    /** How far back it is looked for: failures of the way there name none. */
    private static final int ENTRIES_MAX = 100;

    private SeenOrganization() {}

    /** Its id, "" where none was named lately. Blocks. */
    static String id(Reports reports) {
        EntryQuery newest = new EntryQuery(null, null, Map.of(), null, /* metered= */ true, ENTRIES_MAX);
        for (StoredEntry entry : reports.entries(newest)) {
            String id = entry.entry().closing().organizationId();
            if (id != null) {
                return id;
            }
        }
        return "";
    }
}
