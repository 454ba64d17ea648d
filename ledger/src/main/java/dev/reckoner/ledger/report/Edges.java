package dev.reckoner.ledger.report;

import dev.reckoner.ledger.store.RowReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The least and the greatest value of a column that an index begins with: nobody has to look beyond.
 *
 * @param first greater than last where there is none
 */
record Edges(long first, long last) {

    static Edges of(Connection connection, String column, String table) throws SQLException {
        String sql = "select min(" + column + "), max(" + column + ") from " + table;
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            in.next();
            Long least = in.number();
            return least == null ? new Edges(1, 0) : new Edges(least, in.longOrZero());
        }
    }
}
