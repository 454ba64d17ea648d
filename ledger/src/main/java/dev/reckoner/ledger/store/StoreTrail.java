package dev.reckoner.ledger.store;

import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import dev.reckoner.ledger.trail.TrailBook;
import dev.reckoner.ledger.trail.TrailRow;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The trail of a store. */
public final class StoreTrail implements TrailBook {
    private final Store store;
    private final Clock clock;

    public StoreTrail(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<TrailRow> trail(long before, int max) {
        int most = Math.max(1, Math.min(max, ROWS_MAX));
        return store.read(connection -> TrailTable.select(connection, before, most));
    }

    @Override
    public void note(Actor actor, Change change) {
        Instant now = clock.instant();
        try {
            store.write(connection -> {
                TrailTable.insert(connection, now, actor, change);
                return change;
            });
            store.sync();
        } catch (SQLException e) {
            throw new LedgerException("what was changed can't be noted in the audit trail: " + e.getMessage(), e);
        }
    }
}
