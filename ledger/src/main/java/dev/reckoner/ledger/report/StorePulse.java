package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Pulse;
import dev.reckoner.ledger.store.Store;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.function.Supplier;

/** Reads the pulse of a store's books. */
public final class StorePulse implements Supplier<Pulse> {
    // index: primary key of sequences; openings hold only what is in flight
    private static final String SELECT =
            "select (select taken from sequences where name = 'entries'), (select count(*) from openings)";

    private final Store store;
    private final Supplier<Lag> lag;

    /**
     * Over that store.
     *
     * @param lag how far it is behind
     */
    public StorePulse(Store store, Supplier<Lag> lag) {
        this.store = store;
        this.lag = lag;
    }

    @Override
    public Pulse get() {
        Lag behind = lag.get();
        return store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(SELECT);
                    ResultSet result = query.executeQuery()) {
                return result.next()
                        ? new Pulse(result.getLong(1), result.getLong(2), behind)
                        : new Pulse(0, 0, behind);
            }
        });
    }
}
