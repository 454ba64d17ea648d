package dev.reckoner.ledger.report;

import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.store.BatchTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.RowReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists batches with what their items cost. */
final class BatchSearch {
    static final int LIMIT_MAX = 1_000;

    private static final String ENDED = "(b.ended_at is not null or b.processing_status = 'ended')";

    // index: entries_batch, primary key of lines
    private static final String AMOUNTS = "select e.batch_id, sum(l.amount) from entries e join lines l on "
            + LineTable.OF_ENTRY + " where e.batch_id = any(?) group by e.batch_id";

    private BatchSearch() {}

    /** Batches that match, those heard of last first. */
    static List<BatchRow> list(Connection connection, BatchQuery query) throws SQLException {
        int limit = Math.max(1, Math.min(query.limit(), LIMIT_MAX));
        // index: batches_seen
        String sql = "select " + BatchTable.COLUMNS + " from batches b where " + condition(query.which())
                + " order by b.seen_at desc, b.batch_id desc limit " + limit;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            List<BatchRow> rows = BatchTable.select(statement);
            Map<String, BigDecimal> amounts = amounts(connection, rows);
            return rows.stream()
                    .map(row -> new BatchRow(
                            row.batch(),
                            row.itemsBooked(),
                            amounts.getOrDefault(row.batch().id(), BigDecimal.ZERO)))
                    .toList();
        }
    }

    private static String condition(BatchQuery.Which which) {
        return switch (which) {
            case ALL -> "1 = 1";
            case OPEN -> "b.collected_at is null and not " + ENDED;
            case ENDED -> "(b.collected_at is not null or " + ENDED + ")";
            case COLLECTED -> "b.collected_at is not null";
            case UNCOLLECTED -> "b.collected_at is null and " + ENDED;
        };
    }

    private static Map<String, BigDecimal> amounts(Connection connection, List<BatchRow> rows) throws SQLException {
        Map<String, BigDecimal> amounts = new HashMap<>();
        if (rows.isEmpty()) {
            return amounts;
        }
        Object[] ids = rows.stream().map(row -> row.batch().id()).toArray();
        try (PreparedStatement query = connection.prepareStatement(AMOUNTS)) {
            query.setArray(1, connection.createArrayOf("varchar", ids));
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    amounts.put(in.textOrEmpty(), in.moneyOrZero());
                }
            }
        }
        return amounts;
    }
}
