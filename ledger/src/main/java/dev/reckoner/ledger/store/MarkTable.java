package dev.reckoner.ledger.store;

import dev.reckoner.ledger.journal.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The tables {@code journal_mark} and {@code sequences}: what the store has taken, and the numbers it gave out. Both
 * move in the transaction of the batch.
 */
final class MarkTable {
    // a store of its own belongs to one journal; several journals in one database will have a row each
    private static final String JOURNAL = "local";

    // index: primary key
    private static final String SELECT = "select segment_no, byte_offset from journal_mark where journal = ?";

    private static final String INSERT = "insert into journal_mark (segment_no, byte_offset, journal) values (?, ?, ?)";

    // index: primary key
    private static final String MOVE = "update journal_mark set segment_no = ?, byte_offset = ? where journal = ?"
            + " and segment_no = ? and byte_offset = ?";

    // index: primary key
    private static final String TAKE = "update sequences set taken = taken + ? where name = 'entries'";

    // index: primary key
    private static final String TAKEN = "select taken from sequences where name = 'entries'";

    private MarkTable() {}

    static Position select(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT)) {
            new RowWriter(query).row().text(JOURNAL);
            try (ResultSet result = query.executeQuery()) {
                return result.next() ? new Position(result.getLong(1), result.getLong(2)) : Position.START;
            }
        }
    }

    /** Moves the mark, if it still stands where this applier left it: two appliers can't both succeed. */
    static void move(Connection connection, Position from, Position to) throws SQLException {
        if (moved(connection, from, to) == 1) {
            return;
        }
        Position found = select(connection);
        if (!found.equals(Position.START) || !from.equals(Position.START)) {
            throw new IllegalStateException("The journal's mark was expected at " + from + " and stands at " + found
                    + ": another applier works on this store. Stop one of the two");
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            new RowWriter(insert).row().number(to.segment()).number(to.offset()).text(JOURNAL);
            insert.executeUpdate();
        }
    }

    /** Takes that many entry numbers; the first of them. */
    static long takeEntryIds(Connection connection, int count) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setLong(1, count);
            take.executeUpdate();
        }
        try (PreparedStatement query = connection.prepareStatement(TAKEN);
                ResultSet result = query.executeQuery()) {
            result.next();
            return result.getLong(1) - count + 1;
        }
    }

    private static int moved(Connection connection, Position from, Position to) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            new RowWriter(move)
                    .row()
                    .number(to.segment())
                    .number(to.offset())
                    .text(JOURNAL)
                    .number(from.segment())
                    .number(from.offset());
            return move.executeUpdate();
        }
    }
}
