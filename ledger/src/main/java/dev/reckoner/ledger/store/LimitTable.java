package dev.reckoner.ledger.store;

import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.limit.LimitChange;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables {@code limits} and {@code limit_changes}. Each change is a transaction of its own, durable when the method
 * returns.
 */
public final class LimitTable {
    private static final int BY_CHARS_MAX = 200;

    // index: primary key
    private static final String VERSION = "select taken from sequences where name = 'limit_changes'";

    private static final String TAKE = "update sequences set taken = taken + 1 where name = 'limit_changes'";

    // whole table: all of it is held in memory
    private static final String SELECT = "select limit_id, rule, created_at from limits order by created_at, limit_id";

    // index: primary key
    private static final String SELECT_RULE = "select rule from limits where limit_id = ?";

    private static final String DELETE = "delete from limits where limit_id = ?";

    private static final String INSERT = "insert into limits (limit_id, rule, created_at) values (?, ?, ?)";

    private static final String INSERT_CHANGE = "insert into limit_changes (change_id, limit_id, changed_at, action,"
            + " rule, changed_by) select taken, ?, ?, ?, ?, ? from sequences where name = 'limit_changes'";

    private static final String CHANGES = "select change_id, changed_at, limit_id, action, rule, changed_by"
            + " from limit_changes where change_id < ?";

    // index: primary key, or limit_changes_limit where a limit is named
    private static final String LATEST_FIRST = " order by change_id desc limit ?";

    private LimitTable() {}

    /** A limit as it stands in the table. */
    public record Row(String id, String rule, Instant createdAt) {}

    /** Grows with every change. */
    public static long version(Store store) {
        return store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(VERSION);
                    ResultSet result = query.executeQuery()) {
                return result.next() ? result.getLong(1) : 0L;
            }
        });
    }

    /** All limits, the oldest first. */
    public static List<Row> all(Store store) {
        return store.read(connection -> {
            List<Row> rows = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(SELECT);
                    ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    rows.add(new Row(in.textOrEmpty(), in.textOrEmpty(), in.instant()));
                }
            }
            return rows;
        });
    }

    /** Puts a limit there, in the place of one with its id; or takes it away. */
    public static void change(Store store, Row row, LimitChange.Action action, Instant at, String by) {
        String said = by.length() <= BY_CHARS_MAX ? by : by.substring(0, BY_CHARS_MAX);
        try {
            store.write(connection -> {
                String before = rule(connection, row.id());
                run(connection, DELETE, row.id());
                if (action != LimitChange.Action.REMOVED) {
                    insert(connection, row);
                }
                run(connection, TAKE);
                try (PreparedStatement insert = connection.prepareStatement(INSERT_CHANGE)) {
                    new RowWriter(insert)
                            .row()
                            .text(row.id())
                            .instant(at)
                            .word(action)
                            .text(row.rule())
                            .text(StorableText.of(said));
                    insert.executeUpdate();
                }
                String after = action == LimitChange.Action.REMOVED ? "" : row.rule();
                TrailTable.insert(connection, at, Actor.parse(by), new Change(what(action), row.id(), before, after));
                return row;
            });
            store.sync();
        } catch (SQLException e) {
            throw new LedgerException("the limit \"" + row.rule() + "\" can't be changed: " + e.getMessage(), e);
        }
    }

    /** Changes before a number, of one limit or, where none is named, of all; the latest first. */
    public static List<LimitChange> changes(Store store, String limitId, long before, int max) {
        String sql = CHANGES + (limitId.isEmpty() ? "" : " and limit_id = ?") + LATEST_FIRST;
        return store.read(connection -> {
            List<LimitChange> changes = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                RowWriter out = new RowWriter(query).row().number(before);
                (limitId.isEmpty() ? out : out.text(limitId)).count(max);
                try (ResultSet result = query.executeQuery()) {
                    RowReader in = new RowReader(result);
                    while (in.next()) {
                        changes.add(new LimitChange(
                                in.longOrZero(),
                                in.instant(),
                                in.textOrEmpty(),
                                in.word(LimitChange.Action.class),
                                in.textOrEmpty(),
                                in.textOrEmpty()));
                    }
                }
            }
            return changes;
        });
    }

    private static Change.What what(LimitChange.Action action) {
        return switch (action) {
            case CREATED -> Change.What.LIMIT_CREATED;
            case CHANGED -> Change.What.LIMIT_CHANGED;
            case REMOVED -> Change.What.LIMIT_REMOVED;
        };
    }

    private static String rule(Connection connection, String id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT_RULE)) {
            new RowWriter(query).row().text(id);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                return in.next() ? in.textOrEmpty() : "";
            }
        }
    }

    private static void insert(Connection connection, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            new RowWriter(insert).row().text(row.id()).text(row.rule()).instant(row.createdAt());
            insert.executeUpdate();
        }
    }

    private static void run(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            RowWriter out = new RowWriter(statement).row();
            for (String parameter : parameters) {
                out.text(parameter);
            }
            statement.executeUpdate();
        }
    }
}
