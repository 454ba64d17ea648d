package dev.reckoner.ledger.report;

import dev.reckoner.ledger.EntryFilter;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.EntryTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Lists entries and finds them by id, each as it stands after its corrections. An entry matches a filter where it or one
 * of its lines does, so that a report's group leads to every entry that added to it.
 */
final class EntrySearch {
    static final int LIMIT_MAX = 1_000;

    private static final Pattern UUID_TEXT =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private static final String BY_ARRIVAL = "e.entry_id";
    private static final String NEWEST_FIRST = "e.booked_at desc, e.entry_id desc";

    private static final Comparator<StoredEntry> NEWEST = Comparator.comparing(
                    (StoredEntry stored) -> stored.entry().bookedAt())
            .thenComparing(StoredEntry::sequence)
            .reversed();

    private EntrySearch() {}

    /** Entries that match, newest first; oldest first where they follow a number. */
    static List<StoredEntry> list(Connection connection, EntryQuery query) throws SQLException {
        int limit = Math.max(1, Math.min(query.limit(), LIMIT_MAX));
        String id = query.only().id();
        if (id != null) {
            return byId(connection, query, id, limit);
        }
        if (query.after() != null) {
            // index: primary key of entries
            return selection(query).and("e.entry_id > ?", query.after()).select(connection, BY_ARRIVAL, limit);
        }
        boolean anyone = query.where().isEmpty();
        if ((anyone && query.only().equals(EntryFilter.ANY)) || !query.metered()) {
            // index: entries_booked
            return selection(query).select(connection, NEWEST_FIRST, limit);
        }
        return inRanges(connection, query, limit);
    }

    private static EntrySelection selection(EntryQuery query) {
        EntrySelection selection = new EntrySelection()
                .booked(query.from(), query.until())
                .before(query.before())
                .only(query.only())
                .matching(query.where());
        return query.metered() ? selection.metered() : selection;
    }

    /** Looks only where the daily rollups say that something may be found. */
    private static List<StoredEntry> inRanges(Connection connection, EntryQuery query, int limit) throws SQLException {
        List<StoredEntry> found = new ArrayList<>();
        EntryRanges ranges = new EntryRanges(connection, query);
        EntryRanges.Range range = ranges.next();
        while (range != null && found.size() < limit) {
            found.addAll(
                    query.only().failures()
                            ? failures(connection, query, range, limit - found.size())
                            : within(query, range).select(connection, NEWEST_FIRST, limit - found.size()));
            range = ranges.next();
        }
        return found;
    }

    /** By the outcomes that are failures, one by one: together they are a small part of what was booked. */
    private static List<StoredEntry> failures(
            Connection connection, EntryQuery query, EntryRanges.Range range, int limit) throws SQLException {
        List<StoredEntry> found = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            boolean asked =
                    query.only().outcomes().isEmpty() || query.only().outcomes().contains(outcome);
            if (!outcome.ok() && asked) {
                // index: entries_outcome
                found.addAll(within(query, range)
                        .and("e.outcome = ?", outcome.name())
                        .select(connection, "e.outcome desc, " + NEWEST_FIRST, limit));
            }
        }
        return found.stream().sorted(NEWEST).limit(limit).toList();
    }

    private static EntrySelection within(EntryQuery query, EntryRanges.Range range) {
        // index: entries_booked
        return selection(query).booked(range.first(), range.last().plusNanos(1));
    }

    private static List<StoredEntry> byId(Connection connection, EntryQuery query, String id, int limit)
            throws SQLException {
        Map<Long, StoredEntry> found = new TreeMap<>();
        if (UUID_TEXT.matcher(id).matches()) {
            // index: entries_exchange
            collect(found, connection, selection(query).and("e.exchange_id = ?", UUID.fromString(id)));
        }
        // index: entries_request
        collect(found, connection, selection(query).and("e.request_id = ?", id));
        // index: entries_message
        collect(found, connection, selection(query).and("e.message_id = ?", id));
        return found.values().stream().sorted(NEWEST).limit(limit).toList();
    }

    /** The entries with this exchange id, request-id or message id, in the order of their arrival. */
    static List<StoredEntry> find(Connection connection, String id) throws SQLException {
        Map<Long, StoredEntry> found = new TreeMap<>();
        if (UUID_TEXT.matcher(id).matches()) {
            // index: entries_exchange
            collect(found, connection, new EntrySelection().and("e.exchange_id = ?", UUID.fromString(id)));
        }
        // index: entries_request
        collect(found, connection, new EntrySelection().and("e.request_id = ?", id));
        // index: entries_message
        collect(found, connection, new EntrySelection().and("e.message_id = ?", id));
        return List.copyOf(found.values());
    }

    /** An exchange's entry as it was booked and as each correction left it. */
    static List<Revision> history(Connection connection, ExchangeId id) throws SQLException {
        return CorrectionTable.history(connection, id, EntryTable.revisions(connection, id));
    }

    private static void collect(Map<Long, StoredEntry> found, Connection connection, EntrySelection selection)
            throws SQLException {
        for (StoredEntry entry : selection.select(connection, BY_ARRIVAL, LIMIT_MAX)) {
            found.put(entry.sequence(), entry);
        }
    }
}
