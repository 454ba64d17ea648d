package dev.reckoner.ledger.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.BooleanSupplier;
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

    // index: primary key of dims_days
    private static final String SELECT_OF_DAYS =
            "select dims_id, " + DimsTable.VALUES + " from dims_days where dims_id > ? order by dims_id limit ?";

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final int PAGE = 2_000;

    private final Cache<UUID, Dims> known;
    private final long most;
    private final Interner<String> words = Interner.newWeakInterner();

    /**
     * None yet.
     *
     * @param heapBytes of which a part may be filled
     */
    Tuples(long heapBytes) {
        most = Math.max(LEAST, heapBytes / HEAP_PART / BYTES_EACH);
        known = Caffeine.newBuilder().maximumSize(most).build();
    }

    /**
     * Reads those that daily rollups go by, for which half of the room is taken at most: one by one they would be looked up
     * all over a large table.
     *
     * @param goOn whether to, asked every now and then
     */
    public void readAhead(Connection connection, BooleanSupplier goOn) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT_OF_DAYS)) {
            UUID last = BEFORE_ALL;
            for (long read = 0; last != null && read + PAGE <= most / 2 && goOn.getAsBoolean(); read += PAGE) {
                last = readPage(query, last);
            }
        }
    }

    /** The last one of a page, null where it is the last page. */
    private @Nullable UUID readPage(PreparedStatement query, UUID behind) throws SQLException {
        query.setObject(1, behind);
        query.setInt(2, PAGE);
        UUID last = null;
        int read = 0;
        try (ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                last = in.uuid();
                known.put(last, DimsTable.dims(in).with(words::intern));
                read++;
            }
        }
        return read < PAGE ? null : last;
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
            if (found == null) {
                found = read(id);
                known.put(id, found);
            }
            return found;
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
