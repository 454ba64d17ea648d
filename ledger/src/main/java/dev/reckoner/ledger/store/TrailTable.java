package dev.reckoner.ledger.store;

import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import dev.reckoner.ledger.trail.TrailRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The table {@code audit_trail}. Its rows are numbered in the order in which their transactions end. */
final class TrailTable {
    private static final int CHARS_MAX = 1_000;

    private static final String TAKE = "update sequences set taken = taken + 1 where name = 'audit_trail'";
    private static final String INSERT = "insert into audit_trail (change_id, changed_at, who, origin, what, about,"
            + " value_before, value_after) select taken, ?, ?, ?, ?, ?, ?, ? from sequences where name = 'audit_trail'";

    // index: primary key
    private static final String SELECT = "select change_id, changed_at, who, origin, what, about, value_before,"
            + " value_after from audit_trail where change_id < ? order by change_id desc limit ?";

    private TrailTable() {}

    /** Adds a row in the transaction that makes the change. */
    static void insert(Connection connection, Instant at, Actor actor, Change change) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            take.executeUpdate();
            new RowWriter(insert)
                    .row()
                    .instant(at)
                    .text(kept(actor.who()))
                    .text(kept(actor.from()))
                    .word(change.what())
                    .text(kept(change.about()))
                    .text(kept(change.before()))
                    .text(kept(change.after()));
            insert.executeUpdate();
        }
    }

    /** Rows below a number, the latest first. */
    static List<TrailRow> select(Connection connection, long before, int max) throws SQLException {
        List<TrailRow> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT)) {
            new RowWriter(query).row().number(before).count(max);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    rows.add(row(in));
                }
            }
        }
        return rows;
    }

    private static TrailRow row(RowReader in) throws SQLException {
        long number = in.longOrZero();
        Instant at = in.instant();
        Actor actor = new Actor(in.textOrEmpty(), in.textOrEmpty());
        Change.What what = in.word(Change.What.class);
        return new TrailRow(number, at, actor, new Change(what, in.textOrEmpty(), in.textOrEmpty(), in.textOrEmpty()));
    }

    private static String kept(String text) {
        return StorableText.of(text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX));
    }
}
