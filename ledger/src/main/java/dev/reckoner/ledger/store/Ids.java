package dev.reckoner.ledger.store;

import dev.reckoner.ledger.ExchangeId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Asks a table for many exchange ids at once. */
final class Ids {
    private Ids() {}

    /**
     * The ids that a query finds.
     *
     * @param sql selects exchange ids by one parameter, an array of ids
     */
    static Set<ExchangeId> existing(Connection connection, String sql, Collection<ExchangeId> ids) throws SQLException {
        Set<ExchangeId> existing = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setArray(1, connection.createArrayOf("uuid", values(ids)));
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    existing.add(new ExchangeId(in.uuid()));
                }
            }
        }
        return existing;
    }

    /** The values of ids, for a parameter. */
    static UUID[] values(Collection<ExchangeId> ids) {
        return ids.stream().map(ExchangeId::value).toArray(UUID[]::new);
    }
}
