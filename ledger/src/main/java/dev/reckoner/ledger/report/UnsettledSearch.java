package dev.reckoner.ledger.report;

import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.HourCrossing;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the entries whose usage was not wholly seen, and the hours that other exchanges lie in both of. */
final class UnsettledSearch {
    static final int ENTRIES_MAX = 10_000;

    private static final String NOT_SEEN = "(e.estimated or e.rating_status = 'PENDING' and not e.usage_seen)";

    private static final String BOOKED_HOUR = "e.booked_at / " + HourAudit.HOUR;
    private static final String OTHER_HOUR =
            "(case when e.booked_at = e.started_at then e.ended_at else e.started_at end) / " + HourAudit.HOUR;

    // index: entries_booked; primary keys of lines and dims
    private static final String CROSSINGS = "select distinct " + DimensionSql.group(Dimension.KEY) + ", "
            + DimensionSql.group(Dimension.MODEL) + ", " + BOOKED_HOUR + ", " + OTHER_HOUR
            + " from entries e join lines l on " + LineTable.OWN_OF_ENTRY + " join dims d on d.dims_id = l.dims_id"
            + " where e.booked_at >= ? and e.booked_at < ? and " + EntryTable.METERED + " and "
            + CorrectionTable.LATEST + " and not " + NOT_SEEN + " and " + BOOKED_HOUR + " <> " + OTHER_HOUR;

    private UnsettledSearch() {}

    static Unsettled find(Connection connection, DetailQuery query) throws SQLException {
        // index: entries_booked
        List<StoredEntry> entries = new EntrySelection()
                .metered()
                .booked(Nanos.clamp(query.from()), Nanos.clamp(query.until()))
                .and(NOT_SEEN)
                .select(connection, "e.booked_at, e.entry_id", ENTRIES_MAX + 1);
        boolean more = entries.size() > ENTRIES_MAX;
        return new Unsettled(more ? entries.subList(0, ENTRIES_MAX) : entries, crossings(connection, query), more);
    }

    private static List<HourCrossing> crossings(Connection connection, DetailQuery query) throws SQLException {
        List<HourCrossing> crossings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(CROSSINGS)) {
            statement.setLong(1, Nanos.of(Nanos.clamp(query.from())));
            statement.setLong(2, Nanos.of(Nanos.clamp(query.until())));
            try (ResultSet result = statement.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    crossings.add(new HourCrossing(
                            in.textOrEmpty(),
                            in.textOrEmpty(),
                            Nanos.toInstant(in.longOrZero() * HourAudit.HOUR),
                            Nanos.toInstant(in.longOrZero() * HourAudit.HOUR)));
                }
            }
        }
        return crossings;
    }
}
