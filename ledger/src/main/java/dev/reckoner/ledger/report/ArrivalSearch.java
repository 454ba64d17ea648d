package dev.reckoner.ledger.report;

import dev.reckoner.ledger.ArrivalQuery;
import dev.reckoner.ledger.Arrivals;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.Nanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries in the order of their arrival, every revision, each with the entry it replaced. */
final class ArrivalSearch {
    // index: primary key of entries; "+ 0" keeps the database from sorting what another index finds, for every page
    private static final String SELECT = "select " + EntryTable.COLUMNS + " from entries e where e.entry_id > ? and "
            + EntryTable.METERED + " and e.booked_at + 0 >= ? and e.booked_at + 0 < ? order by e.entry_id limit ?";

    // index: entries_booked
    private static final String FIRST =
            "select min(e.entry_id) from entries e where e.booked_at >= ? and e.booked_at < ?";

    // index: primary key of entries
    private static final String LAST = "select max(e.entry_id) from entries e";

    private ArrivalSearch() {}

    static Arrivals list(Connection connection, ArrivalQuery query) throws SQLException {
        int limit = Math.max(1, Math.min(query.limit(), EntrySearch.LIMIT_MAX));
        long from = query.from() == null ? Long.MIN_VALUE : Nanos.of(query.from());
        long until = query.until() == null ? Long.MAX_VALUE : Nanos.of(query.until());
        long end = number(connection, LAST);
        long after = query.after();
        if (after == 0 && query.from() != null) {
            after = Math.max(0, number(connection, FIRST, from, until) - 1);
        }
        List<StoredEntry> page = page(connection, after, from, until, limit);
        boolean more = page.size() == limit;
        List<Arrivals.Arrival> arrivals = new ArrayList<>();
        for (StoredEntry stored : page) {
            arrivals.add(arrival(connection, stored));
        }
        long last = more ? page.get(limit - 1).sequence() : Math.max(end, query.after());
        return new Arrivals(arrivals, last, more);
    }

    private static List<StoredEntry> page(Connection connection, long after, long from, long until, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, after);
            select.setLong(2, from);
            select.setLong(3, until);
            select.setInt(4, limit);
            return EntryTable.select(connection, select);
        }
    }

    private static long number(Connection connection, String sql, long... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setLong(i + 1, parameters[i]);
            }
            try (ResultSet result = select.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    private static Arrivals.Arrival arrival(Connection connection, StoredEntry stored) throws SQLException {
        StoredEntry slim = new StoredEntry(stored.sequence(), stored.revision(), slim(stored.entry()));
        if (stored.revision() == 0) {
            return new Arrivals.Arrival(slim, null, null, null);
        }
        Instant correctedAt = null;
        @Nullable String cause = null;
        Entry replaced = null;
        for (Revision revision : CorrectionTable.history(
                connection,
                stored.entry().id(),
                EntryTable.revisions(connection, stored.entry().id()))) {
            if (revision.number() == stored.revision()) {
                correctedAt = revision.correctedAt();
                cause = revision.cause();
            } else if (revision.number() == stored.revision() - 1) {
                replaced = slim(revision.entry());
            }
        }
        return new Arrivals.Arrival(slim, correctedAt, cause, replaced);
    }

    /** Without the usage as it came, which may be long. */
    private static Entry slim(Entry entry) {
        Reading reading = entry.closing().reading();
        Reading slim = new Reading(
                reading.messageId(),
                reading.model(),
                reading.usage(),
                reading.usageFinal(),
                reading.stopReason(),
                reading.contentEmpty(),
                reading.errorType(),
                reading.outputTextBytes(),
                List.of(),
                reading.fault());
        return new Entry(entry.closing().with(slim), entry.charge(), entry.bookedAt());
    }
}
