package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The metered entries of a time in the order of their booking, a page at a time, so that any number of them can be gone
 * through. An entry that is corrected meanwhile comes once more, as it is then. Blocks; for one thread.
 */
public final class EntryWalk {
    /** Entries in memory at once. */
    static final int PAGE_MAX = 500;

    // whole table: it has a row per hour and tuple
    private static final String PENDING_HOURS =
            "select distinct r.epoch_hour from rollups_hourly r where r.pending > 0 order by r.epoch_hour";

    private final Store store;
    private final Instant until;
    private final Map<Dimension, List<String>> where;
    private final boolean pendingOnly;
    private Instant bookedAt;
    private long sequence;

    /**
     * Begins before the first entry.
     *
     * @param from first instant, inclusive
     * @param until last instant, exclusive
     * @param where values allowed per dimension
     * @param pendingOnly whether only those that are pending come
     */
    public EntryWalk(
            Store store, Instant from, Instant until, Map<Dimension, List<String>> where, boolean pendingOnly) {
        this.store = store;
        this.bookedAt = from;
        this.until = until;
        this.where = Map.copyOf(where);
        this.pendingOnly = pendingOnly;
    }

    /** The starts of the hours in which metered entries are pending. */
    public static List<Instant> pendingHours(Store store) {
        return store.read(connection -> {
            List<Instant> hours = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(PENDING_HOURS);
                    ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    hours.add(Nanos.toInstant(in.longOrZero() * HourAudit.HOUR));
                }
            }
            return hours;
        });
    }

    /** The next page; empty behind the last one. */
    public List<StoredEntry> next() {
        List<StoredEntry> page = store.read(this::page);
        if (!page.isEmpty()) {
            StoredEntry last = page.get(page.size() - 1);
            bookedAt = last.entry().bookedAt();
            sequence = last.sequence();
        }
        return page;
    }

    private List<StoredEntry> page(Connection connection) throws SQLException {
        EntrySelection selection = new EntrySelection()
                .metered()
                .booked(bookedAt, until)
                .and("(e.booked_at > ? or e.entry_id > ?)", Nanos.of(bookedAt), sequence)
                .matching(where);
        if (pendingOnly) {
            selection.and("e.rating_status = 'PENDING'");
        }
        // index: entries_booked
        return selection.select(connection, "e.booked_at, e.entry_id", PAGE_MAX);
    }
}
