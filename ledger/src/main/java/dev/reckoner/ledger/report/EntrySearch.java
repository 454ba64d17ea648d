package dev.reckoner.ledger.report;

import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.Nanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists entries and finds them by id, each as it stands after its corrections. An entry matches a filter where it or one of its lines does, so that a report's
 * group leads to every entry that added to it.
 */
final class EntrySearch {
    static final int LIMIT_MAX = 1_000;

    private static final Pattern UUID_TEXT =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private static final String SELECT = "select " + EntryTable.COLUMNS + " from entries e where ";

    // index: entries_exchange
    private static final String BY_EXCHANGE = SELECT + "e.exchange_id = ? and " + CorrectionTable.LATEST;

    // index: entries_exchange
    private static final String REVISIONS = SELECT + "e.exchange_id = ? order by e.revision";

    // index: entries_request
    private static final String BY_REQUEST =
            SELECT + "e.request_id = ? and " + CorrectionTable.LATEST + " order by e.entry_id limit " + LIMIT_MAX;

    // index: entries_message
    private static final String BY_MESSAGE =
            SELECT + "e.message_id = ? and " + CorrectionTable.LATEST + " order by e.entry_id limit " + LIMIT_MAX;

    private EntrySearch() {}

    /** Entries that match, newest first; oldest first where they follow a number. */
    static List<StoredEntry> list(Connection connection, EntryQuery query) throws SQLException {
        List<String> conditions = new ArrayList<>(List.of(CorrectionTable.LATEST));
        List<Object> parameters = new ArrayList<>();
        bounds(query, conditions, parameters);
        if (query.metered()) {
            conditions.add(EntryTable.METERED);
        }
        if (!query.where().isEmpty()) {
            DimensionSql.Filter filter = DimensionSql.filter(query.where());
            String matching = "(select d.dims_id from dims d where " + filter.condition() + ")";
            conditions.add("(e.dims_id in " + matching
                    + " or exists (select 1 from lines l where " + LineTable.OWN_OF_ENTRY
                    + " and l.dims_id in " + matching
                    + "))");
            parameters.addAll(filter.parameters());
            parameters.addAll(filter.parameters());
        }
        // index: primary key of entries where they follow a number, else entries_booked
        String order = query.after() == null ? "e.booked_at desc, e.entry_id desc" : "e.entry_id";
        int limit = Math.max(1, Math.min(query.limit(), LIMIT_MAX));
        String sql = SELECT + String.join(" and ", conditions) + " order by " + order + " limit " + limit;
        return select(connection, sql, parameters);
    }

    /** The entries with this exchange id, request-id or message id, in the order of their arrival. */
    static List<StoredEntry> find(Connection connection, String id) throws SQLException {
        Map<Long, StoredEntry> found = new TreeMap<>();
        if (UUID_TEXT.matcher(id).matches()) {
            collect(found, select(connection, BY_EXCHANGE, List.of(UUID.fromString(id))));
        }
        collect(found, select(connection, BY_REQUEST, List.of(id)));
        collect(found, select(connection, BY_MESSAGE, List.of(id)));
        return List.copyOf(found.values());
    }

    /** An exchange's entry as it was booked and as each correction left it. */
    static List<Revision> history(Connection connection, ExchangeId id) throws SQLException {
        return CorrectionTable.history(connection, id, select(connection, REVISIONS, List.of(id.value())));
    }

    private static void bounds(EntryQuery query, List<String> conditions, List<Object> parameters) {
        bound("e.booked_at >= ?", query.from(), conditions, parameters);
        bound("e.booked_at < ?", query.until(), conditions, parameters);
        if (query.after() != null) {
            conditions.add("e.entry_id > ?");
            parameters.add(query.after());
        }
    }

    private static void bound(
            String condition, @Nullable Instant instant, List<String> conditions, List<Object> parameters) {
        if (instant != null) {
            conditions.add(condition);
            parameters.add(Nanos.of(instant));
        }
    }

    private static List<StoredEntry> select(Connection connection, String sql, List<Object> parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            return EntryTable.select(connection, statement);
        }
    }

    private static void collect(Map<Long, StoredEntry> found, List<StoredEntry> entries) {
        for (StoredEntry entry : entries) {
            found.put(entry.sequence(), entry);
        }
    }
}
