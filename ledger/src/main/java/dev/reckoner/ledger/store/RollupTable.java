package dev.reckoner.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table {@code rollups_hourly}: sums per hour and tuple, so that reports read hours and not requests. */
final class RollupTable {
    // index: primary key
    private static final String UPDATE = "update rollups_hourly set "
            + Tally.columns().map(column -> column + " = " + column + " + ?").collect(Collectors.joining(", "))
            + ", first_at = least(first_at, ?), last_at = greatest(last_at, ?) where epoch_hour = ? and dims_id = ?";

    private static final String INSERT = "insert into rollups_hourly ("
            + Tally.columns().collect(Collectors.joining(", "))
            + ", first_at, last_at, epoch_hour, dims_id) values ("
            + Tally.columns().map(column -> "?").collect(Collectors.joining(", ")) + ", ?, ?, ?, ?)";

    private RollupTable() {}

    /** Adds sums to their rows: updates first, then inserts the rows that were not there. */
    static void add(Connection connection, SortedMap<Key, Tally> tallies) throws SQLException {
        if (tallies.isEmpty()) {
            return;
        }
        int[] updated = execute(connection, UPDATE, tallies);
        SortedMap<Key, Tally> missing = new TreeMap<>();
        int i = 0;
        for (Map.Entry<Key, Tally> tally : tallies.entrySet()) {
            if (updated[i++] == 0) {
                missing.put(tally.getKey(), tally.getValue());
            }
        }
        if (!missing.isEmpty()) {
            execute(connection, INSERT, missing);
        }
    }

    private static int[] execute(Connection connection, String sql, SortedMap<Key, Tally> tallies) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            RowWriter out = new RowWriter(statement);
            for (Map.Entry<Key, Tally> tally : tallies.entrySet()) {
                tally.getValue().write(out.row());
                out.number(tally.getValue().firstAt())
                        .number(tally.getValue().lastAt())
                        .number(tally.getKey().hour())
                        .uuid(tally.getKey().dimsId())
                        .add();
            }
            return statement.executeBatch();
        }
    }

    /** Names a row; rows are written in this order, so that two writers can't wait for each other. */
    record Key(long hour, UUID dimsId) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byHour = Long.compare(hour, other.hour);
            return byHour != 0 ? byHour : dimsId.compareTo(other.dimsId);
        }
    }
}
