package dev.reckoner.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tables of rollups: sums per unit of time and tuple, so that reports read hours or days and not requests. */
enum RollupTable {
    /** Per hour and tuple. */
    HOURLY("rollups_hourly", "epoch_hour"),
    /** Per day and tuple without who caused the exchanges. */
    DAILY("rollups_daily", "epoch_day"),
    /** Per day and tuple without session and tags. */
    OWNERS("rollups_owners", "epoch_day"),
    /** Per day and tuple without session. */
    TAGS("rollups_tags", "epoch_day");

    private final String table;
    private final String update;
    private final String insert;

    RollupTable(String table, String unit) {
        this.table = table;
        // index: primary key
        this.update = "update " + table + " set "
                + Tally.columns()
                        .map(column -> column + " = " + column + " + ?")
                        .collect(Collectors.joining(", "))
                + ", first_at = least(first_at, ?), last_at = greatest(last_at, ?) where " + unit
                + " = ? and dims_id = ?";
        this.insert = "insert into " + table + " (" + Tally.columns().collect(Collectors.joining(", "))
                + ", first_at, last_at, " + unit + ", dims_id) values ("
                + Tally.columns().map(column -> "?").collect(Collectors.joining(", ")) + ", ?, ?, ?, ?)";
    }

    String table() {
        return table;
    }

    /** Adds sums to their rows: updates first, then inserts the rows that were not there. */
    void add(Connection connection, SortedMap<Key, Tally> tallies) throws SQLException {
        if (tallies.isEmpty()) {
            return;
        }
        int[] updated = execute(connection, update, tallies);
        SortedMap<Key, Tally> missing = new TreeMap<>();
        int i = 0;
        for (Map.Entry<Key, Tally> tally : tallies.entrySet()) {
            if (updated[i++] == 0) {
                missing.put(tally.getKey(), tally.getValue());
            }
        }
        if (!missing.isEmpty()) {
            execute(connection, insert, missing);
        }
    }

    private static int[] execute(Connection connection, String sql, SortedMap<Key, Tally> tallies) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            RowWriter out = new RowWriter(statement);
            for (Map.Entry<Key, Tally> tally : tallies.entrySet()) {
                tally.getValue().write(out.row());
                out.number(tally.getValue().firstAt())
                        .number(tally.getValue().lastAt())
                        .number(tally.getKey().unit())
                        .uuid(tally.getKey().dimsId())
                        .add();
            }
            return statement.executeBatch();
        }
    }

    /** Names a row by its hour or day and its tuple; rows are written in this order, so that two writers can't wait for each other. */
    record Key(long unit, UUID dimsId) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byUnit = Long.compare(unit, other.unit);
            return byUnit != 0 ? byUnit : dimsId.compareTo(other.dimsId);
        }
    }
}
