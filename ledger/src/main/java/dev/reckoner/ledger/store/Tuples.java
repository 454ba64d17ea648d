package dev.reckoner.ledger.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tuples by their ids. A tuple never changes, so that one that was read needn't be read again while there is room for it:
 * joined to rollups, the tuples would take ten times as long as the rollups themselves. Safe on any thread.
 */
public final class Tuples {
    private static final long BYTES_EACH = 400;
    private static final long HEAP_PART = 16;
    private static final long LEAST = 20_000;

    // index: primary key
    private static final String SELECT = "select " + DimsTable.VALUES + " from dims where dims_id = ?";

    // whole table
    private static final String SELECT_OF_DAYS = "select dims_id, " + DimsTable.VALUES + " from dims_days limit ?";

    private static final int ROWS_FETCHED = 1_000;

    private final Cache<UUID, Dims> known;
    private final long ahead;
    private final Interner<String> words = Interner.newWeakInterner();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean readAhead;

    /**
     * None yet; those that daily rollups go by will come with the first, for one by one they would be looked up all over a
     * large table.
     *
     * @param heapBytes of which a part may be filled
     */
    Tuples(long heapBytes) {
        this(Math.max(LEAST, heapBytes / HEAP_PART / BYTES_EACH), /* readAhead= */ false);
    }

    private Tuples(long most, boolean readAhead) {
        this.known = Caffeine.newBuilder().maximumSize(most).build();
        this.ahead = most / 2;
        this.readAhead = readAhead;
    }

    /** None yet, few ever, and each when it is asked for. */
    static Tuples few() {
        return new Tuples(LEAST, /* readAhead= */ true);
    }

    /** Looks tuples up over a connection. */
    public Lookup over(Connection connection) {
        return new Lookup(connection);
    }

    /** Looks tuples up; confined to one thread. */
    public final class Lookup implements AutoCloseable {
        private final Connection connection;
        private @Nullable PreparedStatement select;

        private Lookup(Connection connection) {
            this.connection = connection;
        }

        /** The tuple of that id. */
        public Dims of(UUID id) throws SQLException {
            Dims found = known.getIfPresent(id);
            if (found == null && readThoseOfDays()) {
                found = known.getIfPresent(id);
            }
            if (found == null) {
                found = read(id);
                known.put(id, found);
            }
            return found;
        }

        /** Reads them all, once; whoever comes meanwhile waits. Whether they were read just now. */
        private boolean readThoseOfDays() throws SQLException {
            if (readAhead) {
                return false;
            }
            reading.lock();
            try {
                if (!readAhead) {
                    select();
                    readAhead = true;
                }
                return true;
            } finally {
                reading.unlock();
            }
        }

        private void select() throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(SELECT_OF_DAYS)) {
                query.setFetchSize(ROWS_FETCHED);
                query.setLong(1, ahead);
                try (ResultSet result = query.executeQuery()) {
                    RowReader in = new RowReader(result);
                    while (in.next()) {
                        known.put(in.uuid(), DimsTable.dims(in).with(words::intern));
                    }
                }
            }
        }

        private Dims read(UUID id) throws SQLException {
            PreparedStatement query = select == null ? connection.prepareStatement(SELECT) : select;
            select = query;
            query.setObject(1, id);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                if (!in.next()) {
                    throw new SQLException("dims " + id + ": something is summed under it and it isn't there");
                }
                return DimsTable.dims(in).with(words::intern);
            }
        }

        @Override
        public void close() throws SQLException {
            if (select != null) {
                select.close();
            }
        }
    }
}
