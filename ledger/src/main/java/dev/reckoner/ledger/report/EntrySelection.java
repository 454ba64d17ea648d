package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.EntryCursor;
import dev.reckoner.ledger.EntryFilter;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.Nanos;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
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
        Map<Dimension, List<String>> own = new EnumMap<>(Dimension.class);
        Map<Dimension, List<String>> ofLines = new EnumMap<>(Dimension.class);
        where.forEach((dimension, values) ->
                (DimensionSql.OF_ENTRY.contains(dimension) ? own : ofLines).put(dimension, values));
        DimensionSql.Filter filter = DimensionSql.ofEntry(own);
        and(filter.condition(), filter.parameters().toArray());
        return ofLines.isEmpty() ? this : matchingLines(DimensionSql.filter(ofLines));
    }

    /** By tuples looked up one by one: there are far more of them than entries that are looked at. */
    private EntrySelection matchingLines(DimensionSql.Filter filter) {
        parameters.addAll(filter.parameters());
        parameters.addAll(filter.parameters());
        // index: primary keys of dims and lines
        return and("(exists (select 1 from dims d where d.dims_id = e.dims_id and " + filter.condition()
                + ") or exists (select 1 from lines l join dims d on d.dims_id = l.dims_id where "
                + LineTable.OWN_OF_ENTRY + " and l.dims_id <> e.dims_id and " + filter.condition() + "))");
    }

    /** Only those that became what is asked for. */
    EntrySelection only(EntryFilter filter) {
        if (!filter.outcomes().isEmpty()) {
            and(
                    "e.outcome in ("
                            + String.join(
                                    ", ", Collections.nCopies(filter.outcomes().size(), "?")) + ")",
                    filter.outcomes().stream().map(Enum::name).toArray());
        }
        if (filter.failed()) {
            and("e.outcome <> 'OK_UPSTREAM_COMPLETE'");
        }
        if (filter.pending()) {
            and("e.rating_status = 'PENDING'");
        }
        if (filter.estimated()) {
            and("e.estimated");
        }
        BigDecimal least = filter.amountLeast();
        return least == null ? this : and("e.amount >= ?", least);
    }

    /** Only those behind a place in the list, newest first. */
    EntrySelection before(@Nullable EntryCursor place) {
        if (place == null) {
            return this;
        }
        long bookedAt = Nanos.of(place.bookedAt());
        return and("e.booked_at <= ?", bookedAt).and("(e.booked_at < ? or e.entry_id < ?)", bookedAt, place.sequence());
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
