package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
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
import org.jspecify.annotations.Nullable;

/** A query for entries as they stand after their corrections, put together condition by condition. */
final class EntrySelection {
    private static final String SELECT = "select " + EntryTable.COLUMNS + " from entries e where ";

    private final List<String> conditions = new ArrayList<>(List.of(CorrectionTable.LATEST));
    private final List<Object> parameters = new ArrayList<>();

    /** Adds a condition on {@code entries e}, a constant, with its parameters. */
    EntrySelection and(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Only those booked from the one instant to before the other, where they are given. */
    EntrySelection booked(@Nullable Instant from, @Nullable Instant until) {
        if (from != null) {
            and("e.booked_at >= ?", Nanos.of(from));
        }
        return until == null ? this : and("e.booked_at < ?", Nanos.of(until));
    }

    /** Only exchanges of metered routes. */
    EntrySelection metered() {
        return and(EntryTable.METERED);
    }

    /** Only entries that match a filter: where they or one of their lines do. */
    EntrySelection matching(Map<Dimension, List<String>> where) {
        if (where.isEmpty()) {
            return this;
        }
        DimensionSql.Filter filter = DimensionSql.filter(where);
        String matching = "(select d.dims_id from dims d where " + filter.condition() + ")";
        parameters.addAll(filter.parameters());
        parameters.addAll(filter.parameters());
        return and("(e.dims_id in " + matching + " or exists (select 1 from lines l where " + LineTable.OWN_OF_ENTRY
                + " and l.dims_id in " + matching + "))");
    }

    /** The entries in an order that is a constant, at most so many. */
    List<StoredEntry> select(Connection connection, String order, int limit) throws SQLException {
        String sql = SELECT + String.join(" and ", conditions) + " order by " + order + " limit " + limit;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            return EntryTable.select(connection, statement);
        }
    }
}
